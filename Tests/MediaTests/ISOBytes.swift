/// Films written down box by box. ISO/IEC 14496-12.
enum ISOBytes {
    static func box(_ type: String, _ content: [UInt8]...) -> [UInt8] {
        let body = content.flatMap { $0 }
        return big(8 + body.count, 4) + Array(type.utf8) + body
    }

    static func full(_ type: String, version: Int = 0, flags: Int = 0, _ content: [UInt8]...) -> [UInt8] {
        box(type, [UInt8(version)] + big(flags, 3), content.flatMap { $0 })
    }

    static func big(_ value: Int, _ size: Int) -> [UInt8] { EditedBytes.big(value, size) }

    static let ftyp = box("ftyp", Array("XAVC".utf8), big(512, 4), Array("isommp42CAEP".utf8))

    /// Times, clock and length, of `mvhd` or `mdhd`.
    static func times(_ date: Int, timescale: Int, duration: Int, isLong: Bool = false) -> [UInt8] {
        let size = isLong ? 8 : 4
        return big(date, size) + big(date, size) + big(timescale, 4) + big(duration, size)
    }

    static func mvhd(_ date: Int, timescale: Int = 1_000, duration: Int = 2_500, isLong: Bool = false)
        -> [UInt8]
    {
        full(
            "mvhd", version: isLong ? 1 : 0,
            times(date, timescale: timescale, duration: duration, isLong: isLong), big(0, 80))
    }

    static let upright = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000]
    static let turned = [0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x4000_0000]

    static func tkhd(
        _ id: Int, _ date: Int, width: Int = 64, height: Int = 48, matrix: [Int] = upright,
        isLong: Bool = false
    ) -> [UInt8] {
        let size = isLong ? 8 : 4
        return full(
            "tkhd", version: isLong ? 1 : 0, flags: 7, big(date, size) + big(date, size), big(id, 4),
            big(0, 4),
            big(2_500, size), big(0, 16), matrix.flatMap { big($0, 4) }, big(width, 2) + [0, 0],
            big(height, 2) + [0, 0])
    }

    static func hdlr(_ type: String, name: String) -> [UInt8] {
        full(
            "hdlr", Array("mhlr".utf8), Array(type.utf8), Array("appl".utf8), big(0, 8),
            Array(name.utf8) + [0])
    }

    static func film(_ codec: String, encoder: String, _ boxes: [UInt8] = []) -> [UInt8] {
        let name = [UInt8(encoder.utf8.count)] + Array(encoder.utf8)
        return box(
            codec, big(1, 8), big(0, 4), Array("GoPr".utf8), big(0, 8), big(64, 2) + big(48, 2), big(0, 14),
            name + big(0, 32 - name.count), [0, 24, 255, 255], boxes)
    }

    static func sound(_ codec: String, _ boxes: [UInt8] = []) -> [UInt8] {
        box(codec, big(1, 8), big(0, 4), Array("GoPr".utf8), big(0, 12), boxes)
    }

    /// A sample table with one chunk for each offset.
    ///
    /// - Parameter uniform: what is said of all samples, instead of their sizes.
    static func stbl(
        _ entry: [UInt8], sizes: [Int], uniform: Int = 0, perChunk: Int = 1, offsets: [Int],
        extra: [UInt8] = []
    ) -> [UInt8] {
        box(
            "stbl", full("stsd", big(1, 4), entry), full("stts", big(1, 4), big(sizes.count, 4), big(10, 4)),
            full("stsc", big(1, 4), big(1, 4), big(perChunk, 4), big(1, 4)),
            full(
                "stsz", big(uniform, 4), big(sizes.count, 4), uniform > 0 ? [] : sizes.flatMap { big($0, 4) }),
            full("stco", big(offsets.count, 4), offsets.flatMap { big($0, 4) }), extra)
    }

    static func mdia(_ handler: String, _ date: Int, name: String, stbl: [UInt8], url: String = "") -> [UInt8]
    {
        box(
            "mdia", full("mdhd", times(date, timescale: 100, duration: 250), big(0, 4)),
            hdlr(handler, name: name),
            box(
                "minf", full("vmhd", flags: 1, big(0, 8)), hdlr("alis", name: name),
                box("dinf", full("dref", big(1, 4), full("url ", flags: 0, Array(url.utf8)))), stbl))
    }
}
