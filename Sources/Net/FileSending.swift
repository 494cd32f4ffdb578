import CLinux
import Glibc
import HTTP

extension OpenFile {
    /// Opens a file to be sent; nil when it cannot be, or is a link. Reading it does not change when it was last read:
    /// a card lives longer that is not written to for that.
    convenience init?(sending path: String) {
        let descriptor = islet_open_quietly(path)
        guard descriptor >= 0 else { return nil }
        self.init(descriptor) { Glibc.close($0) }
    }
}

extension ByteStream {
    /// Bytes of a file that are sent before others get their turn: a read from the card holds everybody up. The kernel
    /// takes less from there where the line is slow; on a fast one each stretch costs a wake-up of the other side.
    private static let stretch = 1 << 20

    /// Sends a part of a file; false when it could not be read, and then the connection must end.
    ///
    /// - Parameter uplink: what each piece is to be taken from first; where that is not to be, it says false too.
    func write(
        file: OpenFile, range: Range<Int>, idle: Duration, uplink: Uplink? = nil
    ) async throws(NetError) -> Bool {
        var offset = range.lowerBound
        // What is encrypted passes through here anyhow.
        var isCopied = tls != nil
        while offset < range.upperBound {
            let wanted = min(uplink?.piece ?? ByteStream.stretch, range.upperBound - offset)
            if let uplink, !(await uplink.take(wanted)) { return false }
            var sent: Int?
            if !isCopied { sent = try await pass(file, from: offset, count: wanted, idle: idle) }
            if sent == nil {
                isCopied = true
                sent = try await copy(file, from: offset, count: min(wanted, 65_536), idle: idle)
            }
            guard let sent, sent > 0 else { return false }
            offset += sent
            if offset < range.upperBound { await Task.yield() }
        }
        return true
    }

    /// Sends bytes that the kernel takes from the file itself, sendfile(2).
    ///
    /// - Returns: how many, fewer only at the end of the file; nil when its file system cannot do that.
    private func pass(
        _ file: OpenFile, from start: Int, count: Int, idle: Duration
    ) async throws(NetError) -> Int? {
        var sent: Int? = 0
        try await inTurn { () throws(NetError) in
            var offset = off_t(start)
            let end = start + count
            while Int(offset) < end {
                guard descriptor.isOpen else { throw .closed }
                let count = sendfile(descriptor.fd, file.descriptor, &offset, end - Int(offset))
                if count == 0 { break }
                if count > 0 { continue }
                switch errno {
                case EINTR: continue
                case EAGAIN: try check(await descriptor.waitWritable(until: .after(idle)))
                case EINVAL where Int(offset) == start, ENOSYS where Int(offset) == start:
                    sent = nil
                    return
                default: throw .last()
                }
            }
            sent = Int(offset) - start
        }
        return sent
    }

    private func copy(
        _ file: OpenFile, from start: Int, count: Int, idle: Duration
    ) async throws(NetError) -> Int {
        let buffer = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(file.descriptor, buffer.baseAddress, count, off_t(start)))
        }
        try await write(buffer, idle: idle)
        return buffer.count
    }
}
