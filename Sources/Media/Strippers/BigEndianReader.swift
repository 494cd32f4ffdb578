/// Reads the numbers of a part of a file one after the other, the most significant byte first.
struct BigEndianReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    /// A number of this many bytes, at most eight.
    ///
    /// - Throws: `damaged` if there are fewer, or if it is beyond any place in a file.
    mutating func number(_ bytes: Int) throws(UploadError) -> Int {
        guard rest.count >= bytes, let value = rest.prefix(bytes).bigEndian, value < 1 << 62 else {
            throw .damaged
        }
        rest = rest.dropFirst(bytes)
        return value
    }

    /// Four letters.
    mutating func name() throws(UploadError) -> String {
        guard rest.count >= 4 else { throw .damaged }
        defer { rest = rest.dropFirst(4) }
        return String(decoding: rest.prefix(4), as: UTF8.self)
    }

    /// The version of a full box; its flags, 24 bits, go along.
    mutating func version() throws(UploadError) -> (version: Int, flags: Int) {
        let both = try number(4)
        return (both >> 24, both & 0xFF_FFFF)
    }
}
