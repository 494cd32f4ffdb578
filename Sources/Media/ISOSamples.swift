/// Where the samples of a track are, by its tables: `stsz` says how large each is, `stsc` how many make a
/// chunk, `stco` or `co64` where the chunks begin. ISO/IEC 14496-12 sections 8.7.3 to 8.7.5.
struct ISOSamples {
    private var sizes: ISOBox?
    private var runs: ISOBox?
    private var chunks: ISOBox?

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

    /// Overwrites all samples.
    ///
    /// - Parameter pieces: where samples may be, in order.
    /// - Throws: if one lies elsewhere, or if together they are more than there is.
    func erase(in pieces: [Range<Int>], _ file: EditableFile) throws(UploadError) {
        guard let sizes, let runs, let chunks else { throw .damaged }
        guard sizes.type == "stsz" else { throw .unsupportedType }
        let uniform = try file.number(4, at: try sizes.place(4, 4))
        var missing = try file.number(4, at: try sizes.place(8, 4))
        var sizeTable = try ISOTable(
            file, sizes, after: 12, count: uniform == 0 ? missing : 0, width: 4)
        var runTable = try ISOTable(
            file, runs, after: 8, count: try file.number(4, at: try runs.place(4, 4)), width: 12)
        let chunkCount = try file.number(4, at: try chunks.place(4, 4))
        var chunkTable = try ISOTable(
            file, chunks, after: 8, count: chunkCount, width: chunks.type == "co64" ? 8 : 4)

        var budget = pieces.reduce(0) { $0 + $1.count }
        var perChunk = 0
        var nextRun = try runTable.next()
        var pending = 0..<0
        for chunk in 1...max(1, chunkCount) {
            guard let offset = try chunkTable.next()?.bigEndian else { break }
            if let run = nextRun, run.prefix(4).bigEndian == chunk {
                perChunk = run.dropFirst(4).prefix(4).bigEndian ?? 0
                nextRun = try runTable.next()
            }
            let count = min(perChunk, missing)
            missing -= count
            var size = 0
            if uniform > 0 {
                let (product, isTooLarge) = count.multipliedReportingOverflow(by: uniform)
                guard !isTooLarge else { throw .damaged }
                size = product
            } else {
                for _ in 0..<count { size += try sizeTable.next()?.bigEndian ?? 0 }
            }
            budget -= size
            guard budget >= 0, offset <= file.length else { throw .damaged }
            guard size > 0 else { continue }
            if offset == pending.upperBound {
                pending = pending.lowerBound..<offset + size
            } else {
                try erase(pending, in: pieces, file)
                pending = offset..<offset + size
            }
        }
        try erase(pending, in: pieces, file)
        guard missing == 0 else { throw .damaged }
    }

    private func erase(_ range: Range<Int>, in pieces: [Range<Int>], _ file: EditableFile)
        throws(UploadError)
    {
        guard !range.isEmpty else { return }
        // The last piece that begins before.
        var low = 0
        var high = pieces.count
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].lowerBound <= range.lowerBound { low = middle + 1 } else { high = middle }
        }
        guard low > 0, range.upperBound <= pieces[low - 1].upperBound else { throw .damaged }
        try file.fill(range)
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
