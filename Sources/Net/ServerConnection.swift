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

    /// Memory set aside for the body that is gathered.
    private var reserved = 0

    /// What lasts for as long as both sides want it.
    var webSocket: WebSocketConnection?
    var streaming: StreamSending?

    let stream: ByteStream
    unowned let server: Server

    init(_ stream: ByteStream, address: SocketAddress, isProxy: Bool, server: Server) {
        self.stream = stream
        peer = address.ip
        network = address.network
        self.isProxy = isProxy
        self.server = server
    }

    var limits: Limits { server.limits }

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
        defer { stream.close() }
        do throws(NetError) {
            if let session { try await stream.secure(session, until: .after(limits.headTimeout)) }
            var served = 0
            while !server.isStopping || !stream.input.isEmpty {
                let patience = served == 0 ? limits.newConnectionIdle : limits.keepAliveIdle
                served += 1
                guard let head = try await readHead(idle: patience) else { return }
                isIdle = false
                let mayStay = head.keepAlive && served < limits.requestsPerConnection
                guard try await serve(head, mayStay: mayStay) else { return }
                isIdle = true
            }
        } catch {
            // The client went away or was too slow; there is nobody left to tell.
        }
    }

    /// The next head; nil when the client is done, or was told what is wrong.
    private func readHead(idle: Duration) async throws(NetError) -> RequestHead? {
        var parser = HeadParser(limits: limits)
        var deadline = MonotonicTime.after(idle)
        while true {
            if !stream.input.isEmpty {
                do throws(HeadError) {
                    let (consumed, head) = try parser.receive(stream.input[...])
                    stream.use(consumed)
                    if let head { return head }
                } catch {
                    try await refuse(Response.text(error.status, error.status.reason + "\n"), version: 1)
                    return nil
                }
            }
            let wasIdle = isIdle
            if parser.hasBegun && isIdle {
                isIdle = false
                deadline = .after(limits.headTimeout)
            }
            do {
                guard try await stream.read(until: deadline) else { return nil }
            } catch {
                guard case .timedOut = error, !isIdle else { throw error }
                try await refuse(
                    Response.text(.requestTimeout, "The request did not come in time.\n"), version: 1)
                return nil
            }
            if wasIdle {
                isIdle = false
                deadline = .after(limits.headTimeout)
            }
        }
    }

    /// Answers one request; false when the connection is over.
    private func serve(_ head: RequestHead, mayStay: Bool) async throws(NetError) -> Bool {
        var request = Request(
            method: head.method, target: head.target, fields: head.fields, version: head.version, peer: peer,
            isSecure: stream.tls != nil, id: server.countRequest())
        var counted: String?
        if isProxy {
            if let client = server.proxies.client(head.fields) {
                request.peer = client
                guard server.take(client) else {
                    try await refuse(overload(), version: head.version)
                    return false
                }
                counted = client
            }
            if head.fields["X-Forwarded-Proto"] == "https" { request.isSecure = true }
        }
        defer { if let counted { server.release(counted) } }

        let match = server.router.match(head.method, head.target)
        var policy = BodyPolicy.buffered(limit: limits.bodyDefault)
        if case .found(let route, let parameters) = match {
            policy = route.body
            request.parameters = parameters
        }
        let body: IncomingBody
        defer {
            server.giveBack(reserved)
            reserved = 0
        }
        do throws(BodyError) {
            body = IncomingBody(
                try BodyReader(head.framing, limit: policy.limit, limits: limits), self,
                continues: head.expectsContinue, limits: limits)
            switch policy {
            case .buffered(let limit): request.body = .bytes(try await body.gather(limit: limit))
            case .streamed: request.body = .stream(BodyStream { try await body.next() })
            }
        } catch {
            if error == .disconnected { return false }
            try await refuse(server.failed(error, request), version: head.version)
            return false
        }
        let response = await answer(request, match)
        guard body.isFinished || body.isSmallRest else {
            try await refuse(response, version: head.version, to: head.method)
            return false
        }
        do {
            try await body.skip()
        } catch {
            // The rest does not come, but there is an answer.
            try await refuse(response, version: head.version, to: head.method)
            return false
        }
        return try await send(response, to: head, keepAlive: mayStay && !server.isStopping)
    }

    private func answer(_ request: Request, _ match: Match) async -> Response {
        guard case .found(let route, _) = match else { return await server.fallback(request, match) }
        do {
            return try await route.handle(request)
        } catch {
            return server.failed(error, request)
        }
    }

    private func overload() -> Response {
        var response = Response.text(.tooManyRequests, "Too many requests at once.\n")
        response.fields["Retry-After"] = "10"
        return response
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
        try await stream.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), idle: limits.writeIdle)
    }
}
