/// What a request is for: the path and query of its first line, RFC 9112 section 3.2.
package struct Target: Hashable, Sendable {
    /// As it stood in the request line.
    package let raw: String
    /// The path, still encoded; `*` for the asterisk form.
    package let path: String
    /// What follows the question mark, still encoded.
    package let query: String?
    /// The host and port of an absolute form; they replace those of the Host field, RFC 9112 section 3.2.2.
    package let authority: String?
    /// The parts of the path between slashes, decoded. `/` has none; `/a/` has `a` and an empty one.
    ///
    /// A part may contain a slash that was encoded, but neither `.` nor `..` ever stands between slashes.
    package let segments: [String]

    /// Reads the origin, absolute or asterisk form.
    ///
    /// Brackets, quotes and letters beyond ASCII are taken as they come, for clients that do not encode them.
    /// A fragment, which should not be there, is left out of path and query.
    package init(_ bytes: some Collection<UInt8>) throws(HeadError) {
        try self.init(slice: Array(bytes)[...])
    }

    init(slice bytes: ArraySlice<UInt8>) throws(HeadError) {
        guard let raw = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 > 32 && $0 != 127 })
        else {
            throw .malformedTarget
        }
        self.raw = raw
        if bytes.elementsEqual([UInt8(ascii: "*")]) {
            path = raw
            query = nil
            authority = nil
            segments = []
            return
        }
        var rest = bytes
        var authority: String?
        if rest.first != ASCII.slash {
            authority = try Target.takeAuthority(of: &rest)
        }
        if let fragment = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<fragment] }
        var path = rest
        var query: ArraySlice<UInt8>?
        if let mark = rest.firstIndex(of: ASCII.question) {
            path = rest[..<mark]
            query = rest[(mark + 1)...]
        }
        let isWhole = path.count == bytes.count
        self.path = path.isEmpty ? "/" : isWhole ? raw : String(decoding: path, as: UTF8.self)
        self.query = query.map { String(decoding: $0, as: UTF8.self) }
        self.authority = authority
        segments = try Target.split(path)
    }

    /// The pairs of the query, decoded as a form.
    package func queryItems() -> [(String, String)] {
        guard let query else { return [] }
        return Form.pairs(of: Array(query.utf8)[...])
    }

    /// Takes `http://host:port` off the front.
    private static func takeAuthority(of rest: inout ArraySlice<UInt8>) throws(HeadError) -> String {
        guard let colon = rest.firstIndex(of: ASCII.colon), rest[(colon + 1)...].starts(with: "//".utf8)
        else {
            throw .malformedTarget
        }
        let scheme = rest[..<colon].map(ASCII.lower)
        guard scheme.elementsEqual("http".utf8) || scheme.elementsEqual("https".utf8) else {
            throw .malformedTarget
        }
        rest = rest[(colon + 3)...]
        let end = rest.firstIndex { $0 == ASCII.slash || $0 == ASCII.question || $0 == UInt8(ascii: "#") }
        let authority = rest[..<(end ?? rest.endIndex)]
        guard Target.isAuthority(authority) else { throw .malformedHost }
        rest = rest[(end ?? rest.endIndex)...]
        return String(decoding: authority, as: UTF8.self)
    }

    /// Whether the bytes may be a host with an optional port, RFC 9110 section 7.2; no user, no path.
    static func isAuthority(_ bytes: some Collection<UInt8>) -> Bool {
        !bytes.isEmpty
            && bytes.allSatisfy {
                ASCII.isLetter($0) || ASCII.isDigit($0) || authorityExtras.contains($0)
            }
    }

    private static let authorityExtras = Array(".-_:[]".utf8)

    private static func split(_ path: ArraySlice<UInt8>) throws(HeadError) -> [String] {
        guard path.count > 1 else { return [] }
        var segments: [String] = []
        for part in path.dropFirst().split(separator: ASCII.slash, omittingEmptySubsequences: false) {
            let isPlain = !part.contains(ASCII.percent)
            let text = isPlain ? String(decoding: part, as: UTF8.self) : PercentCoding.decode(part)
            guard let text, !hasDots(text) else { throw .malformedTarget }
            segments.append(text)
        }
        return segments
    }

    /// Whether a dot segment stands between slashes of either kind. Encoded ones count: a file path is made
    /// of the decoded text.
    private static func hasDots(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: ".")) else { return false }
        return text.utf8.split(whereSeparator: { $0 == ASCII.slash || $0 == ASCII.backslash })
            .contains { $0.count <= 2 && $0.allSatisfy { $0 == UInt8(ascii: ".") } }
    }
}
