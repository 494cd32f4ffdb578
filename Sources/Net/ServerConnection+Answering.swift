import HTTP

/// What is not inlined here would leave a part of itself in the frame of whoever waits.
extension ServerConnection {
    /// Answers one request; false when the connection is over.
    func serve(_ exchange: Exchange, mayStay: Bool) async throws(NetError) -> Bool {
        guard admit(exchange) else {
            try await refuse(overload(), to: exchange)
            return false
        }
        if let response = atHand(exchange) {
            return try await send(response, to: exchange, keepAlive: mayStay && exchange.head.keepAlive)
        }
        // It is sent when the frames that made it are gone: who reads slowly does not keep them.
        let (response, isLast) = try await answer(exchange)
        guard !isLast else {
            try await refuse(response, to: exchange)
            return false
        }
        let keepAlive = mayStay && exchange.head.keepAlive && !server.isStopping
        return try await send(response, to: exchange, keepAlive: keepAlive)
    }

    /// Counts the request for the client that a proxy names; false when that one has too many.
    @inline(never)
    private func admit(_ exchange: Exchange) -> Bool {
        guard isProxy, let client = server.proxies.client(exchange.head.fields) else { return true }
        guard server.take(client) else { return false }
        counted = client
        return true
    }

    /// The answer that needs nothing but to be sent.
    @inline(never)
    private func atHand(_ exchange: Exchange) -> Response? {
        let head = exchange.head
        guard head.framing == .none, head.method == .get || head.method == .head, !server.isStopping,
            let response = server.atHand(head.target, head.fields)
        else { return nil }
        _ = server.countRequest()
        return response
    }

    /// The answer to one request, and whether it is the last one because its body was not read to its end.
    private func answer(_ exchange: Exchange) async throws(NetError) -> (Response, isLast: Bool) {
        route(exchange)
        guard exchange.head.framing != .none else { return (await handle(exchange), false) }
        return try await answerBody(exchange)
    }

    /// The same for a request with a body.
    @inline(never)
    private func answerBody(_ exchange: Exchange) async throws(NetError) -> (Response, isLast: Bool) {
        let body: IncomingBody
        defer {
            server.giveBack(reserved)
            reserved = 0
        }
        do throws(BodyError) {
            let policy = exchange.policy(server.limits)
            body = try incomingBody(exchange.head, limit: policy.limit)
            switch policy {
            case .buffered(let limit): exchange.request.body = .bytes(try await body.gather(limit: limit))
            case .streamed: exchange.request.body = .stream(BodyStream { try await body.next() })
            }
        } catch {
            if error == .disconnected { throw .closed }
            return (failed(error, exchange), true)
        }
        let response = await handle(exchange)
        guard body.isFinished || body.isSmallRest else { return (response, true) }
        do {
            try await body.skip()
        } catch {
            // The rest does not come, but there is an answer.
            return (response, true)
        }
        return (response, false)
    }

    /// Says who asks, and finds what answers.
    @inline(never)
    private func route(_ exchange: Exchange) {
        let head = exchange.head
        exchange.request.peer = counted ?? peer
        exchange.request.isSecure =
            stream.tls != nil || isProxy && head.fields["X-Forwarded-Proto"] == "https"
        exchange.request.id = server.countRequest()
        exchange.match = server.router.match(head.method, head.target)
        if case .found(_, let parameters) = exchange.match { exchange.request.parameters = parameters }
    }

    private func handle(_ exchange: Exchange) async -> Response {
        guard let handler = exchange.handler else { return await handleUnknown(exchange) }
        do {
            return try await handler(exchange.request)
        } catch {
            return failed(error, exchange)
        }
    }

    @inline(never)
    private func handleUnknown(_ exchange: Exchange) async -> Response {
        await server.fallback(exchange.request, exchange.match)
    }

    @inline(never)
    private func failed(_ error: any Error, _ exchange: Exchange) -> Response {
        server.failed(error, exchange.request)
    }

    @inline(never)
    private func incomingBody(_ head: RequestHead, limit: Int) throws(BodyError) -> IncomingBody {
        IncomingBody(
            try BodyReader(head.framing, limit: limit, limits: server.limits), self,
            continues: head.expectsContinue)
    }

    private func overload() -> Response {
        var response = Response.text(.tooManyRequests, "Too many requests at once.\n")
        response.fields["Retry-After"] = "10"
        return response
    }
}
