/// Colours as people write them, and how well one is read on another.
extension Colour {
    static let black = Colour(red: 0, green: 0, blue: 0)
    static let white = Colour(red: 255, green: 255, blue: 255)

    /// Reads `#1a2b3c` or `#abc`, with or without the sign; nil for anything else.
    init?(hex text: String) {
        var digits = text.utf8.drop { $0 == UInt8(ascii: "#") }.compactMap(Colour.digit)
        guard digits.count == text.utf8.count - (text.hasPrefix("#") ? 1 : 0) else { return nil }
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        guard digits.count == 6 else { return nil }
        self.init(
            red: digits[0] << 4 | digits[1], green: digits[2] << 4 | digits[3],
            blue: digits[4] << 4 | digits[5])
    }

    /// `#1a2b3c`.
    var hex: String {
        "#"
            + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// How well text of one colour is read on the other: 1 to 21, <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
    func contrast(with other: Colour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// This colour with so much of another in it: none at 0, nothing else at 1.
    func mixed(with other: Colour, share: Double) -> Colour {
        func mix(_ one: UInt8, _ two: UInt8) -> UInt8 {
            let value = Double(one) + (Double(two) - Double(one)) * min(max(share, 0), 1)
            return UInt8(min(max(value.rounded(), 0), 255))
        }
        return Colour(
            red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    private var luminance: Double {
        0.2126 * Colour.linear(red) + 0.7152 * Colour.linear(green) + 0.0722 * Colour.linear(blue)
    }

    private static func linear(_ part: UInt8) -> Double {
        let value = Double(part) / 255
        if value <= 0.04045 { return value / 12.92 }
        let base = (value + 0.055) / 1.055
        // The power of 2.4: the square times the fifth root of the square, which Newton's rule finds from above.
        let square = base * base
        var root = 1.0
        for _ in 0..<24 { root -= (root - square / (root * root * root * root)) / 5 }
        return square * root
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
