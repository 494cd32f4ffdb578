/// Takes out of WAV, in its place, what recorders and programs write about time, place and themselves.
///
/// <https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html>: chunks of four letters, a size
/// with its lowest byte first, and content of an even length. What is not known to be needed becomes `JUNK`.
enum WaveStripper {
    private static let kept: Set<String> = ["fmt ", "data", "fact", "cue ", "smpl"]
    /// Plain numbers, Microsoft's ADPCM, fractions, A-law, mu-law, IMA's ADPCM, and the extensible kind of
    /// all of them. Not those that hold a whole file of another kind.
    private static let codecs: Set<Int> = [1, 2, 3, 6, 7, 0x11, 0xFFFE]
    private static let mostChunks = 10_000
    /// What programs write that do not know it yet.
    private static let unknown = 0xFFFF_FFFF

    static func strip(_ file: EditableFile, kind: MediaKind) throws(UploadError) -> MediaHeader {
        guard try file.name(at: 0) == "RIFF", try file.name(at: 8) == "WAVE" else { throw .damaged }
        let size = try file.littleNumber(4, at: 4)
        // Some forget to count the byte that makes the length even.
        guard size == unknown || size <= file.length - 8 + 1 else { throw .damaged }
        let end = size == unknown ? file.length : min(8 + size, file.length)
        var place = 12
        /// Of bytes and of samples, a second.
        var rate = 0
        var sampling = 0
        var isPlain = false
        var length: Int?
        var samples: Int?
        for _ in 0..<mostChunks {
            guard end - place >= 8 else {
                // What follows the chunks is nobody's.
                try file.erase(from: min(place, end), to: file.length)
                guard rate > 0, let length else { throw .damaged }
                // The rate in bytes is only true of what is not compressed.
                if !isPlain, let samples, sampling > 0 {
                    return MediaHeader(kind: .wav, duration: Double(samples) / Double(sampling))
                }
                return MediaHeader(kind: .wav, duration: Double(length) / Double(rate))
            }
            let name = try file.name(at: place)
            let body = place + 8
            var size = try file.littleNumber(4, at: place + 4)
            if name == "data", size == unknown { size = end - body }
            guard size <= end - body else { throw .damaged }
            switch name {
            case "fmt ":
                guard rate == 0, size >= 16 else { throw .damaged }
                let codec = try file.littleNumber(2, at: body)
                guard codecs.contains(codec) else { throw .unsupportedType }
                isPlain = [1, 3, 6, 7, 0xFFFE].contains(codec)
                sampling = try file.littleNumber(4, at: body + 4)
                rate = try file.littleNumber(4, at: body + 8)
                guard rate > 0 else { throw .damaged }
            case "data":
                guard length == nil, rate > 0 else { throw .damaged }
                length = size
            case "fact":
                if size >= 4 { samples = try file.littleNumber(4, at: body) }
            case _ where !kept.contains(name):
                try file.overwrite(Array("JUNK".utf8), at: place)
                try file.erase(from: body, to: body + size)
            default: break
            }
            place = body + size
            if size % 2 == 1, place < end {
                try file.fill(place..<place + 1)
                place += 1
            }
        }
        throw .damaged
    }
}
