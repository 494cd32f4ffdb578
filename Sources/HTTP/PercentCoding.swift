/// Percent-encoding, RFC 3986 section 2.1, and its form variant where a plus is a space.
package enum PercentCoding {
    /// The text behind `%XX`, or nil if an escape is broken, or the result has a NUL or is not UTF-8.
    package static func decode(_ bytes: some Collection<UInt8>) -> String? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var rest = bytes.makeIterator()
        while let byte = rest.next() {
            var value = byte
            if byte == ASCII.percent {
                guard let high = rest.next().flatMap(ASCII.hexValue),
                    let low = rest.next().flatMap(ASCII.hexValue)
                else { return nil }
                value = high << 4 | low
            }
            guard value != 0 else { return nil }
            decoded.append(value)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    /// The text behind `%XX`, or nil if an escape is broken, or the result has a NUL or is not UTF-8.
    package static func decode(_ text: String) -> String? {
        decode(text.utf8)
    }

    /// A name or value of a form: plus is a space, and what is broken is kept as it is, as browsers do.
    ///
    /// Bytes that are not UTF-8, and NUL, become U+FFFD, so that no text carries them further.
    package static func decodeForm(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(where: { $0 == ASCII.percent || $0 == UInt8(ascii: "+") || $0 == 0 }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "+") {
                byte = ASCII.space
            } else if byte == ASCII.percent, bytes.endIndex - index >= 2,
                let high = ASCII.hexValue(bytes[index]), let low = ASCII.hexValue(bytes[index + 1])
            {
                byte = high << 4 | low
                index += 2
            }
            if byte == 0 { decoded += [0xEF, 0xBF, 0xBD] } else { decoded.append(byte) }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// A text as one segment of a path, RFC 3986 section 3.3.
    package static func encodeSegment(_ text: String) -> String {
        encode(text) { isUnreserved($0) || segmentExtras.contains($0) }
    }

    /// A text as a name or value in a query, read alike by form decoders and by others.
    package static func encodeQuery(_ text: String) -> String {
        encode(text, keeping: isUnreserved)
    }

    private static let segmentExtras = Array("!$&'()*+,;=:@".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
    }

    static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
        guard !text.utf8.allSatisfy(isKept) else { return text }
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 2)
        for byte in text.utf8 {
            if isKept(byte) {
                encoded.append(byte)
            } else {
                encoded += [ASCII.percent, ASCII.hexDigit(byte >> 4), ASCII.hexDigit(byte)]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
