import Testing

@testable import Media

@Suite struct MP3StripperTests {
    private static func strip(_ bytes: [UInt8]) throws(UploadError) -> (bytes: [UInt8], header: MediaHeader) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try MP3Stripper.strip(file, kind: .mp3)
        }
    }

    private static let sound = SoundBytes.frame(1) + SoundBytes.frame(2) + SoundBytes.frame(3)
    /// In seconds: 1,152 samples each at 32 kHz.
    private static func seconds(_ frames: Int) -> Double { Double(frames * 1_152) / 32_000 }

    @Test(arguments: [2, 3, 4] as [UInt8])
    func `titles stay, the rest goes, and the sound is where it was`(version: UInt8) throws {
        let names =
            version == 2 ? ["TT2", "TP1", "COM", "PIC", "TCM"] : ["TIT2", "TPE1", "COMM", "APIC", "TCOM"]
        func text(_ index: Int, _ value: String) -> [UInt8] { SoundBytes.text(version, names[index], value) }
        let tag = SoundBytes.id3(
            version, text(2, "SECRET") + text(0, "Song") + text(3, "SECRET") + text(1, "Me") + text(4, "You"))
        let kept = text(0, "Song") + text(1, "Me") + text(4, "You")
        let expected =
            SoundBytes.id3(version, kept, padding: tag.count - 10 - kept.count) + MP3StripperTests.sound
        let result = try MP3StripperTests.strip(tag + MP3StripperTests.sound)
        #expect(result.bytes == expected)
        #expect(result.header == MediaHeader(kind: .mp3, duration: MP3StripperTests.seconds(3)))
        #expect(try MP3StripperTests.strip(expected).bytes == expected, "stripping twice changes nothing")
    }

    @Test(
        arguments: [
            (4, 0x80, SoundBytes.text(4, "TIT2", "SECRET")), (3, 0x80, SoundBytes.text(3, "TIT2", "SECRET")),
            (2, 0x40, SoundBytes.text(2, "TT2", "SECRET")),
            (4, 0, SoundBytes.text(4, "TIT2", "SECRET", flags: [0, 8])),
            (3, 0, SoundBytes.text(3, "TXXX", "SECRET") + SoundBytes.text(3, "GEOB", "SECRET")),
            (3, 0, Array("TIT2".utf8) + [0x7F, 0, 0, 0, 0, 0] + Array("SECRET".utf8)),
            (4, 0, SoundBytes.text(4, "TIT2", String(repeating: "SECRET", count: 200))),
        ] as [(UInt8, UInt8, [UInt8])])
    func `what is packed, unknown, broken or long does not stay`(
        version: UInt8, flags: UInt8, frames: [UInt8]
    ) throws {
        let tag = SoundBytes.id3(version, flags: flags, frames)
        let result = try MP3StripperTests.strip(tag + MP3StripperTests.sound)
        #expect(result.bytes == SoundBytes.id3(version, [], padding: tag.count - 10) + MP3StripperTests.sound)
    }

    @Test func `of a date the year stays`() throws {
        let tag = SoundBytes.id3(4, SoundBytes.text(4, "TDRC", "2024-05-06T07:08:09"), padding: 0)
        let year = SoundBytes.text(4, "TDRC", "2024")
        let result = try MP3StripperTests.strip(tag + MP3StripperTests.sound)
        #expect(
            result.bytes == SoundBytes.id3(4, year, padding: tag.count - 10 - year.count)
                + MP3StripperTests.sound)
    }

    @Test func `an extended head is passed over, and a foot and a second tag are emptied`() throws {
        let title = SoundBytes.text(4, "TIT2", "Song")
        var tag = SoundBytes.id3(4, flags: 0x50, SoundBytes.safe(6) + [1, 0] + title, padding: 0)
        tag += Array("3DI".utf8) + tag[3..<10]
        let second = SoundBytes.id3(3, SoundBytes.text(3, "PRIV", "SECRET"))
        let result = try MP3StripperTests.strip(tag + second + MP3StripperTests.sound)
        let expected = SoundBytes.id3(4, title, padding: tag.count - 10 - title.count)
        #expect(
            result.bytes == expected + SoundBytes.id3(3, [], padding: second.count - 10)
                + MP3StripperTests.sound)
    }

    @Test func `at the end only names stay, and between the sounds nothing`() throws {
        let middle = SoundBytes.id3(3, SoundBytes.text(3, "COMM", "SECRET"))
        let tail = SoundBytes.ape("SECRET") + SoundBytes.lyrics("SECRET") + Array("SECRET".utf8)
        let sound = MP3StripperTests.sound
        let result = try MP3StripperTests.strip(
            sound + middle + sound + tail + SoundBytes.id3v1(comment: "SECRET", track: 7))
        func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
        #expect(
            result.bytes == sound + zeros(middle.count) + sound + zeros(tail.count)
                + SoundBytes.id3v1(comment: "", track: 7))
        #expect(result.header.duration == MP3StripperTests.seconds(6))
    }

    @Test func `FLAC behind such a tag is FLAC`() throws {
        let sound =
            Array("fLaC".utf8) + SoundBytes.block(0, SoundBytes.streamInfo(samples: 22_050))
            + SoundBytes.block(6, Array("SECRET".utf8), isLast: true) + [0xFF, 0xF8, 1]
        let result = try MP3StripperTests.strip(SoundBytes.id3(3, []) + sound)
        #expect(result.header == MediaHeader(kind: .flac, duration: 0.5))
        #expect(!EditedBytes.contains(result.bytes, "SECRET"))
    }

    @Test(arguments: [("Xing", 17), ("Info", 17), ("VBRI", 32)])
    func `a table of places is no sound`(name: String, offset: Int) throws {
        var table = SoundBytes.frame(0)
        table.replaceSubrange(4 + offset..<8 + offset, with: name.utf8)
        let header = try MP3StripperTests.strip(table + MP3StripperTests.sound).header
        #expect(header.duration == MP3StripperTests.seconds(3))
    }

    @Test(
        arguments: [
            [], SoundBytes.id3(3, []), SoundBytes.id3(5, []) + sound,
            SoundBytes.id3(3, [], padding: 9_999).prefix(10) + sound,
            Array("ID3".utf8) + [3, 0, 0, 0x80, 0, 0, 0] + sound, SoundBytes.id3(3, []) + [1] + sound,
            SoundBytes.id3(3, []) + Array("<html>".utf8),
            SoundBytes.frame(1) + [UInt8](repeating: 7, count: 500),
            [0xFF, 0xFB, 0x08, 0xC0] + [UInt8](repeating: 1, count: 500),
        ] as [[UInt8]])
    func `what holds no sound is refused`(bytes: [UInt8]) {
        #expect(throws: UploadError.damaged) { try MP3StripperTests.strip(bytes) }
    }

    @Test func `what seems to be a frame too often is refused`() {
        // The next frame, after 144 bytes, would begin at a zero.
        let doubt = [0xFF, 0xFB, 0x18, 0xC0, 0] as [UInt8]
        func noise(_ count: Int) -> [UInt8] {
            MP3StripperTests.sound + Array([[UInt8]](repeating: doubt, count: count).joined())
                + [UInt8](repeating: 0, count: 200)
        }
        #expect(throws: Never.self) { _ = try MP3StripperTests.strip(noise(1_000)) }
        #expect(throws: UploadError.damaged) { _ = try MP3StripperTests.strip(noise(100_100)) }
    }

    @Test func `no damage makes it trap`() throws {
        let sample =
            SoundBytes.id3(4, SoundBytes.text(4, "TIT2", "Song") + SoundBytes.text(4, "TDRC", "2024-05"))
            + MP3StripperTests.sound + SoundBytes.id3v1(comment: "SECRET", track: 7)
        let counts = try EditedBytes.batter(sample) { file throws(UploadError) in
            try MP3Stripper.strip(file, kind: .mp3)
        }
        #expect(counts.refused > 100 && counts.passed > 100)
    }
}
