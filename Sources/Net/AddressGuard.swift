/// Which addresses we may talk to: those of the public internet, unless private ones are allowed.
///
/// It is asked after the name was resolved, and the connection goes to the address it saw.
package struct AddressGuard: Sendable {
    package var allowsPrivate: Bool

    package init(allowsPrivate: Bool) {
        self.allowsPrivate = allowsPrivate
    }

    package func allows(_ address: SocketAddress) -> Bool {
        switch address {
        case .ipv4(let bytes, _): allowsPrivate || !AddressGuard.isPrivate(ipv4: bytes)
        case .ipv6(let bytes, _): allowsPrivate || !AddressGuard.isPrivate(ipv6: bytes)
        case .unix: false
        }
    }

    /// RFC 6890 and its successors: everything that is not globally reachable unicast.
    static func isPrivate(ipv4 bytes: [UInt8]) -> Bool {
        guard bytes.count == 4 else { return true }
        switch (bytes[0], bytes[1], bytes[2]) {
        case (0, _, _), (10, _, _), (127, _, _): return true  // this network, private, loopback
        case (100, 64...127, _): return true  // carrier-grade NAT
        case (169, 254, _): return true  // link-local, cloud metadata
        case (172, 16...31, _), (192, 168, _): return true  // private
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113): return true  // protocol, documentation
        case (192, 88, 99), (198, 18...19, _): return true  // 6to4 relays, benchmarking
        case (224..., _, _): return true  // multicast, reserved, broadcast
        default: return false
        }
    }

    static func isPrivate(ipv6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return true }
        // Only 2000::/3 is handed out for use; this leaves out ::, ::1, mapped, compatible, 64:ff9b::/96,
        // 100::/64, fc00::/7, fe80::/10, ff00::/8 and whatever comes.
        guard bytes[0] & 0xE0 == 0x20 else { return true }
        switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
        case (0x20, 0x01, 0x00, 0x00...0x01): return true  // Teredo and other protocol assignments
        case (0x20, 0x01, 0x00, 0x02), (0x20, 0x01, 0x00, 0x10...0x2F): return true  // benchmarking, ORCHID
        case (0x20, 0x01, 0x0D, 0xB8), (0x3F, 0xFF, 0x00...0x0F, _): return true  // documentation
        case (0x20, 0x02, _, _): return true  // 6to4 carries an IPv4 address
        default: return false
        }
    }
}
