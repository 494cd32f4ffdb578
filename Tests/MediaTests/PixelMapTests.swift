import Media
import Testing

@Suite struct PixelMapTests {
    private func ppm(_ head: String, _ count: Int) -> [UInt8] {
        Array(head.utf8) + [UInt8](repeating: 7, count: count)
    }

    @Test(arguments: ["P6\n2 1\n255\n", "P6 2 1 255 ", "P6\n# made by somebody\n2 # wide\n1\n255\n"])
    func `a head may hold comments and any white space`(head: String) throws {
        let map = try #require(PixelMap(ppm: ppm(head, 6)))
        #expect(map.width == 2 && map.height == 1 && map.bytes == [7, 7, 7, 7, 7, 7])
    }

    @Test(arguments: [
        ("P6\n2 1\n255\n", 5), ("P6\n2 1\n255\n", 7), ("P5\n2 1\n255\n", 6), ("P6\n2 1\n65535\n", 12),
        ("P6\n0 1\n255\n", 0), ("P6\n65 1\n255\n", 195), ("P6\n-2 1\n255\n", 6), ("P6\n2 1\n255", 0),
        ("P6\n99999999999999999999 1\n255\n", 6), ("P6", 0), ("P6\n#", 0), ("", 0),
        ("P6\n2 1\n255\n", 20_000),
    ])
    func `what is cut short, too long or no picture is refused`(head: String, count: Int) {
        #expect(PixelMap(ppm: ppm(head, count)) == nil)
    }
}
