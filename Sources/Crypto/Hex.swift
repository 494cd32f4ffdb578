/// Bytes as pairs of hexadecimal digits. RFC 4648 §8.
package enum Hex {
    /// Two lower-case digits a byte.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { output in
            var written = 0
            for byte in bytes {
                output[written] = digit(byte >> 4)
                output[written + 1] = digit(byte & 0x0f)
                written += 2
            }
            return written
        }
    }

    /// The bytes of a text of hexadecimal digits in either case, or `nil` if it is none or ends half-way.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        withBytes(of: text.utf8) { text in
            guard text.count % 2 == 0 else { return nil }
            var result: [UInt8] = []
            result.reserveCapacity(text.count / 2)
            for index in stride(from: 0, to: text.count, by: 2) {
                guard let high = value(text[index]), let low = value(text[index + 1]) else { return nil }
                result.append(high << 4 | low)
            }
            return result
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
