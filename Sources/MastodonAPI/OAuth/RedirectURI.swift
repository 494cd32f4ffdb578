/// Where an app wants its code delivered. Compared byte for byte, never normalised: apps register custom
/// schemes without slashes, and addresses with encoded ones inside.
enum RedirectURI {
    /// "Show the code, the person will copy it."
    static let outOfBand = "urn:ietf:wg:oauth:2.0:oob"

    /// Schemes that would run in the browser instead of leading to an app.
    private static let refused: Set<String> = ["javascript", "data", "vbscript", "file", "blob", "about"]

    /// Whether the text is an absolute URI (RFC 3986 section 4.3) that may be sent to a browser.
    static func isAcceptable(_ uri: String, limit: Int) -> Bool {
        let bytes = uri.utf8
        guard bytes.count <= limit,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }),
            let colon = bytes.firstIndex(of: 0x3A), !bytes[bytes.index(after: colon)...].isEmpty
        else { return false }
        let scheme = bytes[..<colon]
        guard let first = scheme.first, isLetter(first),
            scheme.allSatisfy({ isLetter($0) || 0x30...0x39 ~= $0 || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E })
        else { return false }
        // A fragment cannot take a code, RFC 6749 section 3.1.2.
        guard !bytes.contains(0x23) else { return false }
        return !refused.contains(String(decoding: scheme, as: UTF8.self).lowercased())
    }

    /// The registered ones, from a list that lines or spaces separate.
    static func split(_ text: String) -> [String] {
        text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" || $0 == " " }.map { String($0) }
    }

    /// What a person recognises an app by: the host, or the scheme of an app on the same device.
    static func shownName(_ uri: String) -> String {
        let scheme = uri.prefix { $0 != ":" }
        guard scheme == "http" || scheme == "https" else { return "\(scheme):" }
        let rest = uri.dropFirst(scheme.count + 1).drop { $0 == "/" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        // What stands before an @ is no host, and could be made to look like one.
        return String(authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority)
    }

    /// The address with parameters added to its query.
    static func adding(_ parameters: [(String, String)], to uri: String, encode: (String) -> String) -> String
    {
        let pairs = parameters.map { "\($0.0)=\(encode($0.1))" }.joined(separator: "&")
        let mark = uri.utf8.contains(0x3F) ? (uri.hasSuffix("?") || uri.hasSuffix("&") ? "" : "&") : "?"
        return uri + mark + pairs
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }
}
