@testable import Media

/// GIF, WebP and HEIF written down piece by piece.
extension Bytes {
    static let secret = Array("51.5N 0.1W by me".utf8)

    static func big(_ value: Int, _ bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func little(_ value: Int, _ bytes: Int) -> [UInt8] { big(value, bytes).reversed() }

    // GIF: a screen of 7 x 5 with two colours, and blocks.

    static let gifStart = Array("GIF89a".utf8) + [7, 0, 5, 0, 0x80, 0, 0, 1, 2, 3, 4, 5, 6]
    static let gifLoop = [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
    static let gifControl: [UInt8] = [0x21, 0xF9, 4, 0, 10, 0, 0, 0]
    /// With a table of its own and two pieces of data.
    static let gifImage: [UInt8] =
        [0x2C, 0, 0, 0, 0, 7, 0, 5, 0, 0x81] + Array(repeating: 9, count: 12) + [2, 3, 1, 2, 3, 1, 7, 0]

    static func gifExtension(_ label: UInt8, _ pieces: [[UInt8]]) -> [UInt8] {
        [0x21, label] + pieces.flatMap { [UInt8($0.count)] + $0 } + [0]
    }

    // WebP.

    static func webp(_ chunks: [UInt8]) -> [UInt8] {
        Array("RIFF".utf8) + little(chunks.count + 4, 4) + Array("WEBP".utf8) + chunks
    }

    static func riff(_ name: String, _ data: [UInt8]) -> [UInt8] {
        Array(name.utf8) + little(data.count, 4) + data + (data.count & 1 == 1 ? [0] : [])
    }

    static func vp8x(flags: UInt8, width: Int, height: Int) -> [UInt8] {
        riff("VP8X", [flags, 0, 0, 0] + little(width - 1, 3) + little(height - 1, 3))
    }

    static let vp8 = riff("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 40, 0, 30, 0, 1, 2, 3])
    /// 20 x 10.
    static let vp8l = riff("VP8L", [0x2F] + little(19 | 9 << 14, 4) + [5, 6])

    /// The TIFF part of what a camera writes.
    static func tiff(orientation: UInt8) -> [UInt8] {
        Array(exif(orientation: orientation, isLittle: true).dropFirst(10))
    }

    // HEIF.

    static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
        big(content.count + 8, 4) + Array(name.utf8) + content
    }

    static func fullBox(_ name: String, version: Int = 0, flags: Int = 0, _ content: [UInt8]) -> [UInt8] {
        box(name, big(version << 24 | flags, 4) + content)
    }

    /// An item of a HEIF file: its type, its bytes, and whether they lie in `idat`.
    struct Item {
        var type: String
        var data: [UInt8]
        var isOwn = false
    }

    /// A file with these items, the first of which is the picture: 64 x 48, with further properties.
    static func heif(
        _ items: [Item], brand: String = "heic", more properties: [UInt8] = [], count: Int = 0,
        program: [UInt8] = [0], extra: [UInt8] = [], tail: [UInt8] = []
    ) -> [UInt8] {
        func meta(_ dataPlace: Int) -> [UInt8] {
            var iloc: [UInt8] = [0x44, 0x00] + big(items.count, 2)
            var own: [UInt8] = []
            var place = dataPlace
            for (index, item) in items.enumerated() {
                iloc += big(index + 1, 2) + big(item.isOwn ? 1 : 0, 2) + [0, 0] + big(1, 2)
                iloc += big(item.isOwn ? own.count : place, 4) + big(item.data.count, 4)
                if item.isOwn { own += item.data } else { place += item.data.count }
            }
            let infos = items.enumerated().flatMap { index, item in
                fullBox("infe", version: 2, big(index + 1, 2) + [0, 0] + Array(item.type.utf8) + [0])
            }
            let ispe = fullBox("ispe", big(64, 4) + big(48, 4))
            let numbers = (0...count).map { UInt8($0 + 1) }
            return fullBox(
                "meta",
                fullBox("hdlr", big(0, 4) + Array("pict".utf8) + big(0, 12) + program)
                    + fullBox("pitm", big(1, 2))
                    + fullBox("iinf", big(items.count, 2) + infos)
                    + box(
                        "iprp",
                        box("ipco", ispe + properties)
                            + fullBox("ipma", big(1, 4) + big(1, 2) + [UInt8(numbers.count)] + numbers))
                    + fullBox("iloc", version: 1, iloc) + (own.isEmpty ? [] : box("idat", own)) + extra)
        }
        let start = box("ftyp", Array((brand + "\0\0\0\0mif1").utf8))
        let place = start.count + meta(0).count + 8
        return start + meta(place) + box("mdat", items.filter { !$0.isOwn }.flatMap(\.data) + tail)
    }
}
