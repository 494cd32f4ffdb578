/// Many small reads of a file, mostly forwards, from a buffer: one call of the kernel for 64 KB.
///
/// What is overwritten meanwhile may be seen as it was.
struct ReadAhead {
    private static let size = 65_536

    let file: EditableFile
    private var buffer: [UInt8] = []
    /// Where in the file the buffer begins.
    private var start = 0

    /// Nothing from here on is wanted.
    private let end: Int

    init(_ file: EditableFile, to end: Int) {
        self.file = file
        self.end = min(end, file.length)
    }

    /// - Parameter count: at most 64 KB.
    /// - Throws: `damaged` if there is no such place before the end.
    mutating func bytes(_ count: Int, at offset: Int) throws(UploadError) -> ArraySlice<UInt8> {
        guard offset >= 0, offset <= end, count >= 0, count <= end - offset else { throw .damaged }
        if offset < start || offset + count > start + buffer.count {
            buffer = try file.read(min(max(count, ReadAhead.size), end - offset), at: offset)
            start = offset
        }
        return buffer[(offset - start)..<(offset - start + count)]
    }
}
