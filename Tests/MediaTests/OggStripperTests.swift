import Testing

@testable import Media

@Suite struct OggStripperTests {
    private func strip(_ bytes: [UInt8]) throws(UploadError) -> (bytes: [UInt8], header: MediaHeader) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try OggStripper.strip(file, kind: .ogg)
        }
    }

    /// A page with a right checksum.
    ///
    /// - Parameter flags: 1 for a packet that goes on, 2 for the first page, 4 for the last.
    private static func page(
        _ flags: UInt8, _ content: [UInt8], position: Int = 0, serial: Int = 7, lacing: [UInt8]? = nil
    )
        -> [UInt8]
    {
        let lengths =
            lacing ?? ([UInt8](repeating: 255, count: content.count / 255) + [UInt8(content.count % 255)])
        let before =
            Array("OggS".utf8) + [0, flags] + EditedBytes.little(position, 8) + EditedBytes.little(serial, 4)
            + EditedBytes.little(1, 4)
        let after = [UInt8(lengths.count)] + lengths + content
        let sum = OggPage.checksum(before + [0, 0, 0, 0] + after)
        return before + EditedBytes.little(Int(sum), 4) + after
    }

    private static let vorbisStart =
        Array("\u{1}vorbis".utf8) + EditedBytes.little(0, 4) + [1] + EditedBytes.little(8_000, 4)
        + [UInt8](repeating: 3, count: 14)
    private static let setup = Array("\u{5}vorbis and its books".utf8)

    /// - Parameter isLong: whether the comments go over three pages, with a picture in them.
    private static func vorbis(_ vendor: String, _ comments: [String], serial: Int = 7, isLong: Bool = false)
        -> [UInt8]
    {
        let packet = Array("\u{3}vorbis".utf8) + SoundBytes.comments(vendor, comments) + [1]
        var pages = page(2, vorbisStart, serial: serial)
        var rest = packet[...]
        var flags: UInt8 = 0
        while isLong, rest.count > 510 {
            pages += page(flags, Array(rest.prefix(510)), position: -1, serial: serial, lacing: [255, 255])
            rest = rest.dropFirst(510)
            flags = 1
        }
        pages += page(
            flags, rest + setup + [7, 7], serial: serial,
            lacing: [UInt8](repeating: 255, count: rest.count / 255) + [UInt8(rest.count % 255)]
                + [UInt8(setup.count), 2])
        return pages + page(0, [1, 2, 3], position: 4_000, serial: serial)
            + page(4, [4], position: 12_000, serial: serial)
    }

    @Test(arguments: [false, true])
    func `remarks and pictures go over all their pages, and checksums are right`(isLong: Bool) throws {
        let picture = "METADATA_BLOCK_PICTURE=" + String(repeating: "SECRET", count: isLong ? 200 : 5)
        let file = OggStripperTests.vorbis(
            "SECRET", ["ARTIST=Me", picture, "LOCATION=SECRET", "date=2024-05-06"], isLong: isLong)
        let clean = OggStripperTests.vorbis(
            "      ",
            [
                "ARTIST=Me", "_=" + String(repeating: " ", count: picture.utf8.count - 2), "_=             ",
                "date=2024      ",
            ], isLong: isLong)
        let result = try strip(file)
        #expect(result.bytes == clean)
        #expect(result.header == MediaHeader(kind: .ogg, duration: 1.5))
        #expect(try strip(clean).bytes == clean)
    }

    @Test func `streams may follow each other`() throws {
        let file =
            OggStripperTests.vorbis("SECRET", ["A=SECRET"], serial: 1)
            + OggStripperTests.vorbis("", ["B=SECRET"], serial: 2)
        let result = try strip(file)
        #expect(
            result.bytes == OggStripperTests.vorbis("      ", ["_=      "], serial: 1)
                + OggStripperTests.vorbis("", ["_=      "], serial: 2))
        #expect(result.header.duration == 3)
    }

    private static func opus(_ vendor: String, _ comments: [String], end: [UInt8]) -> [UInt8] {
        let start =
            Array("OpusHead".utf8) + [1, 1] + EditedBytes.little(312, 2) + EditedBytes.little(44_100, 4) + [
                0, 0, 0,
            ]
        return page(2, start) + page(0, Array("OpusTags".utf8) + SoundBytes.comments(vendor, comments) + end)
            + page(4, [1, 2], position: 24_312)
    }

    @Test func `Opus is cleaned, with what follows its comments`() throws {
        let result = try strip(
            OggStripperTests.opus("SECRET", ["ENCODER=x", "GENRE=Jazz"], end: Array("SECRET".utf8)))
        #expect(
            result.bytes
                == OggStripperTests.opus(
                    "      ", ["_=       ", "GENRE=Jazz"], end: [UInt8](repeating: 0, count: 6)))
        #expect(result.header.duration == 0.5)
    }

    @Test func `a large picture is no reason to refuse`() throws {
        let packet =
            Array("OpusTags".utf8)
            + SoundBytes.comments("", ["METADATA_BLOCK_PICTURE=" + String(repeating: "S", count: 1_200_000)])
        let sound = OggStripperTests.opus("", [], end: [])
        let start = Array(sound[..<(27 + 1 + 19)])
        var file = start
        var place = 0
        while packet.count - place >= 65_025 {
            file += OggStripperTests.page(
                place > 0 ? 1 : 0, Array(packet[place..<place + 65_025]), position: -1,
                lacing: [UInt8](repeating: 255, count: 255))
            place += 65_025
        }
        file += OggStripperTests.page(1, Array(packet[place...]))
        file += OggStripperTests.page(4, [1, 2], position: 24_312)
        let result = try strip(file)
        #expect(result.header.duration == 0.5)
        // One in the head of each page.
        #expect(result.bytes.count { $0 == UInt8(ascii: "S") } < 50)
    }

    private static func flac(_ comments: [String], _ picture: [UInt8], type: UInt8) -> [UInt8] {
        let start =
            [0x7F] + Array("FLAC".utf8) + [1, 0, 0, 2] + Array("fLaC".utf8)
            + SoundBytes.block(0, SoundBytes.streamInfo(samples: 22_050))
        return page(2, start) + page(0, SoundBytes.block(4, SoundBytes.comments("", comments)))
            + page(0, SoundBytes.block(type, picture, isLast: true))
            + page(4, [0xFF, 0xF8], position: 22_050)
    }

    @Test func `FLAC in an Ogg is cleaned like FLAC alone`() throws {
        let result = try strip(OggStripperTests.flac(["TITLE=a", "X=SECRET"], Array("SECRET".utf8), type: 6))
        #expect(
            result.bytes
                == OggStripperTests.flac(["TITLE=a", "_=      "], [UInt8](repeating: 0, count: 6), type: 1))
        #expect(result.header.duration == 0.5)
    }

    @Test(
        arguments: [
            ([], UploadError.damaged), (Array("OggS".utf8), .damaged),
            (page(2, Array("\u{80}theora and more of it".utf8)), .unsupportedType),
            (page(2, Array("fishead and more of it, more".utf8)), .unsupportedType),
            (page(2, vorbisStart), .damaged), (page(0, vorbisStart), .unsupportedType),
            (page(2, vorbisStart) + page(2, vorbisStart, serial: 8), .damaged),
            (vorbis("", []) + page(0, [1], serial: 9), .unsupportedType),
            (vorbis("", []) + vorbis("", []), .damaged), (vorbis("", []) + Array("SECRET".utf8), .damaged),
            (Array(vorbis("", []).dropLast()), .damaged),
            (page(2, vorbisStart) + page(0, Array("\u{5}vorbis".utf8)), .damaged),
            (page(2, vorbisStart) + page(1, Array("\u{3}vorbis".utf8)), .damaged),
            (
                page(2, vorbisStart) + page(0, Array("\u{3}vorbis".utf8) + SoundBytes.comments("", [])),
                .damaged
            ),
        ] as [([UInt8], UploadError)])
    func `what is not understood is refused`(bytes: [UInt8], error: UploadError) {
        #expect(throws: error) { try strip(bytes) }
    }

    @Test func `no damage makes it trap`() throws {
        for sample in [
            OggStripperTests.vorbis("SECRET", ["A=SECRET", "DATE=2024"]),
            OggStripperTests.opus("SECRET", ["A=SECRET"], end: [0, 1]),
            OggStripperTests.flac(["X=SECRET"], [1, 2, 3], type: 6),
        ] {
            let counts = try EditedBytes.batter(sample) { file throws(UploadError) in
                try OggStripper.strip(file, kind: .ogg)
            }
            #expect(counts.refused > 100 && counts.passed > 0)
        }
    }
}
