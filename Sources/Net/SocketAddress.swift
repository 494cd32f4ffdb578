import CLinux
import Glibc

/// Where a socket is or goes: an internet address with a port, or the path of a unix socket.
package enum SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four bytes, network order.
    case ipv4([UInt8], port: UInt16)
    /// Sixteen bytes, network order.
    case ipv6([UInt8], port: UInt16)
    case unix(String)

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `*:8080`, `localhost:8080` or `unix:PATH`.
    package init?(_ text: String) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst(5))
            guard !path.isEmpty, path.utf8.count < 108 else { return nil }
            self = .unix(path)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            return nil
        }
        var host = String(text[..<colon])
        if host == "*" { host = "0.0.0.0" }
        if host == "localhost" { host = "127.0.0.1" }
        if host.hasPrefix("[") && host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        guard let address = SocketAddress(ip: host, port: port) else { return nil }
        self = address
    }

    /// Reads an address in numbers.
    package init?(ip: String, port: UInt16) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, ip, &bytes) == 1 {
            self = .ipv4(Array(bytes[..<4]), port: port)
        } else if inet_pton(AF_INET6, ip, &bytes) == 1 {
            self = .ipv6(bytes, port: port)
        } else {
            return nil
        }
    }

    init?(_ address: UnsafePointer<sockaddr>) {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            self = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { v4 in
                .ipv4(
                    withUnsafeBytes(of: v4.pointee.sin_addr) { Array($0) },
                    port: UInt16(bigEndian: v4.pointee.sin_port))
            }
        case AF_INET6:
            self = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { v6 in
                .ipv6(
                    withUnsafeBytes(of: v6.pointee.sin6_addr) { Array($0) },
                    port: UInt16(bigEndian: v6.pointee.sin6_port))
            }
        case AF_UNIX:
            self = .unix("")
        default:
            return nil
        }
    }

    var family: Int32 {
        switch self {
        case .ipv4: AF_INET
        case .ipv6: AF_INET6
        case .unix: AF_UNIX
        }
    }

    /// Calls `body` with the address in the kernel's form.
    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var storage = sockaddr_storage()
        let length = withUnsafeMutableBytes(of: &storage) { raw -> Int in
            switch self {
            case .ipv4(let bytes, let port):
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = port.bigEndian
                withUnsafeMutableBytes(of: &address.sin_addr) { $0.copyBytes(from: bytes.prefix(4)) }
                withUnsafeBytes(of: address) { raw.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_in>.size
            case .ipv6(let bytes, let port):
                var address = sockaddr_in6()
                address.sin6_family = sa_family_t(AF_INET6)
                address.sin6_port = port.bigEndian
                withUnsafeMutableBytes(of: &address.sin6_addr) { $0.copyBytes(from: bytes.prefix(16)) }
                withUnsafeBytes(of: address) { raw.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_in6>.size
            case .unix(let path):
                var address = sockaddr_un()
                address.sun_family = sa_family_t(AF_UNIX)
                withUnsafeMutableBytes(of: &address.sun_path) {
                    $0.copyBytes(from: path.utf8.prefix($0.count - 1))
                }
                withUnsafeBytes(of: address) { raw.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_un>.size
            }
        }
        return withUnsafePointer(to: &storage) { storage in
            storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }

    /// The address without the port, as people write it.
    package var ip: String {
        var text = [CChar](repeating: 0, count: 64)
        switch self {
        case .ipv4(let bytes, _): inet_ntop(AF_INET, bytes, &text, 64)
        case .ipv6(let bytes, _): inet_ntop(AF_INET6, bytes, &text, 64)
        case .unix: return "unix"
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    package var description: String {
        switch self {
        case .ipv4(_, let port): "\(ip):\(port)"
        case .ipv6(_, let port): "[\(ip)]:\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
