extension WebURL {
    /// The address that a reference found here means, RFC 3986 section 5.2; nil if it leaves the web.
    package func resolving(_ location: String) -> WebURL? {
        let bytes = Array(location.utf8)
        guard bytes.count <= Limits.standard.url else { return nil }
        let reference = bytes.prefix { $0 != UInt8(ascii: "#") }
        if WebURL.hasScheme(reference) { return WebURL(location)?.withoutDots }
        if reference.starts(with: "//".utf8) { return WebURL(scheme + ":" + location)?.withoutDots }
        if reference.isEmpty { return self }

        let mark = reference.firstIndex(of: ASCII.question)
        let ownPath = reference[..<(mark ?? reference.endIndex)]
        var newQuery: String?
        if let mark {
            guard let encoded = WebURL.encoded(reference[(mark + 1)...]) else { return nil }
            newQuery = encoded
        }
        guard let encodedPath = WebURL.encoded(ownPath) else { return nil }
        if encodedPath.isEmpty { return at(path: path, query: newQuery) }
        if ownPath.first == ASCII.slash { return at(path: encodedPath, query: newQuery).withoutDots }
        let folder = path.utf8.lastIndex(of: ASCII.slash).map { String(path[...$0]) } ?? "/"
        return at(path: folder + encodedPath, query: newQuery).withoutDots
    }

    private func at(path: String, query: String?) -> WebURL {
        WebURL(scheme: scheme, host: host, port: port, path: path, query: query)
    }

    /// With `.` and `..` carried out, RFC 3986 section 5.2.4. The path is never empty and begins with a
    /// slash.
    private var withoutDots: WebURL {
        var kept: [Substring.UTF8View] = []
        let segments = path.utf8.dropFirst().split(separator: ASCII.slash, omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isDot = segment.elementsEqual(".".utf8)
            let isUp = segment.elementsEqual("..".utf8)
            if isUp { _ = kept.popLast() }
            if !isDot && !isUp {
                kept.append(segment)
            } else if index == segments.count - 1 {
                kept.append(segment.prefix(0))
            }
        }
        return at(path: "/" + kept.map { String(Substring($0)) }.joined(separator: "/"), query: query)
    }

    /// Whether the reference begins with a letter, then letters, digits, `+-.`, then a colon.
    private static func hasScheme(_ reference: ArraySlice<UInt8>) -> Bool {
        guard let colon = reference.firstIndex(of: ASCII.colon), let first = reference.first,
            ASCII.isLetter(first)
        else { return false }
        return reference[..<colon].allSatisfy { byte in
            ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "+")
                || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }
}
