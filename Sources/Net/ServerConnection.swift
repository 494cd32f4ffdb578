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
    private var reserved = 0
    /// Whom the request counts for until it is answered, when a proxy passes it on.
    private var counted: String?

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
                guard let head = try await readHead(idle: patience) else { return }
                isIdle = false
                let mayStay = head.keepAlive && served < server.limits.requestsPerConnection
                guard admit(head) else { return try await refuse(overload(), version: head.version) }
                if let response = atHand(head) {
                    guard try await send(response, to: head, keepAlive: mayStay) else { return }
                } else {
                    guard try await serve(head, mayStay: mayStay) else { return }
                }
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

    /// The next head; nil when the client is done, or was told what is wrong.
    private func readHead(idle: Duration) async throws(NetError) -> RequestHead? {
        var deadline = MonotonicTime.after(idle)
        while true {
            if !stream.input.isEmpty {
                do throws(HeadError) {
                    if let head = try takeHead() { return head }
                } catch {
                    try await refuse(Response.text(error.status, error.status.reason + "\n"), version: 1)
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
                try await refuse(
                    Response.text(.requestTimeout, "The request did not come in time.\n"), version: 1)
                return nil
            }
            if wasIdle {
                isIdle = false
                deadline = .after(server.limits.headTimeout)
            }
        }
    }

    /// Takes a head off what has come. Not inlined, as below.
    @inline(never)
    private func takeHead() throws(HeadError) -> RequestHead? {
        let (consumed, head) = try parser.receive(stream.input[...])
        stream.use(consumed)
        return head
    }

    /// Counts the request for the client that a proxy names; false when that one has too many.
    private func admit(_ head: RequestHead) -> Bool {
        guard isProxy, let client = server.proxies.client(head.fields) else { return true }
        guard server.take(client) else { return false }
        counted = client
        return true
    }

    /// The answer that needs nothing but to be sent. Whoever gets it waits without the frames of those that are made.
    @inline(never)
    private func atHand(_ head: RequestHead) -> Response? {
        guard head.framing == .none, head.method == .get || head.method == .head,
            let response = server.atHand(head.target, head.fields)
        else { return nil }
        _ = server.countRequest()
        return response
    }

    /// Answers one request; false when the connection is over.
    private func serve(_ head: RequestHead, mayStay: Bool) async throws(NetError) -> Bool {
        let (response, isLast) = try await answer(head)
        guard !isLast else {
            try await refuse(response, version: head.version, to: head.method)
            return false
        }
        return try await send(response, to: head, keepAlive: mayStay && !server.isStopping)
    }

    /// The answer to one request, and whether it is the last one because its body was not read to its end.
    ///
    /// It is sent when this has returned, so that who reads slowly does not keep what the answer was made from.
    private func answer(_ head: RequestHead) async throws(NetError) -> (Response, isLast: Bool) {
        var request = request(head)
        let match = server.router.match(head.method, head.target)
        var policy = BodyPolicy.buffered(limit: server.limits.bodyDefault)
        if case .found(let route, let parameters) = match {
            policy = route.body
            request.parameters = parameters
        }
        guard head.framing != .none else { return (await answer(request, match), false) }
        return try await answer(&request, head, match, policy)
    }

    /// The same for a request with a body.
    private func answer(
        _ request: inout Request, _ head: RequestHead, _ match: Match, _ policy: BodyPolicy
    ) async throws(NetError) -> (Response, isLast: Bool) {
        let body: IncomingBody
        defer {
            server.giveBack(reserved)
            reserved = 0
        }
        do throws(BodyError) {
            body = try incomingBody(head, limit: policy.limit)
            switch policy {
            case .buffered(let limit): request.body = .bytes(try await body.gather(limit: limit))
            case .streamed: request.body = .stream(BodyStream { try await body.next() })
            }
        } catch {
            if error == .disconnected { throw .closed }
            return (server.failed(error, request), true)
        }
        let response = await answer(request, match)
        guard body.isFinished || body.isSmallRest else { return (response, true) }
        do {
            try await body.skip()
        } catch {
            // The rest does not come, but there is an answer.
            return (response, true)
        }
        return (response, false)
    }

    /// The request without its body. Not inlined, as below.
    @inline(never)
    private func request(_ head: RequestHead) -> Request {
        var request = Request(
            method: head.method, target: head.target, fields: head.fields, version: head.version, peer: peer,
            isSecure: stream.tls != nil, id: server.countRequest())
        guard isProxy else { return request }
        if let counted { request.peer = counted }
        if head.fields["X-Forwarded-Proto"] == "https" { request.isSecure = true }
        return request
    }

    /// Not inlined: the limits that it hands on would stay in the frame of whoever waits, a kilobyte for each connection.
    @inline(never)
    private func incomingBody(_ head: RequestHead, limit: Int) throws(BodyError) -> IncomingBody {
        IncomingBody(
            try BodyReader(head.framing, limit: limit, limits: server.limits), self,
            continues: head.expectsContinue)
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
        try await stream.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), idle: server.limits.writeIdle)
    }
}
