import Testing

@testable import Media

@Suite struct FileStripperTests {
    @Test func `each kind of film and sound has somebody who knows it`() throws {
        let kinds = MediaKind.allCases.filter { $0.group != .picture }
        for kind in kinds {
            #expect(throws: UploadError.damaged, "\(kind)") { try Scratch.strip([], kind) }
        }
        let sound = SoundBytes.frame(1) + SoundBytes.frame(2) + SoundBytes.frame(3)
        #expect(try Scratch.strip(sound, .mp3).header.kind == .mp3)
    }

    @Test(arguments: [MediaKind.jpeg, .png, .gif])
    func `what is stripped while it arrives is not stripped again`(kind: MediaKind) {
        #expect(throws: UploadError.unsupportedType) { try Scratch.strip([], kind) }
    }
}
