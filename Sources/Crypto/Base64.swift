/// Base64 and its URL form. RFC 4648 §4 and §5.
package enum Base64 {
    /// The standard alphabet, padded.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        withBytes(of: bytes) { encode($0, alphabet: standard, isPadded: true) }
    }

    /// The alphabet that is safe in URLs and file names, not padded.
    package static func encodeURL(_ bytes: some Collection<UInt8>) -> String {
        withBytes(of: bytes) { encode($0, alphabet: urlSafe, isPadded: false) }
    }

    /// The bytes of a padded text in the standard alphabet, or `nil` if a single character is out of place.
    ///
    /// Unused bits must be zero (RFC 4648 §3.5), so that one value has one spelling.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        withBytes(of: text.utf8) { decode($0, isStrict: true) }
    }

    /// The bytes of a text in either alphabet, padded or not; `nil` if it is neither.
    package static func decodeLenient(_ text: some StringProtocol) -> [UInt8]? {
        withBytes(of: text.utf8) { decode($0, isStrict: false) }
    }

    private static let standard = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlSafe = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")

    /// Six bits for each character of the standard alphabet; 64 for `-` and 65 for `_`, which only the URL
    /// form has; 255 for every other byte.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in standard.enumerated() { table[Int(character)] = UInt8(value) }
        table[Int(UInt8(ascii: "-"))] = 64
        table[Int(UInt8(ascii: "_"))] = 65
        return table
    }()

    private static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, alphabet: [UInt8], isPadded: Bool
    ) -> String {
        let capacity = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: capacity) { output in
            var written = 0
            func put(_ character: UInt8) {
                output[written] = character
                written += 1
            }
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let left = bytes.count - start
                let first = bytes[start]
                let second = left > 1 ? bytes[start + 1] : 0
                let third = left > 2 ? bytes[start + 2] : 0
                put(alphabet[Int(first >> 2)])
                put(alphabet[Int((first & 0x03) << 4 | second >> 4)])
                if left > 1 {
                    put(alphabet[Int((second & 0x0f) << 2 | third >> 6)])
                } else if isPadded {
                    put(padding)
                }
                if left > 2 {
                    put(alphabet[Int(third & 0x3f)])
                } else if isPadded {
                    put(padding)
                }
            }
            return written
        }
    }

    static func decode(_ text: UnsafeBufferPointer<UInt8>, isStrict: Bool) -> [UInt8]? {
        var end = text.count
        while end > 0, text.count - end < 2, text[end - 1] == padding { end -= 1 }
        let isPadded = end < text.count
        if isStrict || isPadded {
            guard text.count % 4 == 0 else { return nil }
        }
        guard end % 4 != 1 else { return nil }

        var result: [UInt8] = []
        result.reserveCapacity(end / 4 * 3 + 2)
        var bits: UInt32 = 0
        var held = 0
        for index in 0..<end {
            var value = values[Int(text[index])]
            if value >= 64 {
                guard !isStrict, value != 255 else { return nil }
                value -= 2
            }
            bits = bits << 6 | UInt32(value)
            held += 6
            if held >= 8 {
                held -= 8
                result.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
            }
        }
        let leftover = bits & ((1 << UInt32(held)) - 1)
        guard leftover == 0 || !isStrict else { return nil }
        return result
    }
}
