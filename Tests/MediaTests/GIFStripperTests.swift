import Testing

@testable import Media

@Suite struct GIFStripperTests {
    private func strip(_ bytes: [UInt8], by size: Int = .max) throws -> (bytes: [UInt8], header: MediaHeader)
    {
        var stripper = try #require(MetadataStripper(kind: .gif))
        var output: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            try stripper.receive(rest.prefix(size), into: &output)
            rest = rest.dropFirst(size)
        }
        return (output, try stripper.finish())
    }

    private static let secrets =
        Bytes.gifExtension(0xFE, [Bytes.secret, Bytes.secret])
        + Bytes.gifExtension(0xFF, [Array("XMP DataXMP".utf8), Bytes.secret, [1, 2]])
        + Bytes.gifExtension(0x01, [Array(repeating: 0, count: 12), Bytes.secret])
        + Bytes.gifExtension(0xCE, [Bytes.secret])
    private static let animation =
        Bytes.gifStart + Bytes.gifLoop + Bytes.gifControl + Bytes.gifImage + Bytes.gifControl + Bytes.gifImage

    @Test(arguments: [1, 2, 7, 100_000])
    func `comments and what programs left go, the animation stays`(size: Int) throws {
        let colours = Bytes.gifExtension(0xFF, [Array("ICCRGBG1012".utf8), [1, 2, 3, 4]])
        let picture =
            Bytes.gifStart + Self.secrets + Bytes.gifLoop + colours + Bytes.gifControl + Bytes.gifImage
            + Self.secrets + [0] + Bytes.gifControl + Bytes.gifImage + Self.secrets + [0x3B] + Bytes.secret
        let result = try strip(picture, by: size)
        #expect(
            result.bytes == Bytes.gifStart + Bytes.gifLoop + colours + Bytes.gifControl + Bytes.gifImage
                + Bytes.gifControl + Bytes.gifImage + [0x3B])
        #expect(result.header == MediaHeader(kind: .gif, width: 7, height: 5))
        #expect(try strip(result.bytes).bytes == result.bytes, "stripping twice changes nothing")
    }

    @Test func `the block that says how often it repeats has no room for more`() throws {
        let loop = [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 5, 0]
        let secret = [UInt8(Bytes.secret.count)] + Bytes.secret + [3, 2, 65, 66]
        let result = try strip(Bytes.gifStart + loop + secret + [0] + Bytes.gifImage + [0x3B])
        #expect(result.bytes == Bytes.gifStart + loop + [0] + Bytes.gifImage + [0x3B])
    }

    @Test func `damage is refused or harmless`() throws {
        let outcome = Scratch.damage(
            Bytes.gifStart + Self.secrets + Bytes.gifLoop + Bytes.gifControl + Bytes.gifImage + [0x3B],
            secret: Bytes.secret
        ) { try strip($0).bytes }
        #expect(outcome.taken > 0 && outcome.taken < outcome.cases)
        #expect(outcome.leaks.isEmpty)
    }

    @Test(
        arguments: [
            (animation, UploadError.damaged), (Bytes.gifStart + [0x3B], .damaged),
            (Bytes.gifStart + [0x7F], .damaged),
            (Bytes.gifStart + Bytes.gifExtension(0xFF, [[1, 2], Bytes.secret]) + [0x3B], .damaged),
            (
                Array(Bytes.gifStart.prefix(13)).map { $0 == 7 ? 0 : $0 & 0x7F } + Bytes.gifImage + [0x3B],
                .dimensions
            ),
        ] as [([UInt8], UploadError)])
    func `what is not understood is refused`(bytes: [UInt8], error: UploadError) {
        #expect(throws: error) { try strip(bytes) }
    }
}
