import Media
import Testing

@Suite struct PictureSizeTests {
    @Test(arguments: [
        (4_000, 3_000, 230_400, 554, 415), (1_920, 1_080, 230_400, 640, 360),
        (1_080, 1_920, 230_400, 360, 640),
        (640, 360, 230_400, 640, 360), (16_384, 1, 100, 100, 1), (1, 16_384, 100, 1, 100),
        (4_000, 3_000, 8_294_400, 3_325, 2_494),
    ])
    func `a picture keeps its shape within an area`(
        width: Int, height: Int, area: Int, newWidth: Int, newHeight: Int
    ) {
        let size = PictureSize(width: width, height: height).fitting(area: area)
        #expect(size == PictureSize(width: newWidth, height: newHeight))
    }
}
