import Testing

@testable import Media

@Suite struct UploadLimitsTests {
    private let limits = UploadLimits(picture: 10, recording: 1_000)

    @Test func `a kind has the limit of what it is`() {
        #expect(limits.bytes(of: .heic) == 10)
        #expect(limits.bytes(of: .webm) == 1_000 && limits.bytes(of: .flac) == 1_000)
    }

    @Test func `a form may have its files and some texts`() {
        #expect(limits.body(with: ["avatar", "header"]) == 65_536 + 20)
        #expect(limits.body(with: [.anything("file"), "thumbnail"]) == 65_536 + 1_010)
    }

    @Test func `a field for pictures takes no film`() {
        let thumbnail: FileField = "thumbnail"
        #expect(thumbnail.takes(.png) && !thumbnail.takes(.mp4))
    }
}
