import Glibc

extension ByteStream {
    /// Sends a head and a body as one. The body is not copied on its way to the kernel: five hundred slow readers of a page
    /// share it.
    func write(_ head: [UInt8], _ body: [UInt8], idle: Duration) async throws(NetError) {
        guard tls == nil else { return try await write(head + body, idle: idle) }
        try await inTurn { () throws(NetError) in
            let sent = try gather(head, body)
            if sent < head.count { try await send(head[sent...], idle: idle, until: .distant) }
            try await send(body.dropFirst(max(0, sent - head.count)), idle: idle, until: .distant)
        }
    }

    /// What the kernel takes of both at once, in bytes; 0 when it takes nothing now.
    private func gather(_ head: [UInt8], _ body: [UInt8]) throws(NetError) -> Int {
        guard descriptor.isOpen else { throw .closed }
        while true {
            let count = head.withUnsafeBytes { head in
                body.withUnsafeBytes { body in
                    // The kernel only reads what the pieces point to.
                    var pieces = (
                        iovec(
                            iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count
                        ),
                        iovec(
                            iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count
                        )
                    )
                    return withUnsafeMutableBytes(of: &pieces) { pieces in
                        var message = msghdr()
                        message.msg_iov = pieces.baseAddress?.assumingMemoryBound(to: iovec.self)
                        message.msg_iovlen = 2
                        return sendmsg(descriptor.fd, &message, Int32(MSG_NOSIGNAL))
                    }
                }
            }
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN: return 0
            default: throw .last()
            }
        }
    }
}
