/// An address of the web that this server may ask or name: `http` or `https`, a host, a path, a query.
///
/// Stricter than RFC 3986: no user, no odd hosts. The fragment is dropped. Two are equal when they are
/// spelled alike after the host and scheme are made lower case; dot segments stay unless a reference is
/// resolved.
package struct WebURL: Hashable, Sendable {
    /// `http` or `https`.
    package let scheme: String
    /// In lower case, international names in their ASCII form, an IPv6 address without brackets.
    package let host: String
    package let port: UInt16
    /// Begins with a slash; encoded.
    package let path: String
    /// Without the question mark; encoded.
    package let query: String?

    /// Reads an absolute address; nil for anything this type does not hold.
    ///
    /// Letters beyond ASCII are percent-encoded in path and query; spaces and control characters refuse the
    /// whole.
    package init?(_ string: String) {
        let bytes = Array(string.utf8)
        guard bytes.count <= Limits.standard.url, let colon = bytes.firstIndex(of: ASCII.colon),
            bytes[(colon + 1)...].starts(with: "//".utf8)
        else { return nil }
        let scheme = ASCII.lowercased(String(decoding: bytes[..<colon], as: UTF8.self))
        guard scheme == "http" || scheme == "https" else { return nil }

        var rest = bytes[(colon + 3)...]
        if let fragment = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<fragment] }
        let end = rest.firstIndex { $0 == ASCII.slash || $0 == ASCII.question } ?? rest.endIndex
        guard let (host, port) = WebURL.hostAndPort(rest[..<end]) else { return nil }

        rest = rest[end...]
        let mark = rest.firstIndex(of: ASCII.question)
        guard let path = WebURL.encoded(rest[..<(mark ?? rest.endIndex)]) else { return nil }
        if let mark {
            guard let query = WebURL.encoded(rest[(mark + 1)...]) else { return nil }
            self.query = query
        } else {
            query = nil
        }
        self.scheme = scheme
        self.host = host
        self.port = port ?? WebURL.defaultPort(scheme)
        self.path = path.isEmpty ? "/" : path
    }

    init(scheme: String, host: String, port: UInt16, path: String, query: String?) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
    }

    /// The whole address.
    package var string: String { origin + requestTarget }

    /// Scheme, host, and the port unless it is the scheme's own, RFC 6454.
    package var origin: String { scheme + "://" + authority }

    /// The host, in brackets if it is an IPv6 address, and the port unless it is the scheme's own.
    package var authority: String {
        let name = host.utf8.contains(ASCII.colon) ? "[" + host + "]" : host
        return port == WebURL.defaultPort(scheme) ? name : name + ":" + String(port)
    }

    /// What stands in the request line: path and query.
    package var requestTarget: String {
        query.map { path + "?" + $0 } ?? path
    }

    package var isSecure: Bool { scheme == "https" }

    private static func defaultPort(_ scheme: String) -> UInt16 {
        scheme == "https" ? 443 : 80
    }

    /// The bytes with everything beyond ASCII as `%XX`; nil if there is a space or a control character.
    static func encoded(_ bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.allSatisfy({ $0 > 32 && $0 != 127 }) else { return nil }
        return PercentCoding.encode(String(decoding: bytes, as: UTF8.self)) { $0 < 128 }
    }

    private static func hostAndPort(_ bytes: ArraySlice<UInt8>) -> (String, UInt16?)? {
        var name = bytes
        var port: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: "[") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            name = bytes[(bytes.startIndex + 1)..<close]
            let rest = bytes[(close + 1)...]
            guard rest.isEmpty || rest.first == ASCII.colon, Host.isIPv6(name) else { return nil }
            port = rest.dropFirst()
        } else if let colon = bytes.firstIndex(of: ASCII.colon) {
            name = bytes[..<colon]
            port = bytes[(colon + 1)...]
        }
        let text = String(decoding: name, as: UTF8.self)
        guard let host = bytes.first == UInt8(ascii: "[") ? ASCII.lowercased(text) : asciiHost(text) else {
            return nil
        }
        if port.isEmpty { return (host, nil) }
        guard port.count <= 5, let number = ASCII.decimal(port), let valid = UInt16(exactly: number),
            valid > 0
        else { return nil }
        return (host, valid)
    }

    /// A host name as it stands in DNS: lower case, labels beyond ASCII as `xn--`; nil if it cannot be a
    /// name.
    package static func asciiHost(_ host: String) -> String? {
        Host.ascii(host)
    }
}
