extension JSONValue {
    /// Longest number that is converted, in bytes. What means something is far shorter; `rawBytes` has the
    /// rest.
    private static let mostDigits = 512

    /// The value of a number without fractional part, also when written as `1.0` or `1e2`.
    ///
    /// `nil` when it is not such a number, does not fit, or has a point or exponent and exceeds 2^53, above
    /// which `Double` no longer tells neighbours apart.
    package var int: Int? {
        guard kind == .number else { return nil }
        let text = rawBytes
        guard text.count <= Self.mostDigits else { return nil }
        if let whole = Int(String(decoding: text, as: UTF8.self)) { return whole }
        guard let double, double.magnitude <= 0x1p53, text.contains(where: Self.isPointOrExponent) else {
            return nil
        }
        return Int(exactly: double)
    }

    /// The value of a number as nearest `Double`; `nil` when it is not a number or is out of range, as
    /// `1e400` is.
    package var double: Double? {
        guard kind == .number, rawBytes.count <= Self.mostDigits else { return nil }
        guard let double = Double(String(decoding: rawBytes, as: UTF8.self)), double.isFinite else {
            return nil
        }
        return double
    }

    private static func isPointOrExponent(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte | 0x20 == UInt8(ascii: "e")
    }
}
