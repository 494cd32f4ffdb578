/// Where the samples of a track are, by its tables: `stsz` says how large each is, `stsc` how many make a
/// chunk, `stco` or `co64` where the chunks begin. ISO/IEC 14496-12 sections 8.7.3 to 8.7.5.
struct ISOSamples {
    private var sizes: ISOBox?
    private var runs: ISOBox?
    private var chunks: ISOBox?
    /// What is said of a sound in the sample descriptions; nil for what is no sound.
    var sound: ISOSoundFormat?

    /// Takes the box if it is one of the tables.
    mutating func add(_ box: ISOBox) throws(UploadError) {
        switch box.type {
        case "stsz", "stz2":
            guard sizes == nil else { throw .damaged }
            sizes = box
        case "stsc":
            guard runs == nil else { throw .damaged }
            runs = box
        case "stco", "co64":
            guard chunks == nil else { throw .damaged }
            chunks = box
        default: break
        }
    }

    /// Hands over where each chunk lies, as far as that is in the file.
    ///
    /// A chunk whose length is not said comes as its start alone: the tables of QuickTime's older sounds count
    /// moments and not bytes, and `stz2` has sizes of less than a byte.
    func forEachChunk(_ file: EditableFile, _ body: (Int, Range<Int>?) throws(UploadError) -> Void)
        throws(UploadError)
    {
        // A film in fragments has no chunks here.
        guard let chunks else { return }
        guard let sizes, let runs else { throw .damaged }
        let isCompact = sizes.type == "stz2"
        let uniform = isCompact ? 0 : try file.number(4, at: try sizes.place(4, 4))
        var missing = try file.number(4, at: try sizes.place(8, 4))
        var sizeTable = try ISOTable(
            file, sizes, after: 12, count: uniform == 0 && !isCompact ? missing : 0, width: 4)
        var runTable = try ISOTable(
            file, runs, after: 8, count: try file.number(4, at: try runs.place(4, 4)), width: 12)
        let chunkCount = try file.number(4, at: try chunks.place(4, 4))
        var chunkTable = try ISOTable(
            file, chunks, after: 8, count: chunkCount, width: chunks.type == "co64" ? 8 : 4)

        var perChunk = 0
        var nextRun = try runTable.next()
        for chunk in 1...max(1, chunkCount) {
            guard let entry = try chunkTable.next() else { break }
            guard let offset = entry.bigEndian else { throw .damaged }
            if let run = nextRun, run.prefix(4).bigEndian == chunk {
                perChunk = run.dropFirst(4).prefix(4).bigEndian ?? 0
                nextRun = try runTable.next()
            }
            let count = min(perChunk, missing)
            missing -= count
            guard count > 0, offset < file.length else { continue }
            var size: Int? = 0
            if isCompact {
                size = nil
            } else if uniform > 0 {
                size = self.size(of: count, each: uniform)
            } else {
                var sum = 0
                for _ in 0..<count { sum += try sizeTable.next()?.bigEndian ?? 0 }
                size = sum
            }
            // What is said to go on behind the end is not there.
            try body(offset, size.map { offset..<offset + min($0, file.length - offset) })
        }
    }

    /// Both numbers have 32 bits, and a moment of a sound less than 20.
    private func size(of count: Int, each size: Int) -> Int? {
        guard let sound else {
            return count.multipliedReportingOverflow(by: size).overflow ? nil : count * size
        }
        guard sound.bytesPerMoment != nil || size > 1 else { return nil }
        let (product, isTooLarge) = count.multipliedReportingOverflow(
            by: max(size, sound.bytesPerMoment ?? 0))
        return isTooLarge ? nil : product
    }
}

/// How many bytes a moment of a sound takes, in all its channels, where QuickTime's sample description says
/// it. QuickTime File Format, Sound Sample Descriptions, versions 0 and 1.
struct ISOSoundFormat {
    /// Whose samples are as wide as they are said to be.
    private static let plain: Set<String> = ["raw ", "NONE", "sowt", "twos"]
    private static let fixed: Set<String> = ["in24", "in32", "fl32", "fl64", "ulaw", "alaw"]

    /// Nil if it is packed, or not known.
    private(set) var bytesPerMoment: Int?

    init(_ file: EditableFile, _ entry: ISOBox) throws(UploadError) {
        let version = try file.number(2, at: try entry.place(8, 2))
        let fields = try entry.place(16, 4)
        let isPlain = ISOSoundFormat.plain.contains(entry.type)
        var size = 0
        if isPlain {
            let bits = try file.number(2, at: fields + 2)
            size = try file.number(2, at: fields) * ((bits + 7) / 8)
        }
        let packet = entry.body + 28
        if version == 1, isPlain || ISOSoundFormat.fixed.contains(entry.type), entry.end - packet >= 16 {
            if try file.number(4, at: packet) == 1 { size = max(size, try file.number(4, at: packet + 8)) }
        }
        if size > 0 { bytesPerMoment = size }
    }

    /// Of several descriptions none is known to be that of a chunk.
    mutating func forget() {
        bytesPerMoment = nil
    }
}

/// Entries of the same width, one after the other.
private struct ISOTable {
    private var reader: ReadAhead
    private var place: Int
    private let end: Int
    private let width: Int

    init(_ file: EditableFile, _ box: ISOBox, after offset: Int, count: Int, width: Int) throws(UploadError) {
        reader = ReadAhead(file, to: box.end)
        // A count has 32 bits.
        place = try box.place(offset, count * width)
        end = place + count * width
        self.width = width
    }

    mutating func next() throws(UploadError) -> ArraySlice<UInt8>? {
        guard place < end else { return nil }
        defer { place += width }
        return try reader.bytes(width, at: place)
    }
}
