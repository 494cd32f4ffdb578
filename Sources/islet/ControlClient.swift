import Glibc
import HTTP

/// Asks the running server over `control` in the current folder.
enum ControlClient {
    /// The answer's text; nil when no server runs.
    static func ask(_ method: Method, _ path: String, body: String = "") throws -> String? {
        guard let (status, text) = try exchange(method, path, body: Array(body.utf8)) else { return nil }
        guard status == .ok else { throw Failure(.tryLater, "The running server says: \(text)") }
        return text
    }

    /// The answer's status and text; nil when no server runs.
    ///
    /// - Parameter seconds: how long it may be silent.
    static func exchange(
        _ method: Method, _ path: String, body: [UInt8] = [], seconds: Int = 30
    ) throws -> (status: HTTP.Status, text: String)? {
        let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard fd >= 0 else { throw Failure(.fault, "A socket cannot be made: \(DataFolder.reason()).") }
        defer { close(fd) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: DataFolder.control.utf8) }
        let connected = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(fd, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if connected != 0 {
            if errno == ENOENT || errno == ECONNREFUSED { return nil }
            throw Failure(.notAllowed, "The running server cannot be asked: \(DataFolder.reason()).")
        }
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let head = """
            \(method.rawValue) \(path) HTTP/1.1\r\nHost: control\r\nConnection: close\r\n\
            Content-Length: \(body.count)\r\n\r\n
            """
        var rest = (Array(head.utf8) + body)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            // Who has heard enough answers before the end.
            if count < 0, errno == EPIPE || errno == ECONNRESET { break }
            guard count > 0 else {
                throw Failure(.inputOutput, "The running server does not listen: \(DataFolder.reason()).")
            }
            rest = rest.dropFirst(count)
        }
        return try answer(fd)
    }

    private static func answer(_ fd: Int32) throws -> (status: HTTP.Status, text: String) {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while received.count < 1 << 20 {
            let count = read(fd, &buffer, buffer.count)
            guard count >= 0 else { throw Failure(.tryLater, "The running server does not answer.") }
            if count == 0 { break }
            received += buffer[..<count]
        }
        var parser = ResponseParser(to: .get)
        guard let (consumed, head) = try? parser.receive(received[...]), let head else {
            throw Failure(.tryLater, "The running server broke off.")
        }
        return (head.status, String(decoding: received[consumed...], as: UTF8.self))
    }
}

extension ControlClient {
    /// Whether a server answers in the current folder.
    static var isRunning: Bool {
        // Whatever else is wrong with the socket, somebody holds it.
        do { return try ask(.get, "/status") != nil } catch { return true }
    }
}
