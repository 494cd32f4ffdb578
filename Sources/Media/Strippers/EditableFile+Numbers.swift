extension EditableFile {
    /// An unsigned number with its highest byte first.
    ///
    /// - Parameter size: in bytes, at most 8.
    /// - Throws: `damaged` for a place that is not there, and for what is beyond 2^63.
    func number(_ size: Int, at offset: Int) throws(UploadError) -> Int {
        guard let number = try read(size, at: offset).bigEndian else { throw .damaged }
        return number
    }

    /// An unsigned number with its lowest byte first.
    func littleNumber(_ size: Int, at offset: Int) throws(UploadError) -> Int {
        guard let number = try read(size, at: offset).reversed().bigEndian else { throw .damaged }
        return number
    }

    /// Four letters that name a part of the file.
    func name(at offset: Int) throws(UploadError) -> String {
        String(decoding: try read(4, at: offset), as: UTF8.self)
    }

    /// Zeros from here to there; nothing if that is no part.
    func erase(from start: Int, to end: Int) throws(UploadError) {
        guard start < end else { return }
        try fill(start..<end)
    }
}

extension Sequence<UInt8> {
    /// The unsigned number that these bytes are, highest first; nil beyond 2^63.
    var bigEndian: Int? {
        var number: UInt64 = 0
        for byte in self {
            guard number >> 56 == 0 else { return nil }
            number = number << 8 | UInt64(byte)
        }
        return Int(exactly: number)
    }
}
