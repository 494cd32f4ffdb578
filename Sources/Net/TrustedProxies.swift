import HTTP

/// Whose word about the real client is believed: networks in CIDR notation, and unix sockets.
package struct TrustedProxies: Sendable {
    private struct Network: Sendable {
        var bytes: [UInt8]
        var bits: Int
    }

    private var networks: [Network] = []

    /// The machine itself.
    package static let loopback = TrustedProxies(networks: [
        Network(bytes: [127, 0, 0, 0], bits: 8),
        Network(bytes: [UInt8](repeating: 0, count: 15) + [1], bits: 128),
    ])

    private init(networks: [Network]) {
        self.networks = networks
    }

    /// Reads `127.0.0.0/8, ::1`; nil when one of them is not a network.
    package init?(_ list: String) {
        for item in list.split(whereSeparator: { $0 == "," || $0 == " " }) {
            let parts = item.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let address = SocketAddress(ip: String(parts[0]), port: 0),
                let bytes = address.bytes
            else { return nil }
            let longest = bytes.count * 8
            guard let bits = parts.count == 2 ? Int(parts[1]) : longest, 0...longest ~= bits else {
                return nil
            }
            networks.append(Network(bytes: bytes, bits: bits))
        }
    }

    package func contains(_ address: SocketAddress) -> Bool {
        guard let bytes = address.bytes else { return true }
        return networks.contains { network in
            guard network.bytes.count == bytes.count else { return false }
            for index in 0..<bytes.count {
                let bits = min(8, max(0, network.bits - index * 8))
                let mask: UInt8 = bits == 0 ? 0 : 0xFF << (8 - UInt8(bits))
                if (network.bytes[index] ^ bytes[index]) & mask != 0 { return false }
            }
            return true
        }
    }

    /// The client that trusted proxies name: the last address in `X-Forwarded-For` that is not itself one of them.
    func client(_ fields: Fields) -> String? {
        guard let list = fields.joined("X-Forwarded-For") else { return nil }
        var client: String?
        for item in list.split(separator: ",").suffix(16).reversed() {
            let text = item.filter { $0 != " " && $0 != "[" && $0 != "]" }
            guard let address = SocketAddress(ip: text, port: 0) else { break }
            client = address.ip
            if !contains(address) { break }
        }
        return client
    }
}

extension SocketAddress {
    /// The address in network order; nil for a unix socket.
    var bytes: [UInt8]? {
        switch self {
        case .ipv4(let bytes, _): bytes
        case .ipv6(let bytes, _):
            // ::ffff:a.b.c.d is how an IPv4 client looks on a socket for both.
            bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) ? Array(bytes[12...]) : bytes
        case .unix: nil
        }
    }
}
