/// The list of names and values that Vorbis, Opus and FLAC share: what says no more than what is heard stays,
/// and the rest becomes blanks of the same length.
///
/// <https://xiph.org/vorbis/doc/v-comment.html>: the name of the encoder, a count, and then each as a length
/// and `NAME=value`; all numbers have 32 bits, lowest byte first.
enum VorbisComments {
    private static let kept: Set<String> = ["TITLE", "ARTIST", "ALBUM", "TRACKNUMBER", "GENRE", "COMPOSER"]
    /// In bytes, of one that stays.
    private static let longest = 1_024
    private static let most = 10_000

    /// - Returns: where the list ends.
    static func strip(_ bytes: SpannedBytes, from start: Int) throws(UploadError) -> Int {
        let vendor = try bytes.littleNumber(4, at: start)
        var place = start + 4
        guard vendor <= bytes.count - place else { throw .damaged }
        try bytes.fill(place..<place + vendor, with: 0x20)
        place += vendor
        let count = try bytes.littleNumber(4, at: place)
        guard count <= most else { throw .damaged }
        place += 4
        for _ in 0..<count {
            let length = try bytes.littleNumber(4, at: place)
            place += 4
            guard length <= bytes.count - place else { throw .damaged }
            try strip(bytes, place..<place + length)
            place += length
        }
        return place
    }

    private static func strip(_ bytes: SpannedBytes, _ range: Range<Int>) throws(UploadError) {
        if range.count <= longest {
            let comment = try bytes.read(range.count, at: range.lowerBound)
            let name = comment.prefix { $0 != UInt8(ascii: "=") }
            let value = comment.dropFirst(name.count + 1)
            switch String(decoding: name, as: UTF8.self).uppercased() {
            case let name where kept.contains(name) && comment.count > name.utf8.count:
                return
            case "DATE" where value.count >= 4 && value.prefix(4).allSatisfy({ 48...57 ~= $0 }):
                // The year stays.
                try bytes.fill(range.lowerBound + 9..<range.upperBound, with: 0x20)
                return
            default: break
            }
        }
        try bytes.fill(range, with: 0x20)
        try bytes.overwrite(Array("_=".utf8.prefix(range.count)), at: range.lowerBound)
    }
}
