/// Lists and quoted strings inside field values, RFC 9110 section 5.6.
enum QuotedText {
    /// The parts between separators that stand outside quotes, without the spaces around them.
    ///
    /// A quote that is never closed reaches to the end. At most `limit` parts are found.
    static func split(_ bytes: ArraySlice<UInt8>, _ separator: UInt8, limit: Int = 64) -> [ArraySlice<UInt8>]
    {
        var parts: [ArraySlice<UInt8>] = []
        var start = bytes.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted && byte == ASCII.backslash {
                isEscaped = true
            } else if byte == ASCII.quote {
                isQuoted.toggle()
            } else if byte == separator && !isQuoted {
                parts.append(ASCII.trim(bytes[start..<index]))
                start = index + 1
                guard parts.count < limit else { return parts }
            }
        }
        parts.append(ASCII.trim(bytes[start...]))
        return parts
    }

    /// The text of a token or quoted string. A backslash is only taken off a quote or another backslash:
    /// browsers send the paths of old systems with single ones.
    static func unquote(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.first == ASCII.quote else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        var rest = bytes.dropFirst()
        while let byte = rest.popFirst(), byte != ASCII.quote {
            if byte == ASCII.backslash, let next = rest.first, next == ASCII.quote || next == ASCII.backslash
            {
                text.append(next)
                rest = rest.dropFirst()
            } else {
                text.append(byte)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `; a=b; c="d"` as names in lower case and texts; what has no name or no equals sign is skipped.
    static func parameters(_ parts: ArraySlice<ArraySlice<UInt8>>) -> [(name: String, value: String)] {
        var found: [(name: String, value: String)] = []
        for part in parts {
            guard let equals = part.firstIndex(of: ASCII.equals) else { continue }
            let name = ASCII.trim(part[..<equals])
            guard ASCII.isToken(name) else { continue }
            let value = unquote(ASCII.trim(part[(equals + 1)...]))
            found.append((name: String(decoding: name.map(ASCII.lower), as: UTF8.self), value: value))
        }
        return found
    }
}
