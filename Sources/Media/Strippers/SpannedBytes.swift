/// Bytes of a file that belong together and lie in several places, such as a packet on pages.
struct SpannedBytes {
    /// Neighbours count as one. A packet of 16 MB, a picture of an album, has 250.
    static let most = 4_096

    let file: EditableFile
    private(set) var spans: [Range<Int>] = []
    private(set) var count = 0

    init(_ file: EditableFile) {
        self.file = file
    }

    /// - Throws: if these are too many pieces.
    mutating func append(_ span: Range<Int>) throws(UploadError) {
        guard !span.isEmpty else { return }
        count += span.count
        if let last = spans.last, last.upperBound == span.lowerBound {
            spans[spans.count - 1] = last.lowerBound..<span.upperBound
            return
        }
        guard spans.count < SpannedBytes.most else { throw .damaged }
        spans.append(span)
    }

    /// - Throws: `damaged` if that is not there.
    func read(_ size: Int, at offset: Int) throws(UploadError) -> [UInt8] {
        var bytes: [UInt8] = []
        for place in try places(size, at: offset) {
            bytes += try file.read(place.count, at: place.lowerBound)
        }
        return bytes
    }

    func littleNumber(_ size: Int, at offset: Int) throws(UploadError) -> Int {
        guard let number = try read(size, at: offset).reversed().bigEndian else { throw .damaged }
        return number
    }

    func overwrite(_ bytes: [UInt8], at offset: Int) throws(UploadError) {
        var rest = bytes[...]
        for place in try places(bytes.count, at: offset) {
            try file.overwrite(Array(rest.prefix(place.count)), at: place.lowerBound)
            rest = rest.dropFirst(place.count)
        }
    }

    func fill(_ range: Range<Int>, with byte: UInt8 = 0) throws(UploadError) {
        for place in try places(range.count, at: range.lowerBound) { try file.fill(place, with: byte) }
    }

    private func places(_ size: Int, at offset: Int) throws(UploadError) -> [Range<Int>] {
        guard offset >= 0, offset <= count, size >= 0, size <= count - offset else { throw .damaged }
        var found: [Range<Int>] = []
        var before = 0
        for span in spans {
            let start = max(offset, before) - before
            let end = min(offset + size, before + span.count) - before
            if start < end { found.append(span.lowerBound + start..<span.lowerBound + end) }
            before += span.count
            if before >= offset + size { break }
        }
        return found
    }
}
