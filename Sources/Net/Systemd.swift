import CLinux
import Glibc

/// The two small protocols of systemd that a service speaks over sockets.
package enum Systemd {
    /// Tells the service manager something; nothing happens when there is none. sd_notify(3)
    ///
    /// - Parameter state: assignments such as `READY=1`, one a line.
    package static func notify(_ state: String) {
        guard let path = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }), path.utf8.count < 108,
            path.hasPrefix("/") || path.hasPrefix("@")
        else { return }
        let fd = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { return }
        defer { close(fd) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        // A name in the abstract namespace begins with a zero byte and has no terminator.
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let message = Array(state.utf8)
        withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                // The manager is told as a courtesy; if it does not listen, its watchdog will notice.
                _ = sendto(fd, message, message.count, Int32(MSG_NOSIGNAL), raw, length)
            }
        }
    }

    /// How often the manager wants to hear that all is well, or nil. sd_watchdog_enabled(3)
    package static var watchdogInterval: Duration? {
        guard let text = getenv("WATCHDOG_USEC").map({ String(cString: $0) }), let interval = Int64(text),
            interval > 0
        else { return nil }
        if let pid = getenv("WATCHDOG_PID").map({ String(cString: $0) }), pid != String(getpid()) {
            return nil
        }
        return .microseconds(interval)
    }

    /// Sockets that the manager opened for this process. sd_listen_fds(3)
    package static func inheritedSockets() -> [ListeningSocket] {
        guard getenv("LISTEN_PID").map({ String(cString: $0) }) == String(getpid()),
            let count = getenv("LISTEN_FDS").map({ String(cString: $0) }).flatMap({ Int32($0) }),
            1...64 ~= count
        else { return [] }
        unsetenv("LISTEN_PID")
        unsetenv("LISTEN_FDS")
        unsetenv("LISTEN_FDNAMES")
        return (3..<3 + count).map { ListeningSocket(inherited: $0) }
    }

    /// Microseconds of the monotonic clock, which a RELOADING message must name.
    package static var monotonicMicroseconds: Int64 { MonotonicTime.now().nanoseconds / 1000 }
}
