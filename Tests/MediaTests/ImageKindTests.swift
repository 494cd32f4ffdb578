import Testing

@testable import Media

@Suite struct ImageKindTests {
    @Test(
        arguments: [
            (Bytes.jpeg, ImageKind.jpeg), (Bytes.png, .png), (Array("GIF89a......".utf8), .gif),
            (Array("RIFF....WEBP".utf8), .webp),
            (Array("RIFF....WAVE".utf8), nil), (Array("<svg xmlns=''/>".utf8), nil), ([], nil),
            ([0xFF, 0xD8], nil),
        ] as [([UInt8], ImageKind?)])
    func `the first bytes say what it is`(bytes: [UInt8], kind: ImageKind?) {
        #expect(ImageKind(prefix: bytes) == kind)
    }

    @Test func `a kind survives its extension`() {
        for kind in [ImageKind.jpeg, .png, .gif, .webp] {
            #expect(ImageKind(fileExtension: kind.fileExtension) == kind)
        }
    }
}
