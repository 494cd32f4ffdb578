/// Numbers as ECMAScript writes them, which is how canonical JSON does. RFC 8785 §3.2.2.3.
enum CanonicalNumber {
    /// The shortest digits that read back as the same number, `1e+21` where there would be many zeros.
    ///
    /// - Parameter value: Not infinite and a number.
    static func bytes(of value: Double) -> [UInt8] {
        guard value != 0 else { return [UInt8(ascii: "0")] }  // also for -0
        let (digits, point) = decimal(value.magnitude)
        let zero = UInt8(ascii: "0")
        let dot = UInt8(ascii: ".")
        var text: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
        switch point {
        case digits.count...21 where digits.count <= 21:
            text += digits
            text += repeatElement(zero, count: point - digits.count)
        case 1...21:
            text += digits[..<point]
            text.append(dot)
            text += digits[point...]
        case -5...0:
            text += [zero, dot]
            text += repeatElement(zero, count: -point)
            text += digits
        default:
            text.append(digits[0])
            if digits.count > 1 {
                text.append(dot)
                text += digits[1...]
            }
            text += (point > 0 ? "e+" : "e-").utf8
            text += String((point - 1).magnitude).utf8
        }
        return text
    }

    /// The digits of a number above zero, without zeros at either end, and how many of them stand before the
    /// point: negative if zeros stand between the point and them.
    ///
    /// Swift finds the same shortest digits as ECMAScript and only lays them out in another way.
    private static func decimal(_ value: Double) -> (digits: [UInt8], point: Int) {
        let parts = value.description.utf8.split(separator: UInt8(ascii: "e"))
        let exponent = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
        let mantissa = Array(parts[0])
        let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
        let all = mantissa.filter { $0 != UInt8(ascii: ".") }
        var digits = all.drop { $0 == UInt8(ascii: "0") }
        let leading = all.count - digits.count
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (Array(digits), point + exponent - leading)
    }
}
