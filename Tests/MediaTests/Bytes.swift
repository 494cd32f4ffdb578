/// Pictures written down piece by piece. Pixels and checksums are not looked at, so they are made up.
enum Bytes {
    static let jpegStart: [UInt8] = [0xFF, 0xD8]
    static let jpegEnd: [UInt8] = [0xFF, 0xD9]

    static func segment(_ code: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let length = payload.count + 2
        return [0xFF, code, UInt8(length >> 8), UInt8(length & 255)] + payload
    }

    /// A baseline frame of this size.
    static func frame(width: UInt8, height: UInt8, code: UInt8 = 0xC0) -> [UInt8] {
        segment(code, [8, 0, height, 0, width, 1, 1, 0x11, 0])
    }

    /// A start of scan with some entropy-coded bytes, a stuffed zero and a restart marker among them.
    static let scan = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4]

    static let jfif = segment(0xE0, Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1, 0, 0])
    static let icc = segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 7, 7])
    static let adobe = segment(0xEE, Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1])

    /// An Exif segment as a camera writes it: two entries, one of them the orientation, and a place.
    static func exif(orientation: UInt8, isLittle: Bool) -> [UInt8] {
        func number(_ value: Int, _ bytes: Int) -> [UInt8] {
            let big = (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
            return isLittle ? big.reversed() : big
        }
        var tiff: [UInt8] = isLittle ? [0x49, 0x49] : [0x4D, 0x4D]
        tiff += number(42, 2) + number(8, 4) + number(2, 2)
        tiff += number(0x010F, 2) + number(2, 2) + number(4, 4) + Array("Cam\0".utf8)
        tiff += number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(orientation), 2) + number(0, 2)
        tiff += number(0, 4) + Array("51.5N 0.1W".utf8)
        return segment(0xE1, Array("Exif\0\0".utf8) + tiff)
    }

    static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(data.count >> 8), UInt8(data.count & 255)] + Array(type.utf8) + data + [9, 8, 7, 6]
    }

    static func ihdr(width: UInt8 = 5, height: UInt8 = 4) -> [UInt8] {
        chunk("IHDR", [0, 0, 0, width, 0, 0, 0, height, 8, 6, 0, 0, 0])
    }

    static let png = pngSignature + ihdr() + chunk("IDAT", [1, 2, 3]) + chunk("IEND", [])
    static let jpeg = jpegStart + jfif + frame(width: 6, height: 3) + scan + jpegEnd
}
