import Testing

@testable import Media

@Suite struct ISOTrackTests {
    private func strip(_ bytes: [UInt8], _ kind: MediaKind = .mp4) throws(UploadError) -> (
        bytes: [UInt8], header: MediaHeader
    ) {
        try EditedBytes.result(of: bytes) { file throws(UploadError) in
            try MP4Stripper.strip(file, kind: kind)
        }
    }

    /// What MPEG-4 says of a decoder. ISO/IEC 14496-1 section 7.2.6.
    private static func esds(_ object: UInt8, flags: UInt8 = 0, _ fields: [UInt8] = []) -> [UInt8] {
        ISOBytes.full(
            "esds",
            [3, 0x80, 0x80, 0x80, 40, 0, 1, flags] + fields + [4, 13, object, 0x11] + ISOBytes.big(0, 11))
    }

    @Test(
        arguments: [
            ("jpeg", []), ("mp4v", esds(0x6C)), ("mp4v", esds(0x6D)), ("mp4v", esds(0x6E)),
            ("mp4v", esds(0x6C, flags: 0xE0, [9, 9, 3, 0x61, 0x62, 0x63, 9, 9])),
        ] as [(String, [UInt8])])
    func `a film of pictures in a camera's format is refused, and beside a sound they go`(
        codec: String, decoder: [UInt8]
    ) throws {
        let film = MP4StripperTests.film(codec: codec, decoder: decoder)
        for kind in [MediaKind.mp4, .quickTime] {
            #expect(throws: UploadError.unsupportedType) { try strip(film, kind) }
        }
        let result = try strip(film, .m4a)
        #expect(result.header == MediaHeader(kind: .m4a, duration: 2.5))
        #expect(!EditedBytes.contains(result.bytes, "PICTURE"))
        #expect(EditedBytes.contains(result.bytes, "sound"))
    }

    @Test func `other films of MPEG-4 stay, and a decoder that is not understood is refused`() throws {
        func film(_ decoder: [UInt8]) -> [UInt8] {
            MP4StripperTests.film(codec: "mp4v", decoder: decoder)
        }
        #expect(try strip(film(ISOTrackTests.esds(0x20))).header.kind == .mp4)
        #expect(throws: UploadError.damaged) { try strip(film(ISOBytes.full("esds", [3, 0x80]))) }
    }
}
