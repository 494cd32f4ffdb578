import Glibc

/// What counts as one client where something is counted by address.
package enum ClientNetwork {
    /// An IPv4 address, or the /64 that one IPv6 customer has for themselves; any other text counts as itself.
    package static func of(_ address: String) -> String {
        guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        // ::ffff:a.b.c.d is how an IPv4 client looks on a socket for both.
        if bytes.starts(with: mapped) { return bytes[12...].map { String($0) }.joined(separator: ".") }
        return bytes[..<8].map { String($0) }.joined(separator: ".") + "/64"
    }

    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
}
