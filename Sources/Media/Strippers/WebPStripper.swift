/// Overwrites in a WebP what is no picture; which side is up stays, and so does every place.
///
/// RFC 9649 section 2: a RIFF file, which is a chain of chunks of name, length and data, filled up to an even length.
/// What is taken away becomes a chunk `JUNK` of zeros, which readers skip.
struct WebPStripper {
    /// Pictures of an animation, and whatever else is in it; beyond it a file is made to keep us busy.
    private static let mostChunks = 65_536
    /// Bytes of an Exif chunk that are searched for the orientation; it stands in its first directory.
    private static let exifLength = 65_536

    private let file: EditableFile
    private var chunks = 0
    private var size: (width: Int, height: Int)?
    private var hasImage = false
    private var orientation: UInt8 = 1
    /// Where the features are listed, in a file that has such a list.
    private var flagsPlace: Int?

    private init(_ file: EditableFile) {
        self.file = file
    }

    static func strip(_ file: EditableFile) throws(UploadError) -> MediaHeader {
        var stripper = WebPStripper(file)
        return try stripper.strip()
    }

    private mutating func strip() throws(UploadError) -> MediaHeader {
        let head = try file.read(12, at: 0)
        let end = 8 + littleEndian(head[4..<8])
        // Some programs count the byte that makes the last chunk even, and leave it out.
        guard end >= 12, end <= file.length + 1 else { throw .damaged }
        try walk(12..<min(end, file.length), isInFrame: false)
        // What follows is no part of the picture.
        try file.erase(from: end, to: file.length)
        if let flagsPlace {
            let flags = try file.read(1, at: flagsPlace)[0]
            // Bit 2: there is XMP; bit 3: there is Exif.
            try file.overwrite([flags & ~0x0C | (orientation > 1 ? 0x08 : 0)], at: flagsPlace)
        }
        guard hasImage, let size else { throw .damaged }
        // Orientations 5 to 8 turn by a quarter, Exif 2.3 tag 0x0112.
        return orientation >= 5
            ? MediaHeader(kind: .webp, width: size.height, height: size.width)
            : MediaHeader(kind: .webp, width: size.width, height: size.height)
    }

    private mutating func walk(_ range: Range<Int>, isInFrame: Bool) throws(UploadError) {
        var place = range.lowerBound
        while place < range.upperBound {
            chunks += 1
            guard chunks <= WebPStripper.mostChunks, range.upperBound - place >= 8 else { throw .damaged }
            let head = try file.read(8, at: place)
            let length = littleEndian(head[4...])
            guard length <= range.upperBound - place - 8 else { throw .damaged }
            let data = place + 8..<place + 8 + length
            try look(at: String(decoding: head[..<4], as: UTF8.self), place, data, isInFrame)
            place = data.upperBound
            guard length & 1 == 1 else { continue }
            guard place < range.upperBound else { break }
            try file.overwrite([0], at: place)
            place += 1
        }
    }

    private mutating func look(
        at name: String, _ place: Int, _ data: Range<Int>, _ isInFrame: Bool
    ) throws(UploadError) {
        switch name {
        case "VP8 ", "VP8L":
            hasImage = true
            if size == nil { size = try name == "VP8 " ? lossySize(data) : losslessSize(data) }
        case "ALPH":
            break
        case "VP8X" where place == 12:
            guard data.count >= 10 else { throw .damaged }
            flagsPlace = data.lowerBound
            let facts = try file.read(10, at: data.lowerBound)
            size = (1 + littleEndian(facts[4..<7]), 1 + littleEndian(facts[7..<10]))
        case "ANIM" where !isInFrame, "ICCP" where !isInFrame:
            break
        case "ANMF" where !isInFrame:
            // A place and a size, then chunks of its own.
            guard data.count >= 16 else { throw .damaged }
            try walk(data.dropFirst(16), isInFrame: true)
        case "EXIF" where !isInFrame && flagsPlace != nil && orientation == 1:
            try keepOrientation(place, data)
        default:
            try wipe(place, data)
        }
    }

    private mutating func keepOrientation(_ place: Int, _ data: Range<Int>) throws(UploadError) {
        let exif = try file.read(min(data.count, WebPStripper.exifLength), at: data.lowerBound)
        let found = ExifOrientation.read(exif) ?? ExifOrientation.read(tiff: exif[...])
        guard let found, found > 1, data.count >= ExifOrientation.tiffSize else {
            return try wipe(place, data)
        }
        orientation = found
        try file.fill(data)
        try file.overwrite(ExifOrientation.tiff(found), at: data.lowerBound)
    }

    private func wipe(_ place: Int, _ data: Range<Int>) throws(UploadError) {
        try file.overwrite(Array("JUNK".utf8), at: place)
        try file.fill(data)
    }

    /// RFC 6386 section 9.1: three bytes, a start code, and 14 bits each.
    private func lossySize(_ data: Range<Int>) throws(UploadError) -> (width: Int, height: Int) {
        guard data.count >= 10 else { throw .damaged }
        let start = try file.read(10, at: data.lowerBound)
        guard start[3..<6].elementsEqual([0x9D, 0x01, 0x2A]) else { throw .damaged }
        return (littleEndian(start[6..<8]) & 0x3FFF, littleEndian(start[8..<10]) & 0x3FFF)
    }

    /// RFC 9649 section 3.4: a signature, and 14 bits each, less one.
    private func losslessSize(_ data: Range<Int>) throws(UploadError) -> (width: Int, height: Int) {
        guard data.count >= 5 else { throw .damaged }
        let start = try file.read(5, at: data.lowerBound)
        guard start[0] == 0x2F else { throw .damaged }
        let bits = littleEndian(start[1...])
        return (1 + bits & 0x3FFF, 1 + bits >> 14 & 0x3FFF)
    }

    private func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
