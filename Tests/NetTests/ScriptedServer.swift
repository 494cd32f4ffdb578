import Foundation
import Glibc
import Synchronization

/// A server that says what it is told to whoever connects, whatever they ask; then it keeps the line open, or not.
final class ScriptedServer: Sendable {
    let port: UInt16
    private let listener: Int32
    private let open = Mutex<[Int32]>([])

    /// - Parameters:
    ///   - answers: bytes for each connection in turn, sent when a request's head has come; the last is repeated.
    ///   - hangsUp: whether the connection is closed after that.
    ///   - listensFirst: whether the first connection is only closed when the next request came on it.
    init(_ answers: [String], hangsUp: Bool = true, listensFirst: Bool = false) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        listen(listener, 16)
        self.listener = listener
        port = TestServer.port(of: listener)
        Thread.detachNewThread { [weak self] in
            var turn = 0
            while true {
                let fd = accept(listener, nil, nil)
                guard fd >= 0 else {
                    // Closed here and nowhere else: the number may be somebody else's listener a moment later.
                    close(listener)
                    return
                }
                let answer = answers.isEmpty ? "" : answers[min(turn, answers.count - 1)]
                turn += 1
                ScriptedServer.converse(fd, answer)
                if listensFirst, turn == 1 { ScriptedServer.converse(fd, "") }
                guard !hangsUp, let self else {
                    close(fd)
                    continue
                }
                self.open.withLock { $0.append(fd) }
            }
        }
    }

    /// Ends it; a test calls this last, so that the server lives as long as the test.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        for fd in open.withLock({ $0 }) { close(fd) }
    }

    private static func converse(_ fd: Int32, _ answer: String) {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]), recv(fd, &byte, 1, 0) == 1 {
            head.append(byte)
        }
        let bytes = Array(answer.utf8)
        _ = send(fd, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
