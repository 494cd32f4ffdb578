/// Takes out of FLAC, in its place, pictures, what programs keep for themselves, and remarks. RFC 9639.
enum FLACStripper {
    /// Blocks before the sound.
    private static let mostBlocks = 1_000

    static func strip(_ file: EditableFile, kind: MediaKind) throws(UploadError) -> MediaHeader {
        try strip(file, at: try ID3Tag.strip(file, at: 0))
    }

    /// - Parameter start: where the signature is.
    static func strip(_ file: EditableFile, at start: Int) throws(UploadError) -> MediaHeader {
        guard try file.name(at: start) == "fLaC" else { throw .damaged }
        var place = start + 4
        var duration: Double?
        for index in 0..<mostBlocks {
            let head = try file.read(4, at: place)
            let size = head[1...].bigEndian ?? 0
            let end = place + 4 + size
            guard end <= file.length else { throw .damaged }
            var block = SpannedBytes(file)
            try block.append(place..<end)
            if index == 0 {
                guard head[0] & 0x7F == 0, size >= 34 else { throw .damaged }
                duration = try self.duration(block)
            } else {
                try FLACBlock.strip(block)
            }
            place = end
            guard head[0] & 0x80 != 0 else { continue }
            // The code that each frame begins with, section 9.1.
            guard try file.number(2, at: place) & 0xFFFE == 0xFFF8 else { throw .damaged }
            try TailTags.erase(file, after: place + 2)
            return MediaHeader(kind: .flac, duration: duration)
        }
        throw .damaged
    }

    /// In seconds, from the block that describes the stream, section 8.2: 20 bits of samples a second, eight
    /// of something else, 36 of samples.
    static func duration(_ block: SpannedBytes) throws(UploadError) -> Double? {
        let fields = try block.read(8, at: 14)
        let rate = (fields[..<3].bigEndian ?? 0) >> 4
        let samples = (Int(fields[3] & 0x0F) << 32) | (fields[4...].bigEndian ?? 0)
        guard rate > 0 else { throw .damaged }
        return samples > 0 ? Double(samples) / Double(rate) : nil
    }
}

/// A block of metadata, alone in a FLAC or as a packet of an Ogg. RFC 9639 section 8.1.
enum FLACBlock {
    /// Leaves the table of places and the harmless comments; all else becomes padding.
    static func strip(_ block: SpannedBytes) throws(UploadError) {
        let head = try block.read(4, at: 0)
        guard head[1...].bigEndian == block.count - 4 else { throw .damaged }
        switch head[0] & 0x7F {
        case 0, 127: throw .damaged
        case 3: break
        case 4:
            let end = try VorbisComments.strip(block, from: 4)
            try block.fill(end..<block.count)
        default:
            try block.overwrite([head[0] & 0x80 | 1], at: 0)
            try block.fill(4..<block.count)
        }
    }
}
