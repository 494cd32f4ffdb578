import Testing

@testable import Media

@Suite struct PictureWishTests {
    @Test(arguments: PictureWish.Form.allCases, MediaKind.allCases)
    func `a wish travels as one line`(form: PictureWish.Form, kind: MediaKind) {
        let wish = PictureWish(source: kind, form: form, width: 640, height: 360, quality: 85)
        #expect(wish.line == "picture1 \(kind.fileExtension) \(form.rawValue) 640 360 85\n")
        #expect(PictureWish(line: wish.line.dropLast()) == wish)
    }

    @Test func `a photograph as PNG is listened to until its end`() {
        for (width, height) in [(640, 360), (3_840, 2_160), (100, 100)] {
            let wish = PictureWish(source: .png, form: .png, width: width, height: height)
            // Measured of photographs with noise: 2.74 bytes a pixel; four is what a PNG can take.
            #expect(wish.longestAnswer >= width * height * 4)
            #expect(wish.longestAnswer <= 34 << 20)
        }
    }

    @Test(arguments: [
        "", "picture1", "picture2 jpg jpeg 1 1 80", "picture1 jpg jpeg 1 1", "picture1 exe jpeg 1 1 80",
        "picture1 jpg gif 1 1 80", "picture1 jpg jpeg 0 1 80", "picture1 jpg jpeg 1 99999 80",
        "picture1 jpg jpeg 1 1 101", "picture1 jpg jpeg 1 1 80 ", "picture1  jpg jpeg 1 1 80",
        "picture1 jpg jpeg 1;ls 1 80",
    ])
    func `a line that is no wish is none`(line: String) {
        #expect(PictureWish(line: line) == nil)
    }
}
