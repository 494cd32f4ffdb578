import Glibc

/// A picture as some twenty characters, from which apps draw a blur before it is loaded.
///
/// <https://github.com/woltapp/blurhash/blob/master/Algorithm.md>: a cosine transform of linear light, of which the
/// lowest components are kept: the first as the mean colour, the others in 19 steps a channel, everything in base 83.
package enum Blurhash {
    /// Components across and down, as Mastodon's.
    private static let across = 4
    private static let down = 3

    private static let digits = Array(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~".utf8)

    private typealias Colour = SIMD3<Double>

    package static func encode(_ picture: PixelMap) -> String {
        let factors = components(of: picture)
        let largest = factors.dropFirst().reduce(0) { max($0, abs($1.x), abs($1.y), abs($1.z)) }
        let step = Int(max(0, min(82, (largest * 166 - 0.5).rounded(.down))))
        let scale = Double(step + 1) / 166

        var hash: [UInt8] = []
        append((across - 1) + (down - 1) * 9, digits: 1, to: &hash)
        append(step, digits: 1, to: &hash)
        let mean = factors[0]
        append(
            encoded(mean.x) << 16 | encoded(mean.y) << 8 | encoded(mean.z), digits: 4, to: &hash)
        for factor in factors.dropFirst() {
            let (red, green, blue) = (
                quantised(factor.x / scale), quantised(factor.y / scale), quantised(factor.z / scale)
            )
            append(red * 19 * 19 + green * 19 + blue, digits: 2, to: &hash)
        }
        return String(decoding: hash, as: UTF8.self)
    }

    /// Row by row; the first is the mean.
    private static func components(of picture: PixelMap) -> [Colour] {
        let light = picture.bytes.map { linear[Int($0)] }
        let wide = cosines(across, picture.width)
        let high = cosines(down, picture.height)
        var factors: [Colour] = []
        for j in 0..<down {
            for i in 0..<across {
                var sum = Colour.zero
                for y in 0..<picture.height {
                    for x in 0..<picture.width {
                        let place = (y * picture.width + x) * 3
                        let colour = Colour(light[place], light[place + 1], light[place + 2])
                        sum += wide[i][x] * high[j][y] * colour
                    }
                }
                let weight = i == 0 && j == 0 ? 1.0 : 2.0
                factors.append(sum * (weight / Double(picture.width * picture.height)))
            }
        }
        return factors
    }

    private static func cosines(_ count: Int, _ length: Int) -> [[Double]] {
        (0..<count).map { i in
            (0..<length).map { x in cos(.pi * Double(i) * Double(x) / Double(length)) }
        }
    }

    /// From -1...1 to 0...18, finer near zero.
    private static func quantised(_ value: Double) -> Int {
        let root = abs(value).squareRoot() * (value < 0 ? -1 : 1)
        return Int(max(0, min(18, (root * 9 + 9.5).rounded(.down))))
    }

    /// IEC 61966-2-1, from bytes to light.
    private static let linear: [Double] = (0...255).map { byte in
        let value = Double(byte) / 255
        return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }

    private static func encoded(_ light: Double) -> Int {
        let light = max(0, min(1, light))
        let value = light <= 0.0031308 ? light * 12.92 : 1.055 * pow(light, 1 / 2.4) - 0.055
        return Int(value * 255 + 0.5)
    }

    private static func append(_ value: Int, digits count: Int, to hash: inout [UInt8]) {
        var divisor = 1
        for _ in 1..<max(1, count) { divisor *= 83 }
        for _ in 0..<count {
            hash.append(digits[value / divisor % 83])
            divisor = max(1, divisor / 83)
        }
    }
}
