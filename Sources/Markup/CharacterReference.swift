/// One `&name;` or `&#number;` in HTML and the character it stands for (HTML §13.2.5.72 to .80).
struct CharacterReference {
    var scalar: Unicode.Scalar
    /// Offset behind it.
    var end: Int

    /// Reads the reference whose ampersand is at `start`; `nil` when the ampersand is only an ampersand.
    ///
    /// - Parameter isInAttribute: there, `&copy=1` is part of an address and no copyright sign.
    init?(_ bytes: [UInt8], at start: Int, before limit: Int, isInAttribute: Bool) {
        let next = start + 1
        guard next < limit else { return nil }
        if bytes[next] == UInt8(ascii: "#") {
            self.init(number: bytes, at: next + 1, before: limit)
        } else {
            self.init(name: bytes, at: next, before: limit, isInAttribute: isInAttribute)
        }
    }

    private init?(name bytes: [UInt8], at start: Int, before limit: Int, isInAttribute: Bool) {
        var end = start
        let furthest = min(limit, start + NamedCharacters.longest + 1)
        while end < furthest, Self.isAlphanumeric(bytes[end]) { end += 1 }
        if end < limit, bytes[end] == UInt8(ascii: ";"), let found = NamedCharacters.find(bytes[start..<end])
        {
            scalar = found.scalar
            self.end = end + 1
            return
        }
        // The longest name without semicolon, as in `&notit;`.
        while end > start + 1 {
            if let found = NamedCharacters.find(bytes[start..<end]), !found.needsSemicolon {
                let following = end < limit ? bytes[end] : 0
                if isInAttribute, following == UInt8(ascii: "=") || Self.isAlphanumeric(following) {
                    return nil
                }
                scalar = found.scalar
                self.end = end
                return
            }
            end -= 1
        }
        return nil
    }

    private init?(number bytes: [UInt8], at start: Int, before limit: Int) {
        var index = start
        var radix: UInt32 = 10
        if index < limit, bytes[index] | 0x20 == UInt8(ascii: "x") {
            radix = 16
            index += 1
        }
        let firstDigit = index
        var value: UInt32 = 0
        while index < limit, let digit = Self.digit(bytes[index]), digit < radix {
            // Anything above Unicode is wrong in the same way, so stop growing there.
            value = min(value * radix + digit, 0x11_0000)
            index += 1
        }
        guard index > firstDigit else { return nil }
        end = index < limit && bytes[index] == UInt8(ascii: ";") ? index + 1 : index
        scalar = Self.scalar(value)
    }

    private static func scalar(_ value: UInt32) -> Unicode.Scalar {
        if value >= 0x80, value < 0xA0, let windows = Unicode.Scalar(windows1252[Int(value - 0x80)]) {
            return windows
        }
        guard value != 0, let scalar = Unicode.Scalar(value) else { return "\u{FFFD}" }
        return scalar
    }

    /// The character of a byte in windows-1252.
    static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
        scalar(UInt32(byte))
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    /// What the numbers 0x80 to 0x9F mean in old documents (HTML §13.2.5.80).
    private static let windows1252: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
        0x8D, 0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
        0x0153, 0x9D,
        0x017E, 0x0178,
    ]
}
