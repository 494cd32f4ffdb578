/// Base58 in Bitcoin's alphabet, as multibase names it `z`.
/// <https://datatracker.ietf.org/doc/html/draft-msporny-base58-03>
///
/// The work grows with the square of the length: meant for keys and signatures.
package enum Base58 {
    /// Longest text that is decoded, in bytes; an RSA key of 8192 bits takes 1,430.
    package static let limit = 1_500

    /// The bytes as text.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        let (leading, digits) = convert(bytes, from: 256, to: 58)
        let zeros = repeatElement(alphabet[0], count: leading)
        return String(decoding: zeros + digits.map { alphabet[Int($0)] }, as: UTF8.self)
    }

    /// The bytes of a text, or `nil` if it is too long or has a character of another alphabet in it.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let utf8 = text.utf8
        guard utf8.count <= limit else { return nil }
        var digits: [UInt8] = []
        digits.reserveCapacity(utf8.count)
        for character in utf8 {
            let value = values[Int(character)]
            guard value < 58 else { return nil }
            digits.append(value)
        }
        let (leading, bytes) = convert(digits, from: 58, to: 256)
        return Array(repeatElement(0, count: leading)) + bytes
    }

    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

    /// The digit of each character; 255 for what is none.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }()

    /// How many zeros a number begins with, and its other digits in another base, the highest first.
    private static func convert(
        _ digits: some Collection<UInt8>, from base: UInt32, to other: UInt32
    ) -> (leading: Int, [UInt8]) {
        var result: [UInt8] = []  // the lowest first
        var leading = 0
        for digit in digits {
            if result.isEmpty, digit == 0 {
                leading += 1
                continue
            }
            var carry = UInt32(digit)
            for index in result.indices {
                carry += UInt32(result[index]) * base
                result[index] = UInt8(truncatingIfNeeded: carry % other)
                carry /= other
            }
            while carry > 0 {
                result.append(UInt8(truncatingIfNeeded: carry % other))
                carry /= other
            }
        }
        return (leading, result.reversed())
    }
}
