import Basics
import CLinux
import Glibc
import HTTP

/// Names to addresses by the system's resolver, off the loop, bounded, and remembered for a moment.
@Loop
final class NameResolver {
    private struct Entry {
        var addresses: [SocketAddress]
        var until: MonotonicTime
    }

    private let worker: Worker
    private let limits: Limits
    private var known: [String: Entry] = [:]
    /// Names that were not to be had a moment ago.
    private var failed: [String: (error: SendError, until: MonotonicTime)] = [:]

    nonisolated init(limits: Limits) {
        self.limits = limits
        worker = Worker(name: "resolver", threads: limits.resolverThreads, limit: limits.resolverQueue)
    }

    /// The addresses of `host`, each with `port`.
    func addresses(
        of host: String, port: UInt16, until deadline: MonotonicTime
    ) async throws(SendError) -> [SocketAddress] {
        if let address = SocketAddress(ip: host, port: port) { return [address] }
        // This name is the machine itself, whatever a resolver says: RFC 6761 section 6.3.
        if host == "localhost" || host.hasSuffix(".localhost") {
            return ["127.0.0.1", "::1"].compactMap { SocketAddress(ip: $0, port: port) }
        }
        let key = "\(host):\(port)"
        let now = MonotonicTime.now()
        if let entry = known[key], entry.until > now { return entry.addresses }
        if let failure = failed[key], failure.until > now { throw failure.error }
        let outcome: Outcome
        do {
            outcome = try await worker.run {
                // Whoever asked has gone by now; the thread is for the others.
                MonotonicTime.now() < deadline ? NameResolver.lookUp(host, port: port) : .late
            }
        } catch {
            throw .overloaded
        }
        switch outcome {
        case .addresses(let addresses):
            if known.count >= limits.addressCacheEntries { forget() }
            known[key] = Entry(addresses: addresses, until: now + limits.addressCacheFor)
            return addresses
        case .unknown: throw remember(.nameNotFound, of: key)
        case .failed: throw remember(.resolverFailed, of: key)
        // Others kept the threads busy, which is not the fault of this host.
        case .late: throw .overloaded
        }
    }

    private func remember(_ error: SendError, of key: String) -> SendError {
        if failed.count >= limits.addressCacheEntries { failed.removeAll() }
        failed[key] = (error, .after(limits.failedNameFor))
        return error
    }

    /// Makes room: first what is out of date, then anything.
    private func forget() {
        let now = MonotonicTime.now()
        known = known.filter { $0.value.until > now }
        while known.count >= limits.addressCacheEntries, let any = known.keys.first {
            known[any] = nil
        }
    }

    private enum Outcome: Sendable {
        case addresses([SocketAddress])
        case unknown
        case failed
        /// Its turn came when nobody waited any more.
        case late
    }

    private nonisolated static func lookUp(_ host: String, port: UInt16) -> Outcome {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &found)
        guard status == 0 else { return status == EAI_NONAME ? .unknown : .failed }
        defer { freeaddrinfo(found) }
        var addresses: [SocketAddress] = []
        var next = found
        while let info = next, addresses.count < 8 {
            if let raw = info.pointee.ai_addr, let address = SocketAddress(raw), !addresses.contains(address)
            {
                addresses.append(address)
            }
            next = info.pointee.ai_next
        }
        return addresses.isEmpty ? .unknown : .addresses(addresses)
    }
}
