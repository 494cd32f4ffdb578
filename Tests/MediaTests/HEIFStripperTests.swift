import Testing

@testable import Media

@Suite struct HEIFStripperTests {
    private static let pixels = Array("these are pixels".utf8)
    private static let zeros = [UInt8](repeating: 0, count: Bytes.secret.count)
    private static let items = [
        Bytes.Item(type: "hvc1", data: pixels), Bytes.Item(type: "Exif", data: Bytes.secret),
        Bytes.Item(type: "mime", data: Bytes.secret), Bytes.Item(type: "hvc1", data: pixels),
        Bytes.Item(type: "what", data: Bytes.secret),
    ]
    private static let cleanItems = [
        Bytes.Item(type: "hvc1", data: pixels), Bytes.Item(type: "Exif", data: zeros),
        Bytes.Item(type: "mime", data: zeros), Bytes.Item(type: "hvc1", data: pixels),
        Bytes.Item(type: "what", data: zeros),
    ]

    @Test(arguments: [MediaKind.heic, .avif])
    func `bytes of pictures stay, all others become zeros`(kind: MediaKind) throws {
        let result = try Scratch.strip(Bytes.heif(Self.items, tail: Bytes.secret), kind)
        #expect(result.bytes == Bytes.heif(Self.cleanItems, tail: Self.zeros))
        #expect(result.header == MediaHeader(kind: kind, width: 64, height: 48))
        #expect(
            try Scratch.strip(result.bytes, kind).bytes == result.bytes, "stripping twice changes nothing")
    }

    @Test func `what lies in meta itself is no different`() throws {
        let grid: [UInt8] = [0, 0, 1, 1, 0, 64, 0, 48]
        func file(_ exif: [UInt8]) -> [UInt8] {
            Bytes.heif([
                Bytes.Item(type: "grid", data: grid, isOwn: true),
                Bytes.Item(type: "Exif", data: exif, isOwn: true),
                Bytes.Item(type: "hvc1", data: Self.pixels),
            ])
        }
        #expect(try Scratch.strip(file(Bytes.secret), .heic).bytes == file(Self.zeros))
    }

    @Test func `a preview that is a JPEG of its own goes, and a file that is nothing else is refused`() throws
    {
        func file(_ data: [UInt8]) -> [UInt8] {
            Bytes.heif([Bytes.Item(type: "av01", data: Self.pixels), Bytes.Item(type: "jpeg", data: data)])
        }
        #expect(try Scratch.strip(file(Bytes.secret), .avif).bytes == file(Self.zeros))
        let jpeg = Bytes.heif([Bytes.Item(type: "jpeg", data: Self.pixels)])
        #expect(throws: UploadError.damaged) { try Scratch.strip(jpeg, .heic) }
    }

    @Test func `boxes that describe are emptied, wherever they are`() throws {
        func file(_ names: [String], _ data: [UInt8]) -> [UInt8] {
            Bytes.heif(
                Self.cleanItems, more: Bytes.box(names[0], data), count: 1,
                program: data, extra: Bytes.box(names[1], data) + Bytes.box(names[2], data))
                + Bytes.box(names[3], data) + Bytes.box(names[4], data)
        }
        let result = try Scratch.strip(file(["udes", "uuid", "xml ", "uuid", "mpvd"], Bytes.secret), .heic)
        #expect(result.bytes == file(Array(repeating: "free", count: 5), Self.zeros))
    }

    @Test(
        arguments: [
            (Bytes.box("irot", [1]), 48, 64), (Bytes.box("irot", [2]), 64, 48),
            (Bytes.box("irot", [3]), 48, 64),
            (Bytes.box("clap", [60, 2, 40, 1, 0, 0, 0, 0].flatMap { Bytes.big($0, 4) }), 30, 40),
        ])
    func `the size is that of the picture as it is shown`(property: [UInt8], width: Int, height: Int) throws {
        let result = try Scratch.strip(Bytes.heif(Self.items, more: property, count: 1), .heic)
        #expect(result.header.width == width && result.header.height == height)
    }

    @Test func `damage is refused or harmless`() {
        let own = Self.items + [Bytes.Item(type: "Exif", data: Bytes.secret, isOwn: true)]
        let file = Bytes.heif(own, extra: Bytes.box("uuid", Bytes.secret), tail: Bytes.secret)
        let outcome = Scratch.damage(file, secret: Bytes.secret) { try Scratch.strip($0, .heic).bytes }
        #expect(outcome.taken > 0 && outcome.taken < outcome.cases)
        // Only damage to the list of places can make a secret a part of a picture.
        let list = file.indices.first { file[$0...].starts(with: Array("iloc".utf8)) } ?? 0
        #expect(outcome.leaks.allSatisfy { list..<list + 100 ~= $0 })
    }

    @Test func `what is not understood is refused`() {
        let good = Bytes.heif(Self.items)
        let start = Bytes.box("ftyp", Array("heic\0\0\0\0mif1".utf8))
        let meta = Array(good[start.count..<good.count - 8 - 16 * 5])
        for bytes in [
            start, good + meta, Array(good.dropLast()), good + [0, 0, 0, 9],
            // The Exif item lies in the list of items.
            start + Bytes.fullBox("meta", []) + Bytes.box("mdat", []),
            Bytes.heif([Bytes.Item(type: "hvc1", data: Self.pixels)], extra: Bytes.box("iinf", [])),
            // No data at all: places lead nowhere.
            start + meta,
        ] {
            #expect(throws: UploadError.damaged) { try Scratch.strip(bytes, .heic) }
        }
        #expect(throws: UploadError.unsupportedType) {
            try Scratch.strip(good + Bytes.box("moov", []), .heic)
        }
    }
}
