import Glibc

/// Reads what comes over a socket until it ends or a moment has passed.
package enum BlockingReader {
    private static let chunk = 65_536

    /// Hands on every piece as it comes, from the calling thread, which waits.
    ///
    /// - Parameter take: takes a piece; false ends the reading.
    /// - Returns: whether the other side came to its end.
    package static func read(
        _ socket: Int32, until deadline: MonotonicTime, _ take: (ArraySlice<UInt8>) -> Bool
    ) -> Bool {
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let left = (deadline.nanoseconds &- MonotonicTime.now().nanoseconds) / 1_000_000
            guard left > 0 else { return false }
            var wanted = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wanted, 1, Int32(clamping: left))
            if ready < 0, errno != EINTR { return false }
            guard ready > 0 else { continue }
            let count = Glibc.read(socket, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            if count == 0 { return true }
            guard take(buffer[..<count]) else { return false }
        }
    }
}
