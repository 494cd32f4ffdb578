/// The byte classes of the HTTP grammar, and comparisons that ignore ASCII case.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let percent = UInt8(ascii: "%")
    static let comma = UInt8(ascii: ",")
    static let slash = UInt8(ascii: "/")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let question = UInt8(ascii: "?")
    static let backslash = UInt8(ascii: "\\")

    /// One bit for each of the first 128 bytes that may stand in a token, RFC 9110 section 5.6.2.
    private static let tokenBits: (low: UInt64, high: UInt64) = {
        var low: UInt64 = 0
        var high: UInt64 = 0
        for byte in "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8 {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
        return (low, high)
    }()

    /// Whether every byte may stand in a token and there is at least one.
    static func isToken(_ bytes: some Collection<UInt8>) -> Bool {
        let bits = tokenBits
        for byte in bytes {
            let half = byte < 64 ? bits.low : bits.high
            guard byte < 128, half >> UInt64(byte & 63) & 1 == 1 else { return false }
        }
        return !bytes.isEmpty
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

    /// The value of a hexadecimal digit, or nil.
    @inline(__always)
    static func hexValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 48 }
        let letter = (byte | 0x20) &- 97
        return letter < 6 ? letter &+ 10 : nil
    }

    /// The upper-case hexadecimal digit of the lowest four bits.
    @inline(__always)
    static func hexDigit(_ value: UInt8) -> UInt8 {
        let low = value & 15
        return low < 10 ? low &+ 48 : low &+ 55
    }

    /// Whether two texts are equal when `A` and `a` are the same, and nothing else is.
    static func equal(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        var leftBytes = left.utf8.makeIterator()
        var rightBytes = right.utf8.makeIterator()
        while true {
            guard let a = leftBytes.next() else { return rightBytes.next() == nil }
            guard let b = rightBytes.next(), lower(a) == lower(b) else { return false }
        }
    }

    /// The text with `A` to `Z` made lower; the same storage if there is nothing to do.
    static func lowercased(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 &- 65 < 26 }) else { return text }
        return String(decoding: text.utf8.map(lower), as: UTF8.self)
    }

    /// Without the spaces and tabs at both ends: OWS of RFC 9110 section 5.6.3.
    static func trim(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var start = bytes.startIndex
        var end = bytes.endIndex
        while start < end, bytes[start] == space || bytes[start] == tab { start += 1 }
        while start < end, bytes[end - 1] == space || bytes[end - 1] == tab { end -= 1 }
        return bytes[start..<end]
    }

    /// Without the spaces and tabs at both ends.
    static func trim(_ text: Substring) -> Substring {
        var rest = text.utf8
        while let first = rest.first, first == space || first == tab { rest = rest.dropFirst() }
        while let last = rest.last, last == space || last == tab { rest = rest.dropLast() }
        return Substring(rest)
    }

    /// The number in a text of nothing but decimal digits; nil if there is anything else, or more than 18
    /// digits.
    static func decimal(_ bytes: some Collection<UInt8>) -> Int? {
        var value = 0
        var digits = 0
        for byte in bytes {
            guard isDigit(byte), digits < 18 else { return nil }
            value = value &* 10 &+ Int(byte &- 48)
            digits &+= 1
        }
        return digits == 0 ? nil : value
    }
}
