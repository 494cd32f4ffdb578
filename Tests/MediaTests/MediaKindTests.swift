import Testing

@testable import Media

@Suite struct MediaKindTests {
    @Test(
        arguments: [
            (Bytes.jpeg, MediaKind.jpeg), (Bytes.png, .png), (Array("GIF89a......".utf8), .gif),
            (Array("RIFF....WEBP".utf8), .webp),
            (Bytes.box("ftyp", Array("heic\0\0\0\0mif1".utf8)), .heic),
            (Bytes.box("ftyp", Array("mif1\0\0\0\0miafavif".utf8)), .avif),
            (Bytes.box("ftyp", Array("mif1\0\0\0\0miaf".utf8)), .heic),
            (Bytes.box("ftyp", Array("xxxx\0\0\0\0yyyy".utf8)), nil),
            (Array("RIFF....WAVE".utf8), .wav), (Array("<svg xmlns=''/>".utf8), nil), ([], nil),
            ([0xFF, 0xD8], nil), (ISOBytes.box("ftyp", Array("qt  \0\0\0\0".utf8)), .quickTime),
            (ISOBytes.box("ftyp", Array("XAVC\0\0\0\0xxxxmp42".utf8)), .mp4),
            (ISOBytes.box("ftyp", Array("iso7\0\0\0\0".utf8)), .mp4),
            (ISOBytes.box("ftyp", Array("M4A \0\0\0\0".utf8)), .m4a),
        ] as [([UInt8], MediaKind?)])
    func `the first bytes say what it is`(bytes: [UInt8], kind: MediaKind?) {
        #expect(MediaKind(prefix: bytes) == kind)
    }

    @Test func `a kind survives its extension`() {
        for kind in MediaKind.allCases {
            #expect(MediaKind(fileExtension: kind.fileExtension) == kind)
        }
    }
}
