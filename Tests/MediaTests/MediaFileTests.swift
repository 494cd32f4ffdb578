import Testing

@testable import Media

@Suite struct MediaFileTests {
    private static let digest = String(repeating: "0a", count: 32)

    @Test(arguments: [
        "", "x.png", "../\(digest).png", "\(digest)", "\(digest).svg", "\(digest).png.html",
        "\(digest.uppercased()).png",
        "\(digest)/x.png", "\(digest)0.png", "\(digest).png\0",
    ])
    func `no other name becomes a path`(name: String) {
        #expect(MediaFile(name) == nil)
    }

    @Test func `a digest and an extension are a name`() {
        #expect(MediaFile("\(Self.digest).jpg")?.kind == .jpeg)
    }
}
