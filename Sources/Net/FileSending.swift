import Glibc

extension ByteStream {
    /// Sends a part of a file; false when it could not be read, and then the connection must end.
    func write(file path: String, range: Range<Int>, idle: Duration) async throws(NetError) -> Bool {
        let fd = open(path, O_RDONLY | O_CLOEXEC)
        guard fd >= 0 else { return false }
        defer { Glibc.close(fd) }
        var offset = range.lowerBound
        var buffer = [UInt8](repeating: 0, count: min(65_536, max(1, range.count)))
        while offset < range.upperBound {
            let wanted = min(buffer.count, range.upperBound - offset)
            let count = pread(fd, &buffer, wanted, off_t(offset))
            guard count > 0 else { return false }
            try await write(buffer[..<count], idle: idle)
            offset += count
        }
        return true
    }
}
