import Testing

@testable import Media

@Suite struct ISOSamplesTests {
    private func strip(_ bytes: [UInt8], _ kind: MediaKind = .mp4) throws(UploadError) -> (
        bytes: [UInt8], header: MediaHeader
    ) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try MP4Stripper.strip(file, kind: kind)
        }
    }

    /// A QuickTime sound of three chunks of three moments, the first of which the camera puts a block behind.
    ///
    /// - Parameter fields: number of channels and bits, and what version 1 adds.
    private static func sound(_ codec: String, version: Int, _ fields: [UInt8], uniform: Int) -> [UInt8] {
        let entry = ISOBytes.box(
            codec, ISOBytes.big(1, 8), ISOBytes.big(version, 2), ISOBytes.big(0, 6), fields)
        return ISOBytes.ftyp
            + ISOBytes.box("mdat", Array("aaaabbbbccccSECRET".utf8), Array("ddddeeeeffff".utf8))
            + ISOBytes.box("mdat", Array("gggghhhhiiii".utf8))
            + ISOBytes.box(
                "moov", ISOBytes.mvhd(0),
                ISOBytes.box(
                    "trak", ISOBytes.tkhd(1, 0, width: 0, height: 0),
                    ISOBytes.mdia(
                        "soun", 0, name: "",
                        stbl: ISOBytes.stbl(
                            entry, sizes: [Int](repeating: 1, count: 9), uniform: uniform, perChunk: 3,
                            offsets: [36, 54, 74]))))
    }

    private static let plain: [UInt8] = [0, 2, 0, 16] + ISOBytes.big(0, 8)

    @Test(
        arguments: [
            ("sowt", 0, plain, 1, false), ("twos", 0, plain, 4, false), ("lpcm", 0, plain, 4, false),
            ("in24", 1, plain + [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 2], 1, false),
            // What is not known to be plain may reach to the next chunk.
            ("ima4", 1, plain + [0, 0, 0, 64, 0, 0, 0, 34, 0, 0, 0, 68, 0, 0, 0, 2], 1, true),
            ("ulaw", 0, plain, 1, true),
        ] as [(String, Int, [UInt8], Int, Bool)])
    func `sounds that count moments instead of bytes stay whole`(
        codec: String, version: Int, fields: [UInt8], uniform: Int, isOpen: Bool
    ) throws {
        let film = ISOSamplesTests.sound(codec, version: version, fields, uniform: uniform)
        let result = try strip(film).bytes
        let middle = isOpen ? "SECRET" : String(repeating: "\0", count: 6)
        #expect(EditedBytes.contains(result, "aaaabbbbcccc\(middle)ddddeeeeffff"))
        #expect(EditedBytes.contains(result, "mdatgggghhhhiiii"))
    }
}
