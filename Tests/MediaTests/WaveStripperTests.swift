import Testing

@testable import Media

@Suite struct WaveStripperTests {
    private func strip(_ bytes: [UInt8]) throws(UploadError) -> (bytes: [UInt8], header: MediaHeader) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try WaveStripper.strip(file, kind: .wav)
        }
    }

    private static func chunk(_ name: String, _ content: [UInt8], size: Int? = nil, pad: UInt8 = 0) -> [UInt8]
    {
        Array(name.utf8) + EditedBytes.little(size ?? content.count, 4) + content
            + (content.count % 2 == 1 ? [pad] : [])
    }

    private static func riff(_ chunks: [UInt8], size: Int? = nil) -> [UInt8] {
        chunk("RIFF", Array("WAVE".utf8) + chunks, size: size)
    }

    /// 10 bytes and 5 samples a second.
    private static func format(_ codec: Int = 1) -> [UInt8] {
        chunk(
            "fmt ",
            EditedBytes.little(codec, 2) + [1, 0] + EditedBytes.little(5, 4) + EditedBytes.little(10, 4) + [
                2, 0, 16, 0,
            ])
    }

    private static let data = chunk("data", [UInt8](repeating: 4, count: 25))

    @Test func `what recorders and programs say goes, and the sound is where it was`() throws {
        let kept =
            WaveStripperTests.chunk("cue ", [1, 2]) + WaveStripperTests.chunk("smpl", [3, 4])
            + WaveStripperTests.chunk("fact", [9, 0, 0, 0])
        func file(_ secret: [UInt8], _ names: [String], _ pad: UInt8) -> [UInt8] {
            WaveStripperTests.riff(
                WaveStripperTests.format() + kept
                    + names.flatMap { WaveStripperTests.chunk($0, secret, pad: pad) } + WaveStripperTests.data
                    + WaveStripperTests.chunk(names[0], secret, pad: pad))
        }
        let names = ["LIST", "bext", "id3 ", "iXML", "_PMX", "cart", "JUNK", "????"]
        let result = try strip(file(Array("SECRETS".utf8), names, 83))
        let junk = [String](repeating: "JUNK", count: names.count)
        #expect(result.bytes == file([UInt8](repeating: 0, count: 7), junk, 0))
        #expect(result.header == MediaHeader(kind: .wav, duration: 2.5))
    }

    @Test func `sizes that were not known yet reach to the end, and what follows the last chunk is emptied`()
        throws
    {
        let open = WaveStripperTests.riff(
            WaveStripperTests.format() + WaveStripperTests.chunk("data", [1, 2, 3, 4, 5], size: 0xFFFF_FFFF),
            size: 0xFFFF_FFFF)
        #expect(try strip(open).bytes == open)
        #expect(try strip(open).header.duration == 0.6)
        let whole = WaveStripperTests.riff(WaveStripperTests.format() + WaveStripperTests.data)
        let result = try strip(whole + Array("SECRET and more SECRET".utf8))
        #expect(result.bytes == whole + [UInt8](repeating: 0, count: 22))
    }

    @Test func `what is compressed is as long as its samples`() throws {
        let file = WaveStripperTests.riff(
            WaveStripperTests.format(0x11) + WaveStripperTests.chunk("fact", [15, 0, 0, 0])
                + WaveStripperTests.data)
        #expect(try strip(file).header.duration == 3)
    }

    @Test(
        arguments: [
            ([], UploadError.damaged), (riff([]), .damaged), (riff(data + format()), .damaged),
            (riff(format()), .damaged), (riff(format() + format() + data), .damaged),
            (riff(format() + data + data), .damaged), (riff(format(0x55) + data), .unsupportedType),
            (riff(format() + data, size: 999), .damaged),
            (riff(format() + chunk("LIST", [], size: 999) + data), .damaged),
            (riff(chunk("fmt ", [1, 0]) + data), .damaged),
            (Array(riff(format() + data).dropLast(2)), .damaged),
        ] as [([UInt8], UploadError)])
    func `what is not understood is refused`(bytes: [UInt8], error: UploadError) {
        #expect(throws: error) { try strip(bytes) }
    }

    @Test func `no damage makes it trap`() throws {
        let sample = WaveStripperTests.riff(
            WaveStripperTests.format() + WaveStripperTests.chunk("LIST", [1, 2, 3]) + WaveStripperTests.data)
        let counts = try EditedBytes.batter(sample) { file throws(UploadError) in
            try WaveStripper.strip(file, kind: .wav)
        }
        #expect(counts.refused > 100 && counts.passed > 10)
    }
}
