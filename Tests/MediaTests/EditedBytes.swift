import Glibc

@testable import Media

/// Bytes that are edited in place, as a file without a name.
enum EditedBytes {
    typealias Strip = (EditableFile) throws(UploadError) -> MediaHeader

    static func result(of bytes: [UInt8], _ strip: Strip) throws(UploadError) -> (
        bytes: [UInt8], header: MediaHeader
    ) {
        guard let sample = tmpfile() else { throw .outOfSpace }
        defer { fclose(sample) }
        let header = try strip(try file(of: bytes, in: sample))
        let file = try EditableFile(descriptor: fileno(sample))
        return (try file.read(file.length, at: 0), header)
    }

    private static func file(of bytes: [UInt8], in sample: UnsafeMutablePointer<FILE>) throws(UploadError)
        -> EditableFile
    {
        guard ftruncate(fileno(sample), off_t(bytes.count)) == 0 else { throw .outOfSpace }
        let file = try EditableFile(descriptor: fileno(sample))
        try file.overwrite(bytes, at: 0)
        return file
    }

    /// Cuts the sample at every byte, and changes every byte in several ways.
    ///
    /// - Returns: how many of the broken ones were refused, and how many passed.
    static func batter(_ bytes: [UInt8], _ strip: Strip) throws(UploadError) -> (refused: Int, passed: Int) {
        guard let sample = tmpfile() else { throw .outOfSpace }
        defer { fclose(sample) }
        var counts = (refused: 0, passed: 0)
        func count(_ bytes: [UInt8]) throws(UploadError) {
            let file = try file(of: bytes, in: sample)
            do {
                _ = try strip(file)
                counts.passed += 1
            } catch {
                counts.refused += 1
            }
            let length = try EditableFile(descriptor: fileno(sample)).length
            precondition(length == bytes.count, "the length never changes")
        }
        for end in bytes.indices { try count(Array(bytes[..<end])) }
        for place in bytes.indices {
            for mask in [0xFF, 0x01] as [UInt8] {
                var changed = bytes
                changed[place] ^= mask
                try count(changed)
            }
        }
        return counts
    }

    static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
    }

    static func big(_ value: Int, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func little(_ value: Int, _ size: Int) -> [UInt8] {
        big(value, size).reversed()
    }
}
