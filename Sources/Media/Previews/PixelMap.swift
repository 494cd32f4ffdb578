/// A tiny picture as red, green and blue bytes, read from a binary PPM.
///
/// <https://netpbm.sourceforge.net/doc/ppm.html>: `P6`, width, height and the largest value as decimal numbers with
/// white space and comments between, one white space, then three bytes a pixel.
package struct PixelMap: Hashable, Sendable {
    /// Longest side that is read, in pixels.
    package static let longestSide = 64
    /// Bytes of the longest file that is read: a head with its comments, and the pixels.
    static let mostBytes = 4_096 + longestSide * longestSide * 3

    package let width: Int
    package let height: Int
    /// Row by row from the top left, `width * height * 3` of them.
    package let bytes: [UInt8]

    /// - Returns: nil unless there are exactly as many bytes as the size says.
    package init?(width: Int, height: Int, bytes: [UInt8]) {
        guard 1...PixelMap.longestSide ~= width, 1...PixelMap.longestSide ~= height,
            bytes.count == width * height * 3
        else { return nil }
        self.width = width
        self.height = height
        self.bytes = bytes
    }

    package init?(ppm file: [UInt8]) {
        guard file.count <= PixelMap.mostBytes, file.starts(with: "P6".utf8) else { return nil }
        var rest = file.dropFirst(2)
        var numbers: [Int] = []
        while numbers.count < 3 {
            guard let number = PixelMap.number(&rest) else { return nil }
            numbers.append(number)
        }
        guard numbers[2] == 255, let space = rest.first, PixelMap.isSpace(space) else { return nil }
        self.init(width: numbers[0], height: numbers[1], bytes: Array(rest.dropFirst()))
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard let first = rest.first, isSpace(first) else { return nil }
        while let byte = rest.first, isSpace(byte) || byte == UInt8(ascii: "#") {
            if isSpace(byte) { rest = rest.dropFirst() } else { rest = rest.drop { $0 != 10 } }
        }
        let digits = rest.prefix { 0x30...0x39 ~= $0 }
        rest = rest.dropFirst(digits.count)
        return digits.count <= 5 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || 9...13 ~= byte }
}
