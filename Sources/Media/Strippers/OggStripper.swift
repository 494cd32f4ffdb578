/// Takes out of Ogg with Vorbis, Opus or FLAC, in its place, pictures and remarks; the pages get new
/// checksums.
///
/// RFC 3533, <https://xiph.org/vorbis/doc/Vorbis_I_spec.html>, RFC 7845, RFC 9639 section 10.1. Streams may
/// follow each other; those that lie side by side (films, tables of places) are refused.
enum OggStripper {
    static func strip(_ file: EditableFile, kind: MediaKind) throws(UploadError) -> MediaHeader {
        var reader = ReadAhead(file, to: file.length)
        var stream: OggSound?
        var serials: Set<Int> = []
        var duration = 0.0
        var place = 0
        while place < file.length {
            let page = try OggPage(&reader, at: place)
            if page.isFirst {
                duration += try stream?.end() ?? 0
                guard serials.insert(page.serial).inserted, serials.count <= OggSound.most else {
                    throw .damaged
                }
                stream = OggSound(file, serial: page.serial)
            }
            guard stream?.serial == page.serial else { throw .unsupportedType }
            try stream?.take(page)
            place = page.end
        }
        guard let stream else { throw .damaged }
        duration += try stream.end()
        return MediaHeader(kind: .ogg, duration: duration > 0 ? duration : nil)
    }
}
