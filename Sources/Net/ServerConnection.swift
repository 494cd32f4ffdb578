import Basics
import Crypto
import HTTP

/// One client's connection: requests one after the other, each with its deadlines.
@Loop
final class ServerConnection {
    let peer: String
    /// What is counted as one client: the address, or its /64.
    let network: String
    let isProxy: Bool
    /// Between two requests, when it may be closed without anybody's loss.
    private(set) var isIdle = true

    /// Here and not in the frame of whoever waits for a head, which would have it several times.
    private var parser: HeadParser

    /// Memory set aside for the body that is gathered.
    var reserved = 0
    /// Whom the request counts for until it is answered, when a proxy passes it on.
    var counted: String?

    /// What lasts for as long as both sides want it.
    var webSocket: WebSocketConnection?
    var streaming: StreamSending?

    let stream: ByteStream
    unowned let server: Server

    init(_ stream: ByteStream, address: SocketAddress, isProxy: Bool, server: Server) {
        self.stream = stream
        peer = address.ip
        network = ClientNetwork.of(address.ip)
        self.isProxy = isProxy
        self.server = server
        parser = server.parser
    }

    func close() {
        stream.close()
    }

    /// Ends what would go on without end: an idle connection, a WebSocket, a stream of unknown length. Who has asked for something gets it.
    func stop() {
        if isIdle { close() }
        webSocket?.close(1001)
        streaming?.stop()
    }

    func run(_ session: TLSSession?) async {
        defer {
            stream.close()
            uncount()
        }
        do throws(NetError) {
            if let session { try await stream.secure(session, until: .after(server.limits.headTimeout)) }
            var served = 0
            while !server.isStopping || !stream.input.isEmpty {
                let patience = served == 0 ? server.limits.newConnectionIdle : server.limits.keepAliveIdle
                served += 1
                guard let exchange = try await begin(idle: patience) else { return }
                isIdle = false
                let mayStay = served < server.limits.requestsPerConnection
                guard try await serve(exchange, mayStay: mayStay) else { return }
                uncount()
                isIdle = true
            }
        } catch {
            // The client went away or was too slow; there is nobody left to tell.
        }
    }

    private func uncount() {
        if let counted { server.release(counted) }
        counted = nil
    }

    /// The next request, when its head is here; nil when the client is done, or was told what is wrong.
    private func begin(idle: Duration) async throws(NetError) -> Exchange? {
        var deadline = MonotonicTime.after(idle)
        while true {
            if !stream.input.isEmpty {
                do throws(HeadError) {
                    if let exchange = try takeHead() { return exchange }
                } catch {
                    try await refuse(error.status, error.status.reason)
                    return nil
                }
            }
            let wasIdle = isIdle
            if parser.hasBegun && isIdle {
                isIdle = false
                deadline = .after(server.limits.headTimeout)
            }
            do {
                guard try await stream.read(until: deadline) else { return nil }
            } catch {
                guard case .timedOut = error, !isIdle else { throw error }
                try await refuse(.requestTimeout, "The request did not come in time.")
                return nil
            }
            if wasIdle {
                isIdle = false
                deadline = .after(server.limits.headTimeout)
            }
        }
    }

    /// Takes a head off what has come. Not inlined, so that no part of it stays in the frame of whoever waits for more.
    @inline(never)
    private func takeHead() throws(HeadError) -> Exchange? {
        let (consumed, head) = try parser.receive(stream.input[...])
        stream.use(consumed)
        return head.map { Exchange($0) }
    }

    /// Counts so many more bytes of a gathered body; false when the server has no room for them.
    func reserve(_ bytes: Int) -> Bool {
        guard server.reserve(bytes) else { return false }
        reserved += bytes
        return true
    }

    /// Takes what the connection has, or waits for more; nil at its end.
    func nextInput(until deadline: MonotonicTime) async throws(NetError) -> Bool {
        if !stream.input.isEmpty { return true }
        return try await stream.read(until: deadline)
    }

    /// Lets `take` use what came.
    func useInput<Failure: Error>(_ take: (ArraySlice<UInt8>) throws(Failure) -> Int) throws(Failure) {
        stream.use(try take(stream.input[...]))
    }

    func sendContinue() async throws(NetError) {
        try await stream.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), idle: server.limits.writeIdle)
    }
}
