import Testing

@testable import Media

@Suite struct FLACStripperTests {
    private func strip(_ bytes: [UInt8]) throws(UploadError) -> (bytes: [UInt8], header: MediaHeader) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try FLACStripper.strip(file, kind: .flac)
        }
    }

    private static let start =
        Array("fLaC".utf8) + SoundBytes.block(0, SoundBytes.streamInfo(samples: 66_150))
    private static let sound: [UInt8] = [0xFF, 0xF8, 1, 2, 3, 4, 5]
    private static let table = SoundBytes.block(3, [UInt8](repeating: 9, count: 18))
    private static let comments = SoundBytes.block(
        4,
        SoundBytes.comments("SECRET", ["title=Song", "LOCATION=SECRET", "DATE=2024-05-06", "SECRET", "S"]) + [
            83
        ])

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    /// With and without what a program for MP3 puts in front.
    @Test(arguments: [[], SoundBytes.id3(3, [])])
    func `pictures, programs and remarks go, and all else is where it was`(front: [UInt8]) throws {
        let secret = Array("SECRET".utf8)
        let file =
            front + FLACStripperTests.start + SoundBytes.block(6, secret) + FLACStripperTests.table
            + FLACStripperTests.comments + SoundBytes.block(2, secret) + SoundBytes.block(5, secret)
            + SoundBytes.block(1, secret) + SoundBytes.block(126, secret, isLast: true)
            + FLACStripperTests.sound
            + SoundBytes.lyrics("SECRET") + SoundBytes.ape("SECRET")
            + SoundBytes.id3v1(comment: "SECRET", track: 1)
        let kept = ["title=Song", "_=             ", "DATE=2024      ", "_=    ", "_"]
        let padding = SoundBytes.block(1, FLACStripperTests.zeros(6))
        let clean =
            front + FLACStripperTests.start + padding + FLACStripperTests.table
            + SoundBytes.block(4, SoundBytes.comments("      ", kept) + [0]) + padding + padding + padding
            + SoundBytes.block(1, FLACStripperTests.zeros(6), isLast: true) + FLACStripperTests.sound
        let result = try strip(file)
        #expect(result.bytes == clean + FLACStripperTests.zeros(file.count - clean.count))
        #expect(result.header == MediaHeader(kind: .flac, duration: 1.5))
    }

    @Test(
        arguments: [
            Array("fLaC".utf8), start, start + SoundBytes.block(1, [], isLast: true),
            start + SoundBytes.block(1, [], isLast: true) + [0xFF, 0xFB, 0, 0],
            start + SoundBytes.block(127, [], isLast: true) + sound,
            start + SoundBytes.block(0, [], isLast: true) + sound,
            start + SoundBytes.block(4, [9, 0, 0, 0], isLast: true) + sound,
            start + SoundBytes.block(4, [0, 0, 0, 0, 9, 0, 0, 0], isLast: true) + sound,
            Array("fLaC".utf8) + SoundBytes.block(0, zeros(34), isLast: true) + sound,
            Array("fLaC".utf8) + SoundBytes.block(1, zeros(34), isLast: true) + sound,
        ] as [[UInt8]])
    func `what is not understood is refused`(bytes: [UInt8]) {
        #expect(throws: UploadError.damaged) { try strip(bytes) }
    }

    @Test func `no damage makes it trap`() throws {
        let sample =
            FLACStripperTests.start + FLACStripperTests.comments + SoundBytes.block(6, [1, 2], isLast: true)
            + FLACStripperTests.sound + SoundBytes.ape("SECRET")
        let counts = try EditedBytes.batter(sample) { file throws(UploadError) in
            try FLACStripper.strip(file, kind: .flac)
        }
        #expect(counts.refused > 100 && counts.passed > 100)
    }
}
