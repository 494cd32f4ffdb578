import Media
import Testing

@Suite struct BlurhashTests {
    private func picture(_ name: String, _ width: Int, _ height: Int) throws -> PixelMap {
        var bytes: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                switch name {
                case "black": bytes += [0, 0, 0]
                case "white": bytes += [255, 255, 255]
                case "red": bytes += [255, 0, 0]
                case "slope":
                    bytes += [UInt8(x * 255 / max(1, width - 1)), UInt8(y * 255 / max(1, height - 1)), 128]
                case "checks": bytes += [UInt8](repeating: UInt8((x + y) % 2 * 255), count: 3)
                default:
                    bytes += [
                        UInt8((x * 37 + y * 101) % 256), UInt8((x * 11 + y * 7 + 90) % 256),
                        UInt8(x * y * 13 % 256),
                    ]
                }
            }
        }
        return try #require(PixelMap(width: width, height: height, bytes: bytes))
    }

    // Computed by another program from the published algorithm; the first two are well known.
    @Test(arguments: [
        ("black", 4, 3, "L00000fQfQfQfQfQfQfQfQfQfQfQ"),
        ("white", 4, 3, "L~TSUA~qfQ~q~q%MfQ%MfQfQfQfQ"),
        ("red", 1, 1, "L~TI:j|c|c|c|c|c|c|c|c|c|c|c"),
        ("slope", 32, 18, "L$HezM2swxX8qRWDjtaggJfjfQfj"),
        ("slope", 18, 32, "L$HxvN2?wxkVl}WDjte;gJfjfQfj"),
        ("checks", 8, 8, "LKLqe9~qfQ~q~qfQfQfQfQfQfQfQ"),
        ("noise", 32, 24, "LPHVVEt2YXtwx:gHgGY]Z$bqU~a1"),
        ("noise", 7, 31, "LbHe?q%Yk5%XuDeVVys.UgZkjYnQ"),
    ])
    func `a picture has its blur in base 83`(name: String, width: Int, height: Int, hash: String) throws {
        #expect(Blurhash.encode(try picture(name, width, height)) == hash)
    }
}
