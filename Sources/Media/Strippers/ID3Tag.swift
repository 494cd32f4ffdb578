/// The tag at the start of an MP3, and sometimes of a FLAC: what says no more than what is heard moves to its
/// front, and zeros follow.
///
/// <https://id3.org/id3v2.3.0>, <https://id3.org/id3v2.4.0-structure>, <https://id3.org/id3v2-00>
enum ID3Tag {
    /// Title, artist, album, track, genre, year, composer, length; names have three letters in version 2.2.
    private static let kept: Set<String> = [
        "TIT2", "TPE1", "TPE2", "TALB", "TRCK", "TPOS", "TCON", "TYER", "TDRC", "TCOM", "TLEN",
        "TT2", "TP1", "TP2", "TAL", "TRK", "TPA", "TCO", "TYE", "TCM", "TLE",
    ]
    /// In bytes, of a frame that stays; and how many stay.
    private static let longestFrame = 1_024
    private static let mostKept = 32
    /// Tags one after the other, and frames in one.
    private static let mostTags = 8
    private static let mostFrames = 10_000

    /// Cleans the tags that begin here, if there are any.
    ///
    /// - Returns: where the sound begins.
    static func strip(_ file: EditableFile, at start: Int) throws(UploadError) -> Int {
        var place = start
        for _ in 0..<mostTags {
            guard file.length - place >= 10 else { return place }
            let head = try file.read(10, at: place)
            guard head.starts(with: "ID3".utf8) else { return place }
            place = try strip(file, head, at: place)
        }
        throw .damaged
    }

    private static func strip(_ file: EditableFile, _ head: [UInt8], at start: Int) throws(UploadError) -> Int
    {
        let version = head[3]
        let flags = head[5]
        guard 2...4 ~= version, let size = safeSize(head[6...]) else { throw .damaged }
        // Version 2.4 may repeat the head behind the tag.
        let hasFooter = version == 4 && flags & 0x10 != 0
        let whole = 10 + size + (hasFooter ? 10 : 0)
        guard whole <= file.length - start else { throw .damaged }
        let end = start + whole
        // With unsynchronisation or compression, sizes and bytes are not what they seem: nothing stays.
        var frames: [UInt8] = []
        if flags & (version == 2 ? 0xC0 : 0x80) == 0 {
            let first = try startOfFrames(file, at: start + 10, version, hasExtension: flags & 0x40 != 0)
            frames = try keptFrames(file, from: first, to: start + 10 + size, version)
        }
        try file.erase(from: start + 10, to: end)
        try file.overwrite(frames, at: start + 10)
        let length = whole - 10
        guard length < 1 << 28 else { throw .damaged }
        let sizeField = (0..<4).map { UInt8(truncatingIfNeeded: length >> (21 - 7 * $0)) & 0x7F }
        try file.overwrite(Array("ID3".utf8) + [version, 0, 0] + sizeField, at: start)
        return end
    }

    private static func startOfFrames(
        _ file: EditableFile, at place: Int, _ version: UInt8, hasExtension: Bool
    ) throws(UploadError) -> Int {
        guard hasExtension, version > 2 else { return place }
        let field = try file.read(4, at: place)
        // Version 2.3 does not count the field itself.
        let size = version == 3 ? field.bigEndian.map { $0 + 4 } : safeSize(field[...])
        guard let size, size >= 6, size <= file.length - place else { throw .damaged }
        return place + size
    }

    /// Stops where something is not understood: what follows is erased.
    private static func keptFrames(_ file: EditableFile, from start: Int, to end: Int, _ version: UInt8)
        throws(UploadError) -> [UInt8]
    {
        var frames: [UInt8] = []
        var count = 0
        var place = start
        let (nameSize, headSize) = version == 2 ? (3, 6) : (4, 10)
        for _ in 0..<mostFrames {
            guard place < end, end - place > headSize else { break }
            let head = try file.read(headSize, at: place)
            let sizeField = head[nameSize..<nameSize * 2]
            guard head[0] != 0, let size = version == 4 ? safeSize(sizeField) : sizeField.bigEndian,
                size <= end - place - headSize
            else { break }
            let name = String(decoding: head[..<nameSize], as: UTF8.self)
            // Compressed, encrypted or otherwise changed frames have a flag.
            let isPlain = head.dropFirst(nameSize * 2).allSatisfy { $0 == 0 }
            if kept.contains(name), isPlain, 1...longestFrame ~= size, count < mostKept {
                let text = try file.read(size, at: place + headSize)
                if name != "TDRC" {
                    frames += head + text
                    count += 1
                } else if let year = year(text) {
                    frames += Array("TDRC".utf8) + [0, 0, 0, 5, 0, 0, text[0]] + year
                    count += 1
                }
            }
            place += headSize + size
        }
        return frames
    }

    /// Four digits, without the day and hour that may follow.
    private static func year(_ text: [UInt8]) -> ArraySlice<UInt8>? {
        guard text.count >= 5, text[0] == 0 || text[0] == 3 else { return nil }
        let year = text[1..<5]
        return year.allSatisfy { 48...57 ~= $0 } ? year : nil
    }

    /// A number of seven bits a byte; nil if it is none.
    private static func safeSize(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        return bytes.reduce(0) { $0 << 7 | Int($1) }
    }
}
