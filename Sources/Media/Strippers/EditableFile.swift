import Glibc

/// A file that is changed in place: bytes are read and overwritten, its length stays. Memory does not depend on it.
///
/// Nothing here is sent across tasks: the descriptor belongs to whoever made this, and is not closed by it.
struct EditableFile {
    private static let chunk = 65_536

    let descriptor: CInt
    /// In bytes.
    let length: Int

    /// - Throws: if it is no regular file that can be looked at.
    init(descriptor: CInt) throws(UploadError) {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { throw .outOfSpace }
        self.descriptor = descriptor
        length = Int(facts.st_size)
    }

    /// Exactly these bytes.
    ///
    /// - Throws: `damaged` if the file has no such place, which is how a length that lies is found.
    func read(_ count: Int, at offset: Int) throws(UploadError) -> [UInt8] {
        guard count >= 0, offset >= 0, offset <= length, count <= length - offset else { throw .damaged }
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress! + done, count - done, off_t(offset + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw .damaged }
            done += got
        }
        return bytes
    }

    /// Puts these bytes in the place of as many others.
    func overwrite(_ bytes: [UInt8], at offset: Int) throws(UploadError) {
        guard offset >= 0, offset <= length, bytes.count <= length - offset else { throw .damaged }
        var done = 0
        while done < bytes.count {
            let put = bytes[done...].withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset + done))
            }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { throw .outOfSpace }
            done += put
        }
    }

    /// Puts the same byte everywhere in this part.
    func fill(_ range: Range<Int>, with byte: UInt8 = 0) throws(UploadError) {
        guard range.lowerBound >= 0, range.upperBound <= length else { throw .damaged }
        let block = [UInt8](repeating: byte, count: min(EditableFile.chunk, range.count))
        var place = range.lowerBound
        while place < range.upperBound {
            let count = min(block.count, range.upperBound - place)
            try overwrite(Array(block[..<count]), at: place)
            place += count
        }
    }

    /// Hands over the whole file, a piece at a time.
    func forEachChunk(_ body: (ArraySlice<UInt8>) -> Void) throws(UploadError) {
        var place = 0
        while place < length {
            let bytes = try read(min(EditableFile.chunk, length - place), at: place)
            body(bytes[...])
            place += bytes.count
        }
    }
}
