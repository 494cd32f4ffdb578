/// Decides which addresses strangers' links may lead to.
enum LinkTarget {
    /// All but http and https; the list of Mastodon's sanitizer.
    private static let schemes: Set<[UInt8]> = Set(
        ["dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"].map { Array($0.utf8) })

    /// The address cleaned as browsers do (URL standard, "basic URL parser"), or `nil` when nothing may link
    /// there.
    ///
    /// - Parameters:
    ///   - address: the value of the attribute, character references decoded.
    ///   - base: what relative addresses are relative to; without one they are refused.
    static func checked(_ address: [UInt8], base: [UInt8]?) -> [UInt8]? {
        let clean = cleaned(address)
        guard let scheme = scheme(of: clean) else {
            return base.flatMap { resolved(clean, against: $0) }
        }
        if isHypertext(scheme) { return isWeb(clean) ? clean : nil }
        return schemes.contains(scheme) ? clean : nil
    }

    /// Whether the address is http or https and names a host.
    static func isWeb(_ address: [UInt8]) -> Bool {
        guard let scheme = scheme(of: address), isHypertext(scheme) else { return false }
        let rest = address.dropFirst(scheme.count + 1)
        guard rest.starts(with: "//".utf8), let host = rest.dropFirst(2).first else { return false }
        return !isDelimiter(host) && host != UInt8(ascii: "\\")
    }

    private static func isHypertext(_ scheme: [UInt8]) -> Bool {
        scheme.elementsEqual("https".utf8) || scheme.elementsEqual("http".utf8)
    }

    /// Tabs and newlines vanish wherever they are, spaces at the ends; spaces inside are encoded.
    private static func cleaned(_ address: [UInt8]) -> [UInt8] {
        // Nearly all addresses are clean as they come.
        guard address.contains(where: { $0 <= 0x20 }) else { return address }
        var clean: [UInt8] = []
        clean.reserveCapacity(address.count)
        var spaces = 0
        for byte in address where byte >= 0x20 {
            if byte == 0x20 {
                spaces += clean.isEmpty ? 0 : 1
                continue
            }
            for _ in 0..<spaces { clean.append(contentsOf: "%20".utf8) }
            spaces = 0
            clean.append(byte)
        }
        return clean
    }

    /// The scheme in lower case; `nil` when the address is relative (RFC 3986 §3.1).
    private static func scheme(of address: [UInt8]) -> [UInt8]? {
        guard let colon = address.firstIndex(where: { $0 == UInt8(ascii: ":") || isDelimiter($0) }),
            address[colon] == UInt8(ascii: ":"), colon > 0
        else { return nil }
        let scheme = address[..<colon].map(lowercased)
        let isLetter = { (byte: UInt8) in byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
        let isValid = scheme.enumerated().allSatisfy { offset, byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."):
                offset > 0
            default: isLetter(byte)
            }
        }
        return isValid ? scheme : nil
    }

    /// `/`, `?` or `#`: the end of a scheme or host.
    private static func isDelimiter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
    }

    /// The reference joined to the base (RFC 3986 §5.2.2); dots in the path are left to whoever follows the
    /// link.
    private static func resolved(_ reference: [UInt8], against base: [UInt8]) -> [UInt8]? {
        guard let first = reference.first, isWeb(base), let scheme = scheme(of: base) else { return nil }
        let authority = scheme.count + 3
        let host = base[authority...].prefix { !isDelimiter($0) }
        let path = base[host.endIndex...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if reference.starts(with: "//".utf8) {
            let absolute = Array(base[...scheme.count]) + reference
            return isWeb(absolute) ? absolute : nil
        }
        switch first {
        case UInt8(ascii: "#"):
            return Array(base.prefix { $0 != UInt8(ascii: "#") }) + reference
        case UInt8(ascii: "?"):
            return Array(base[..<path.endIndex]) + reference
        case UInt8(ascii: "/"):
            return Array(base[..<host.endIndex]) + reference
        default:
            let folder =
                path.lastIndex(of: UInt8(ascii: "/")).map { base[...$0] } ?? base[..<host.endIndex] + "/".utf8
            return Array(folder) + reference
        }
    }
}
