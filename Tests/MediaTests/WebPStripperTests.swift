import Testing

@testable import Media

@Suite struct WebPStripperTests {
    private static func rich(orientation: UInt8) -> [UInt8] {
        Bytes.webp(
            Bytes.vp8x(flags: 0x2C, width: 300, height: 200) + Bytes.riff("ICCP", [1, 2, 3]) + Bytes.vp8
                + Bytes.riff("EXIF", Bytes.tiff(orientation: orientation)) + Bytes.riff("XMP ", Bytes.secret)
                + Bytes.riff("note", Bytes.secret + [1]))
    }

    @Test(
        arguments: [
            (Bytes.webp(Bytes.vp8), 40, 30), (Bytes.webp(Bytes.vp8l), 20, 10),
            (Bytes.webp(Bytes.vp8x(flags: 0, width: 300, height: 200) + Bytes.vp8l), 300, 200),
        ])
    func `a picture without secrets stays byte for byte`(bytes: [UInt8], width: Int, height: Int) throws {
        let result = try Scratch.strip(bytes, .webp)
        #expect(result.bytes == bytes)
        #expect(result.header == MediaHeader(kind: .webp, width: width, height: height))
    }

    @Test(arguments: [1, 3, 6, 8] as [UInt8])
    func `the side that is up is kept, and nothing else of Exif and XMP`(orientation: UInt8) throws {
        let bytes = Self.rich(orientation: orientation)
        let result = try Scratch.strip(bytes, .webp)
        let length = Bytes.tiff(orientation: orientation).count
        let kept = orientation > 1 ? ExifOrientation.tiff(orientation) : []
        let exif = Bytes.riff(
            orientation > 1 ? "EXIF" : "JUNK", kept + Array(repeating: 0, count: length - kept.count))
        #expect(
            result.bytes
                == Bytes.webp(
                    Bytes.vp8x(flags: orientation > 1 ? 0x28 : 0x20, width: 300, height: 200)
                        + Bytes.riff("ICCP", [1, 2, 3]) + Bytes.vp8 + exif
                        + Bytes.riff("JUNK", Array(repeating: 0, count: Bytes.secret.count))
                        + Bytes.riff("JUNK", Array(repeating: 0, count: Bytes.secret.count + 1))))
        #expect(result.header.width == (orientation >= 5 ? 200 : 300))
        #expect(
            try Scratch.strip(result.bytes, .webp).bytes == result.bytes, "stripping twice changes nothing")
    }

    @Test func `an animation keeps its pictures, and they hold nothing else`() throws {
        let place: [UInt8] = Array(repeating: 0, count: 16)
        func animation(_ note: [UInt8]) -> [UInt8] {
            Bytes.webp(
                Bytes.vp8x(flags: 2, width: 40, height: 30) + Bytes.riff("ANIM", [0, 0, 0, 0, 0, 0])
                    + Bytes.riff("ANMF", place + Bytes.vp8 + note) + Bytes.riff("ANMF", place + Bytes.vp8l))
        }
        let result = try Scratch.strip(animation(Bytes.riff("note", Bytes.secret)), .webp)
        #expect(result.bytes == animation(Bytes.riff("JUNK", Array(repeating: 0, count: Bytes.secret.count))))
        #expect(result.header == MediaHeader(kind: .webp, width: 40, height: 30))
    }

    @Test func `what follows the picture is emptied, and the last byte need not be there`() throws {
        let picture = Bytes.webp(Bytes.vp8)
        let result = try Scratch.strip(picture + Bytes.secret, .webp).bytes
        #expect(result == picture + Array(repeating: 0, count: Bytes.secret.count))
        let odd = Bytes.webp(Bytes.vp8 + Bytes.riff("ICCP", [1, 2, 3]))
        #expect(try Scratch.strip(Array(odd.dropLast()), .webp).bytes == Array(odd.dropLast()))
    }

    @Test func `damage is refused or harmless`() {
        for orientation: UInt8 in [1, 6] {
            let outcome = Scratch.damage(Self.rich(orientation: orientation), secret: Bytes.secret) {
                try Scratch.strip($0, .webp).bytes
            }
            #expect(outcome.taken > 0 && outcome.taken < outcome.cases)
            #expect(outcome.leaks.isEmpty)
        }
    }

    @Test(arguments: [
        Array(Bytes.webp(Bytes.vp8).dropLast(2)),
        Bytes.webp(Bytes.riff("ICCP", [1])), Bytes.webp([]), Bytes.webp(Bytes.vp8 + [1, 2, 3]),
        Bytes.webp(Bytes.riff("VP8 ", [1, 2])), Bytes.webp(Bytes.riff("VP8L", [1, 2, 3, 4, 5])),
        Bytes.webp(Bytes.vp8x(flags: 0, width: 1, height: 1)),
        Bytes.webp(Bytes.vp8 + Bytes.riff("ANMF", [1, 2])),
    ])
    func `what is not understood is refused`(bytes: [UInt8]) {
        #expect(throws: UploadError.damaged) { try Scratch.strip(bytes, .webp) }
    }
}
