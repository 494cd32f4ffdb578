package import Basics
package import Crypto
import Glibc
package import HTTP

/// Accepts connections and serves each in a task of its own, within the bounds of `Limits`.
@Loop
package final class Server {
    let router: Router
    let limits: Limits
    /// What reads a head, as each connection begins.
    let parser: HeadParser
    let proxies: TrustedProxies
    /// What responses that are files take from.
    let uplink: Uplink?
    let log: Log
    /// The answer that is kept for this target and these fields, if there is one.
    let atHand: @Sendable (Target, Fields) -> Response?
    /// Answers what no route does.
    let fallback: @Sendable (Request, Match) async -> Response
    /// Turns what a handler threw into an answer.
    let failed: @Sendable (any Error, Request) -> Response
    /// Told of each request.
    private let noted: @Sendable () -> Void
    private(set) var isStopping = false
    private var tls: TLSContext?
    private var listeners: [Descriptor] = []
    private var connections: [ObjectIdentifier: ServerConnection] = [:]
    private var perAddress: [String: Int] = [:]
    private var room: [CheckedContinuation<Void, Never>] = []
    private var served: UInt64 = 0
    private var gathered = 0

    package nonisolated init(
        router: Router, limits: Limits = .standard, proxies: TrustedProxies,
        uplink: Uplink? = nil, log: Log,
        atHand: @escaping @Sendable (Target, Fields) -> Response? = { _, _ in nil },
        fallback: @escaping @Sendable (Request, Match) async -> Response,
        failed: @escaping @Sendable (any Error, Request) -> Response,
        noted: @escaping @Sendable () -> Void = {}
    ) {
        self.router = router
        self.limits = limits
        parser = HeadParser(limits: limits)
        self.proxies = proxies
        self.uplink = uplink
        self.log = log
        self.atHand = atHand
        self.fallback = fallback
        self.failed = failed
        self.noted = noted
    }

    /// Speaks TLS on internet sockets from now on, with this certificate; nil ends that.
    package func use(_ context: TLSContext?) {
        tls = context
    }

    /// Serves what comes to these sockets until `stop`.
    package nonisolated func serve(_ sockets: [ListeningSocket]) async {
        await withDiscardingTaskGroup { group in
            for socket in sockets {
                guard let listener = await listen(on: socket) else { continue }
                group.addTask { await self.accept(from: listener, isInternet: socket.isInternet) }
            }
        }
    }

    private func listen(on socket: ListeningSocket) -> Descriptor? {
        let listener = Descriptor(socket.fd)
        if let listener {
            listeners.append(listener)
        } else {
            log.error("a listening socket cannot be used", ["address": socket.address])
        }
        return listener
    }

    /// Takes no more connections, ends idle ones, WebSockets (1001) and streams, and lets the others finish what they
    /// are at.
    package func stop() {
        isStopping = true
        for listener in listeners { listener.close() }
        for connection in connections.values { connection.stop() }
        makeRoom()
    }

    private func makeRoom() {
        let waiting = room
        room.removeAll()
        for listener in waiting { listener.resume() }
    }

    /// Ends every connection at once.
    package func closeAll() {
        for connection in connections.values { connection.close() }
    }

    /// Connections open now, and requests served so far.
    package var load: (connections: Int, requests: UInt64) { (connections.count, served) }

    /// Each connection is a child of this task, so the end of `serve` is the end of all.
    private nonisolated func accept(from listener: Descriptor, isInternet: Bool) async {
        await withDiscardingTaskGroup { group in
            while let connection = await next(from: listener) {
                group.addTask {
                    await connection.run(isInternet ? self.session() : nil)
                    await self.leave(connection)
                }
            }
        }
    }

    private func session() -> TLSSession? {
        tls.map { TLSSession(server: $0) }
    }

    /// The next connection that may be served; nil once the listener is closed.
    private func next(from listener: Descriptor) async -> ServerConnection? {
        while !isStopping {
            guard connections.count < limits.connections else {
                // Full: the kernel keeps the next ones until somebody leaves.
                await withCheckedContinuation { room.append($0) }
                continue
            }
            switch AcceptedSocket.accept(from: listener.fd) {
            case .socket(let fd, let address):
                if let connection = admit(fd, address) { return connection }
            case .nothing:
                guard await listener.waitReadable(until: .distant) != .closed else { return nil }
            case .exhausted:
                log.warning("no room for another connection")
                guard await listener.waitReadable(until: .after(.seconds(1))) != .closed else { return nil }
            }
        }
        return nil
    }

    private func admit(_ fd: Int32, _ address: SocketAddress) -> ServerConnection? {
        let network = ClientNetwork.of(address.ip)
        let isProxy = proxies.contains(address)
        guard isProxy || perAddress[network, default: 0] < limits.connectionsPerAddress else {
            Glibc.close(fd)
            return nil
        }
        guard let descriptor = Descriptor(fd) else { return nil }
        let connection = ServerConnection(
            ByteStream(descriptor), address: address, isProxy: isProxy, server: self)
        connections[ObjectIdentifier(connection)] = connection
        if !isProxy { perAddress[network, default: 0] += 1 }
        return connection
    }

    private func leave(_ connection: ServerConnection) {
        connections[ObjectIdentifier(connection)] = nil
        if !connection.isProxy { release(connection.network) }
        makeRoom()
    }

    /// Counts a request that a trusted proxy passes on by the client it names; false when that one has too many.
    func take(_ client: String) -> Bool {
        guard perAddress[client, default: 0] < limits.connectionsPerAddress else { return false }
        perAddress[client, default: 0] += 1
        return true
    }

    /// Sets memory aside for a body that is gathered; false when too much is in use.
    func reserve(_ bytes: Int) -> Bool {
        guard gathered + bytes <= limits.gatheredBodies else { return false }
        gathered += bytes
        return true
    }

    func giveBack(_ bytes: Int) {
        gathered -= bytes
    }

    func countRequest() -> UInt64 {
        served &+= 1
        noted()
        return served
    }

    func release(_ client: String) {
        let others = perAddress[client, default: 1] - 1
        perAddress[client] = others > 0 ? others : nil
    }
}
