/// Takes out of MP3, in its place, pictures, remarks, and what programs say about themselves and the owner.
///
/// What is no frame of sound, between the tag at the start and the one at the end, becomes zeros: APE tags,
/// lyrics, and whatever else somebody puts there. Titles and names of artists stay.
enum MP3Stripper {
    /// Frames one after the other that must fit for the sound to begin here.
    private static let proof = 3
    /// Places where a frame seems to be and none follows. A hundred megabytes of noise have a thousand; beyond
    /// it a file is made to keep us busy.
    private static let mostDoubts = 100_000

    static func strip(_ file: EditableFile, kind: MediaKind) throws(UploadError) -> MediaHeader {
        let start = try ID3Tag.strip(file, at: 0)
        // Some programs put such a tag before FLAC, too.
        if file.length - start >= 4, try file.name(at: start) == "fLaC" {
            return try FLACStripper.strip(file, at: start)
        }
        let end = try ID3Trailer.strip(file, after: start)
        var reader = ReadAhead(file, to: end)
        var place = start
        var stream: MPEGFrame?
        var frames = 0
        var doubts = mostDoubts
        while place < end {
            if let frame = try frame(at: place, like: stream, &reader, to: end) {
                if stream == nil {
                    // Only zeros may stand before the first one.
                    guard try isProven(at: place, frame, reader.file, to: end) else { throw .damaged }
                    stream = frame
                    frames = try isIndex(at: place, frame, &reader, to: end) ? 0 : 1
                } else {
                    frames += 1
                }
                place = min(end, place + frame.size)
                continue
            }
            let next = try nextFrame(after: place, like: stream, &reader, to: end, &doubts)
            if stream == nil {
                guard try isEmpty(&reader, from: place, to: next) else { throw .damaged }
            } else {
                try file.erase(from: place, to: next)
            }
            place = next
        }
        guard let stream else { throw .damaged }
        return MediaHeader(
            kind: .mp3, duration: Double(frames) * Double(stream.samples) / Double(stream.sampling))
    }

    private static func frame(
        at place: Int, like stream: MPEGFrame?, _ reader: inout ReadAhead, to end: Int
    ) throws(UploadError) -> MPEGFrame? {
        guard end - place >= MPEGFrame.headSize,
            let frame = MPEGFrame(try reader.bytes(MPEGFrame.headSize, at: place))
        else { return nil }
        if let stream, !stream.fits(frame) { return nil }
        return frame
    }

    /// Whether more frames follow this one, or the end.
    private static func isProven(at place: Int, _ first: MPEGFrame, _ file: EditableFile, to end: Int)
        throws(UploadError) -> Bool
    {
        var next = place
        var frame = first
        for _ in 1..<proof {
            guard frame.size <= end - next else { return false }
            next += frame.size
            if next == end { return true }
            guard end - next >= MPEGFrame.headSize,
                let found = MPEGFrame(try file.read(MPEGFrame.headSize, at: next)[...]), found.fits(first)
            else { return false }
            frame = found
        }
        return true
    }

    /// Where the sound goes on, or the end.
    private static func nextFrame(
        after start: Int, like stream: MPEGFrame?, _ reader: inout ReadAhead, to end: Int,
        _ doubts: inout Int
    ) throws(UploadError) -> Int {
        var place = start + 1
        while place < end {
            if try reader.bytes(1, at: place).first == 0xFF,
                let frame = try frame(at: place, like: stream, &reader, to: end)
            {
                if try isProven(at: place, frame, reader.file, to: end) { return place }
                doubts -= 1
                guard doubts > 0 else { throw .damaged }
            }
            place += 1
        }
        return end
    }

    private static func isEmpty(_ reader: inout ReadAhead, from start: Int, to end: Int) throws(UploadError)
        -> Bool
    {
        var place = start
        while place < end {
            if try reader.bytes(1, at: place).first != 0 { return false }
            place += 1
        }
        return true
    }

    /// Whether the first frame holds a table of places ("Xing", "Info", "VBRI") instead of sound.
    private static func isIndex(
        at place: Int, _ frame: MPEGFrame, _ reader: inout ReadAhead, to end: Int
    ) throws(UploadError) -> Bool {
        for (offset, names) in [(4 + frame.sideSize, ["Xing", "Info"]), (36, ["VBRI"])] {
            guard end - place >= offset + 4 else { continue }
            let name = String(decoding: try reader.bytes(4, at: place + offset), as: UTF8.self)
            if names.contains(name) { return true }
        }
        return false
    }
}
