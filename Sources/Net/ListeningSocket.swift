import CLinux
import Glibc

/// A socket that waits for connections.
package struct ListeningSocket: Sendable {
    package enum Failure: Error, Sendable {
        /// Somebody else listens there.
        case taken(SocketAddress)
        case refused(SocketAddress, reason: String)
    }

    package let fd: Int32
    package let address: String
    /// Whether it is an internet socket rather than a unix one.
    package let isInternet: Bool

    /// Takes over a socket that listens already, as systemd passes them (sd_listen_fds(3)).
    package init(inherited fd: Int32) {
        self.fd = fd
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let address = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                getsockname(fd, raw, &length) == 0 ? SocketAddress(raw) : nil
            }
        }
        isInternet = address.map { $0.family != AF_UNIX } ?? true
        self.address = address?.description ?? "inherited"
        _ = fcntl(fd, F_SETFD, FD_CLOEXEC)
    }

    package init(_ address: SocketAddress) throws(Failure) {
        self.address = address.description
        isInternet = address.family != AF_UNIX
        fd = socket(address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { throw .refused(address, reason: String(cString: strerror(errno))) }
        if isInternet { _ = islet_reuse_address(fd) }
        if address.family == AF_INET6 { _ = islet_ipv6_only(fd) }
        if case .unix(let path) = address { ListeningSocket.clear(path) }
        let bound = address.withSockaddr { bind(fd, $0, $1) }
        guard bound == 0, listen(fd, 512) == 0 else {
            let reason = errno
            close(fd)
            throw reason == EADDRINUSE
                ? .taken(address) : .refused(address, reason: String(cString: strerror(reason)))
        }
        if case .unix(let path) = address { chmod(path, 0o660) }
    }

    /// Removes the socket that an earlier run left behind; one that somebody still listens on stays.
    private static func clear(_ path: String) {
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return }
        defer { close(probe) }
        let status = SocketAddress.unix(path).withSockaddr { connect(probe, $0, $1) }
        if status != 0 && errno == ECONNREFUSED { unlink(path) }
    }
}

/// What `accept4` gave.
enum AcceptedSocket {
    case socket(Int32, SocketAddress)
    case nothing
    /// The program or the machine has no more descriptors or memory.
    case exhausted

    static func accept(from listener: Int32) -> AcceptedSocket {
        while true {
            var storage = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            let (fd, address) = withUnsafeMutablePointer(to: &storage) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                    let fd = accept4(listener, raw, &length, flags)
                    return (fd, fd >= 0 ? SocketAddress(raw) ?? .unix("") : nil)
                }
            }
            if fd >= 0, let address {
                if address.family != AF_UNIX { _ = islet_no_delay(fd) }
                return .socket(fd, address)
            }
            switch errno {
            case EINTR, ECONNABORTED, EPROTO: continue
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
            default: return .nothing
            }
        }
    }
}
