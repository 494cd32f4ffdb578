import Glibc

/// A plain blocking socket, to say what a proper client never would.
final class RawClient {
    struct Failure: Error {
        let what: String
    }

    private let fd: Int32
    private var received: [UInt8] = []

    /// - Parameter buffer: bytes that the kernel takes for a client that does not read, about.
    init(port: UInt16, buffer: Int32? = nil) throws {
        fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var buffer {
            setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, socklen_t(MemoryLayout<Int32>.size))
        }
        // Longer than any deadline of a test, so that a lost answer fails it instead of stopping it.
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure(what: "connect: \(errno)") }
    }

    deinit { close(fd) }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// No more is sent from here.
    func finish() { shutdown(fd, Int32(SHUT_WR)) }

    /// Goes without a word of goodbye.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        // connect(2): this dissolves the association, with a reset.
        var nowhere = sockaddr_in()
        nowhere.sin_family = sa_family_t(AF_UNSPEC)
        withUnsafePointer(to: &nowhere) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// One more piece; false at the end of the stream, whichever way it came.
    private func receive() throws -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(fd, &buffer, buffer.count, 0)
        if count < 0 && errno == EAGAIN { throw Failure(what: "nothing came") }
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }

    /// Everything until the end of the stream.
    func readAll() throws -> String {
        while try receive() {}
        defer { received = [] }
        return String(decoding: received, as: UTF8.self)
    }

    /// The next `count` bytes.
    func read(_ count: Int) throws -> [UInt8] {
        while received.count < count {
            guard try receive() else { throw Failure(what: "the stream ended") }
        }
        defer { received.removeFirst(count) }
        return Array(received[..<count])
    }

    /// The next response: its head, and as much of a body as Content-Length says.
    func readResponse() throws -> (head: String, body: String) {
        let head = try readHead()
        var length = 0
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            length = Int(line.dropFirst(15).filter { $0 != " " }) ?? 0
        }
        return (head, String(decoding: try read(length), as: UTF8.self))
    }

    func readHead() throws -> String {
        while true {
            for end in received.indices.dropFirst(3)
            where received[end - 3...end].elementsEqual([13, 10, 13, 10]) {
                return String(decoding: try read(end + 1), as: UTF8.self)
            }
            guard try receive() else { throw Failure(what: "the stream ended") }
        }
    }
}
