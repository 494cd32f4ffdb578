/// Tags that programs for MP3 append to other sounds: ID3v1, APE, Lyrics3.
enum TailTags {
    private static let most = 8

    /// Puts zeros in the place of all that is found from the end on.
    static func erase(_ file: EditableFile, after start: Int) throws(UploadError) {
        var end = file.length
        for _ in 0..<most {
            guard let tag = try startOfTag(file, before: end), tag >= start, tag < end else { return }
            try file.fill(tag..<end)
            end = tag
        }
    }

    private static func startOfTag(_ file: EditableFile, before end: Int) throws(UploadError) -> Int? {
        if end >= 128, try file.read(3, at: end - 128).elementsEqual("TAG".utf8) { return end - 128 }
        // <https://wiki.hydrogenaud.io/index.php?title=APEv2_specification>: a foot of 32 bytes; the size
        // counts it but not the head, which there is if the topmost flag is set.
        if end >= 32 {
            let foot = try file.read(32, at: end - 32)
            if foot.starts(with: "APETAGEX".utf8) {
                let size = foot[12..<16].reversed().bigEndian ?? 0
                return end - size - (foot[23] & 0x80 != 0 ? 32 : 0)
            }
        }
        // <https://id3.org/Lyrics3v2>: six digits say how long what is before them is.
        if end >= 15, try file.read(9, at: end - 9).elementsEqual("LYRICS200".utf8) {
            let digits = String(decoding: try file.read(6, at: end - 15), as: UTF8.self)
            if let size = Int(digits), size >= 0 { return end - 15 - size }
        }
        return nil
    }
}
