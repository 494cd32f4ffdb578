import Testing

@testable import Media

@Suite struct MetadataStripperTests {
    /// Feeds pieces of this size.
    private func strip(_ bytes: [UInt8], by size: Int = .max) throws -> (bytes: [UInt8], header: MediaHeader)
    {
        guard let kind = MediaKind(prefix: bytes), var stripper = MetadataStripper(kind: kind) else {
            throw UploadError.unsupportedType
        }
        var output: [UInt8] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            try stripper.receive(rest.prefix(size), into: &output)
            rest = rest.dropFirst(size)
        }
        return (output, try stripper.finish())
    }

    @Test func `a picture without secrets stays byte for byte`() throws {
        for picture in [Bytes.jpeg, Bytes.png] { #expect(try strip(picture).bytes == picture) }
    }

    @Test(arguments: [1, 2, 3, 7, 64, 100_000])
    func `a JPEG keeps what changes its look and loses the rest, in pieces of any size`(size: Int) throws {
        let tables =
            Bytes.segment(0xDB, [0, 1, 2]) + Bytes.segment(0xC4, [0, 3]) + Bytes.segment(0xDD, [0, 4])
        let frame = Bytes.frame(width: 200, height: 100, code: 0xC2)
        let picture =
            Bytes.jpegStart + Bytes.jfif + Bytes.exif(orientation: 1, isLittle: true)
            + Bytes.segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0<x/>".utf8)) + Bytes.icc
            + Bytes.segment(0xE2, Array("MPF\0".utf8) + [1])
            + Bytes.segment(0xED, Array("Photoshop 3.0\0".utf8))
            + Bytes.segment(0xE0, Array("JFXX\0".utf8) + [0x10])
            + Bytes.segment(0xFE, Array("shot by me".utf8))
            + Bytes.adobe + tables + frame + Bytes.scan + Bytes.segment(0xC4, [1]) + Bytes.scan
            + Bytes.jpegEnd
            + Array("and a whole film behind it".utf8)
        let expected =
            Bytes.jpegStart + Bytes.jfif + Bytes.icc + Bytes.adobe + tables + frame + Bytes.scan
            + Bytes.segment(0xC4, [1]) + Bytes.scan + Bytes.jpegEnd
        let result = try strip(picture, by: size)
        #expect(result.bytes == expected)
        #expect(result.header == MediaHeader(kind: .jpeg, width: 200, height: 100))
    }

    @Test(arguments: [true, false], [2, 3, 6, 8] as [UInt8])
    func `the side that is up is kept, and nothing else of Exif`(isLittle: Bool, orientation: UInt8) throws {
        let exif = Bytes.exif(orientation: orientation, isLittle: isLittle)
        let rest = Bytes.frame(width: 6, height: 3) + Bytes.scan + Bytes.jpegEnd
        let result = try strip(Bytes.jpegStart + exif + rest)
        let minimal = Bytes.segment(
            0xE1,
            Array("Exif\0\0".utf8) + [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1]
                + [1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0])
        #expect(result.bytes == Bytes.jpegStart + minimal + rest)
        #expect(result.header.width == (orientation >= 5 ? 3 : 6))
        #expect(try strip(result.bytes).bytes == result.bytes, "stripping twice changes nothing")
    }

    @Test func `a thumbnail inside JFIF is cut off`() throws {
        let thumbnail = Bytes.segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 1, 1, 255, 0, 0])
        let rest = Bytes.frame(width: 6, height: 3) + Bytes.scan + Bytes.jpegEnd
        #expect(try strip(Bytes.jpegStart + thumbnail + rest).bytes == Bytes.jpegStart + Bytes.jfif + rest)
    }

    @Test(arguments: [1, 5, 11, 100_000])
    func `a PNG keeps what changes its look and loses the rest`(size: Int) throws {
        let look = Bytes.chunk("iCCP", [1]) + Bytes.chunk("acTL", [2]) + Bytes.chunk("PLTE", [1, 2, 3])
        let end = Bytes.chunk("IDAT", Array(repeating: 5, count: 300)) + Bytes.chunk("IEND", [])
        let secrets = ["tEXt", "zTXt", "iTXt", "tIME", "eXIf", "prVt"].flatMap {
            Bytes.chunk($0, Array("secret".utf8))
        }
        let result = try strip(
            Bytes.pngSignature + Bytes.ihdr() + secrets + look + secrets + end + Array("more".utf8), by: size)
        #expect(result.bytes == Bytes.pngSignature + Bytes.ihdr() + look + end)
        #expect(result.header == MediaHeader(kind: .png, width: 5, height: 4))
    }

    @Test(arguments: [1, 5, 100_000])
    func `a PNG keeps which side is up, once, and nothing else of Exif`(size: Int) throws {
        func picture(_ exif: [[UInt8]]) -> [UInt8] {
            Bytes.pngSignature + Bytes.ihdr() + exif.flatMap { $0 } + Bytes.chunk("IDAT", [1, 2, 3])
                + Bytes.chunk("IEND", [])
        }
        let sum: [UInt8] = [0xD6, 0x67, 0x4B, 0x69]
        let kept = Bytes.chunk("eXIf", ExifOrientation.tiff(6)).dropLast(4) + sum
        let exif = Bytes.chunk("eXIf", Bytes.tiff(orientation: 6))
        let result = try strip(picture([Bytes.chunk("eXIf", [1, 2]), exif, exif]), by: size)
        #expect(result.bytes == picture([Array(kept)]))
        #expect(result.header == MediaHeader(kind: .png, width: 4, height: 5))
        #expect(try strip(result.bytes).bytes == result.bytes, "stripping twice changes nothing")
        #expect(try strip(picture([Bytes.chunk("eXIf", Bytes.tiff(orientation: 1))])).bytes == picture([]))
    }

    @Test func `what follows the colours in an Adobe segment is cut off`() throws {
        let rest = Bytes.frame(width: 6, height: 3) + Bytes.scan + Bytes.jpegEnd
        let long = Bytes.segment(0xEE, Array(Bytes.adobe.dropFirst(4)) + Bytes.secret)
        #expect(try strip(Bytes.jpegStart + long + rest).bytes == Bytes.jpegStart + Bytes.adobe + rest)
    }

    @Test(
        arguments: [
            (Array(Bytes.jpeg.dropLast(2)), UploadError.damaged), (Array(Bytes.png.dropLast(1)), .damaged),
            (Bytes.jpegStart + Bytes.jfif + Bytes.frame(width: 1, height: 1) + Bytes.jpegEnd, .damaged),
            (Bytes.jpegStart + Bytes.jfif + Bytes.scan + Bytes.jpegEnd, .damaged),
            (Bytes.jpegStart + [0xFF, 0xE0, 0, 1] + Bytes.jpeg, .damaged),
            (Bytes.jpegStart + [0xFF, 0x02] + Bytes.jpeg, .damaged),
            (Bytes.jpegStart + Bytes.jpegStart + Bytes.jpeg, .damaged),
            (Bytes.jpegStart + Bytes.frame(width: 0, height: 5) + Bytes.scan + Bytes.jpegEnd, .dimensions),
            (Bytes.pngSignature + Bytes.chunk("IDAT", [1]) + Bytes.ihdr(), .damaged),
            (Bytes.pngSignature + Bytes.ihdr() + Bytes.ihdr() + Bytes.chunk("IEND", []), .damaged),
            (Bytes.pngSignature + Bytes.ihdr() + Bytes.chunk("NEWX", []) + Bytes.chunk("IEND", []), .damaged),
            (Bytes.pngSignature + Bytes.ihdr() + Bytes.chunk("IEND", []), .damaged),
            (
                Bytes.pngSignature + Bytes.ihdr(width: 0) + Bytes.chunk("IDAT", []) + Bytes.chunk("IEND", []),
                .dimensions
            ),
        ] as [([UInt8], UploadError)])
    func `what is not understood is refused`(bytes: [UInt8], error: UploadError) {
        #expect(throws: error) { try strip(bytes) }
    }

    @Test func `no damage makes it trap, and none lets a secret through whole`() {
        var random: UInt64 = 7
        func next(_ bound: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % bound
        }
        let exif =
            Bytes.jpegStart + Bytes.exif(orientation: 6, isLittle: true) + Bytes.frame(width: 6, height: 3)
            + Bytes.scan + Bytes.jpegEnd
        for _ in 0..<5_000 {
            var picture = next(2) == 0 ? exif : Bytes.png
            for _ in 0...next(3) { picture[next(picture.count)] = UInt8(next(256)) }
            let result = try? strip(Array(picture.prefix(next(picture.count) + 1)), by: next(9) + 1)
            if let result { #expect(result.bytes.count <= picture.count) }
        }
    }
}
