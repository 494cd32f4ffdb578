import CLinux
import Glibc

extension ByteStream {
    /// Connects to an address.
    static func connect(to address: SocketAddress, until deadline: MonotonicTime) async throws(NetError)
        -> ByteStream
    {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let fd = socket(address.family, kind, 0)
        guard fd >= 0 else { throw .last() }
        if address.family != AF_UNIX { _ = islet_no_delay(fd) }
        let status = address.withSockaddr { Glibc.connect(fd, $0, $1) }
        let failure = errno
        guard let descriptor = Descriptor(fd) else {
            throw .broken("the event loop took no more descriptors")
        }
        let stream = ByteStream(descriptor)
        if status == 0 { return stream }
        guard failure == EINPROGRESS else {
            stream.close()
            throw .broken(String(cString: strerror(failure)))
        }
        switch await descriptor.waitWritable(until: deadline) {
        case .ready:
            let error = islet_socket_error(fd)
            guard error == 0 else {
                stream.close()
                throw .broken(String(cString: strerror(error)))
            }
            return stream
        case .timedOut:
            stream.close()
            throw .timedOut
        case .closed:
            throw .closed
        }
    }
}
