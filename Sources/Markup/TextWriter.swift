/// Appends strangers' text to bytes: references decoded, harmful characters left out, escaped if it becomes
/// HTML.
///
/// Left out are control characters but tab and newline, and the characters that turn the writing direction
/// around (U+202A to U+202E, U+2066 to U+2069), with which text can be made to read as what it is not. CRLF
/// becomes LF.
struct TextWriter {
    enum Target {
        /// Nothing is escaped.
        case plain
        /// Between tags: `& < >` are escaped.
        case html
        /// Between double quotes: `& < > "` are escaped.
        case attribute
    }

    var target: Target

    /// - Parameter decodesReferences: whether `&amp;` in the source is one character.
    func append(
        _ range: Range<Int>, of bytes: [UInt8], decodesReferences: Bool, isInAttribute: Bool = false,
        to out: inout [UInt8]
    ) {
        var copied = range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte >= 0x20 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<")
                && byte != UInt8(ascii: ">")
                && byte != UInt8(ascii: "\"") && byte != 0x7F && byte != 0xC2 && byte != 0xE2 || byte == 0x0A
                || byte == 0x09
            {
                index += 1
                continue
            }
            out.append(contentsOf: bytes[copied..<index])
            if byte == UInt8(ascii: "&"), decodesReferences,
                let reference = CharacterReference(
                    bytes, at: index, before: range.upperBound, isInAttribute: isInAttribute)
            {
                append(reference.scalar, to: &out)
                index = reference.end
            } else if byte == 0xE2, index + 2 < range.upperBound,
                Self.turns(bytes[index + 1], bytes[index + 2])
            {
                index += 3
            } else if byte == 0xC2, index + 1 < range.upperBound, bytes[index + 1] < 0xA0 {
                // U+0080 to U+009F.
                index += 2
            } else if byte == 0x0D, index + 1 >= range.upperBound || bytes[index + 1] != 0x0A {
                out.append(0x0A)
                index += 1
            } else {
                append(byte, to: &out)
                index += 1
            }
            copied = index
        }
        out.append(contentsOf: bytes[copied..<range.upperBound])
    }

    /// The same for one character.
    func append(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
        guard !Self.isHarmful(scalar) else { return }
        if scalar.isASCII {
            append(UInt8(truncatingIfNeeded: scalar.value), to: &out)
        } else {
            out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    /// Whether a character is left out of all text.
    static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x00..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Whether these bytes after 0xE2 make one of U+202A to U+202E, U+2066 to U+2069.
    private static func turns(_ second: UInt8, _ third: UInt8) -> Bool {
        second == 0x80 && (0xAA...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third)
    }

    private func append(_ byte: UInt8, to out: inout [UInt8]) {
        let reference: StaticString
        switch byte {
        case UInt8(ascii: "&"): reference = "&amp;"
        case UInt8(ascii: "<"): reference = "&lt;"
        case UInt8(ascii: ">"): reference = "&gt;"
        case UInt8(ascii: "\"") where target == .attribute: reference = "&quot;"
        case 0x09, 0x0A, 0x20..<0x7F, 0x80...0xFF: return out.append(byte)
        default: return
        }
        if target == .plain { return out.append(byte) }
        reference.withUTF8Buffer { out.append(contentsOf: $0) }
    }
}
