/// The one fact of an Exif segment that changes how a picture looks: which side is up.
///
/// Exif 2.3 (JEITA CP-3451C) section 4.5: `Exif\0\0`, then a TIFF header and a directory of 12-byte entries. Formats
/// that are younger than JPEG have the TIFF part alone.
enum ExifOrientation {
    private static let tag = 0x0112
    private static let start = Array("Exif\0\0".utf8)
    /// Bytes of what `tiff` makes.
    static let tiffSize = 26
    /// Bytes of the payload that `payload` makes.
    static let size = start.count + tiffSize

    /// 1 to 8, or nil when the payload does not say.
    static func read(_ payload: [UInt8]) -> UInt8? {
        guard payload.starts(with: start) else { return nil }
        return read(tiff: payload.dropFirst(start.count))
    }

    /// The same from the TIFF part alone.
    static func read(tiff: ArraySlice<UInt8>) -> UInt8? {
        let isLittle: Bool
        if tiff.starts(with: [0x49, 0x49, 0x2A, 0]) {
            isLittle = true
        } else if tiff.starts(with: [0x4D, 0x4D, 0, 0x2A]) {
            isLittle = false
        } else {
            return nil
        }
        guard let directory = number(tiff, at: 4, bytes: 4, isLittle),
            let count = number(tiff, at: directory, bytes: 2, isLittle)
        else { return nil }
        for index in 0..<count {
            let entry = directory + 2 + index * 12
            guard let name = number(tiff, at: entry, bytes: 2, isLittle) else { return nil }
            guard name == tag else { continue }
            guard let value = number(tiff, at: entry + 8, bytes: 2, isLittle), 1...8 ~= value else {
                return nil
            }
            return UInt8(value)
        }
        return nil
    }

    /// An Exif payload that holds nothing but the orientation.
    static func payload(_ orientation: UInt8) -> [UInt8] { start + tiff(orientation) }

    /// The TIFF part of it.
    static func tiff(_ orientation: UInt8) -> [UInt8] {
        [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8]  // big endian, directory at 8
            + [0, 1]  // one entry
            + [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]  // one SHORT
            + [0, 0, 0, 0]  // no further directory
    }

    private static func number(_ tiff: ArraySlice<UInt8>, at offset: Int, bytes: Int, _ isLittle: Bool)
        -> Int?
    {
        guard offset >= 0, offset + bytes <= tiff.count else { return nil }
        let start = tiff.startIndex + offset
        let part = tiff[start..<start + bytes]
        return (isLittle ? Array(part.reversed()) : Array(part)).reduce(0) { $0 << 8 | Int($1) }
    }
}
