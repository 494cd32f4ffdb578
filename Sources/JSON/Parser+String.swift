extension Parser {
    /// Passes a string, its quotes included, and checks its escapes (RFC 8259 §7) and its UTF-8 (RFC 3629
    /// §4).
    ///
    /// - Returns: whether it holds escapes. `\u` escapes that are half of a surrogate pair are grammatical.
    mutating func skipString() throws(JSONError) -> Bool {
        let bytes = bytes
        let start = position + 1
        // Never past the limit, so that an endless string is refused without being read to its end.
        let stop = min(bytes.count, start + min(limits.stringBytes, bytes.count) + 1)
        var index = start
        var hasEscapes = false
        while index < stop {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                position = index + 1
                return hasEscapes
            } else if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index = try Self.endOfEscape(at: index, in: bytes)
            } else if byte >= 0x80 {
                index = try Self.endOfSequence(at: index, in: bytes)
            } else if byte >= 0x20 {
                index += 1
            } else {
                throw .invalid(at: index)
            }
        }
        guard index - start <= limits.stringBytes else { throw .stringTooLong }
        throw .invalid(at: bytes.count)
    }

    private static func endOfEscape(at index: Int, in bytes: [UInt8]) throws(JSONError) -> Int {
        guard index + 1 < bytes.count else { throw .invalid(at: bytes.count) }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return index + 2
        case UInt8(ascii: "u"):
            for digit in index + 2..<index + 6 {
                guard digit < bytes.count else { throw .invalid(at: bytes.count) }
                guard hexDigit(bytes[digit]) != nil else { throw .invalid(at: digit) }
            }
            return index + 6
        default:
            throw .invalid(at: index + 1)
        }
    }

    /// The table of RFC 3629 §4: no overlong forms, no surrogates, nothing above U+10FFFF.
    private static func endOfSequence(at index: Int, in bytes: [UInt8]) throws(JSONError) -> Int {
        let length: Int
        let second: ClosedRange<UInt8>
        switch bytes[index] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE, 0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw .invalidUTF8(at: index)
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else {
            throw .invalidUTF8(at: index)
        }
        if length > 2, bytes[index + 2] & 0xC0 != 0x80 { throw .invalidUTF8(at: index) }
        if length > 3, bytes[index + 3] & 0xC0 != 0x80 { throw .invalidUTF8(at: index) }
        return index + length
    }
}

/// The value of an ASCII hexadecimal digit of either case.
func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
