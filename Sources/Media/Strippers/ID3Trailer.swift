/// The 128 bytes at the end of an MP3: title, artist and album of 30 bytes, a year, a remark, a genre.
/// <https://id3.org/ID3v1>
enum ID3Trailer {
    static let size = 128

    /// Blanks the remark if there is such a thing; the number of the track in its last two bytes stays.
    ///
    /// - Returns: where what is before it ends.
    static func strip(_ file: EditableFile, after start: Int) throws(UploadError) -> Int {
        guard file.length - start >= size else { return file.length }
        let place = file.length - size
        let bytes = try file.read(size, at: place)
        guard bytes.starts(with: "TAG".utf8) else { return file.length }
        let end = bytes[125] == 0 ? 125 : 127
        try file.fill(place + 97..<place + end)
        return place
    }
}
