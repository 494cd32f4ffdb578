import Crypto
package import HTTP

extension Client {
    /// The value that the floors above are given for what is too large to be gathered.
    package nonisolated var openRequest: OpenRequest {
        { (request: OutboundRequest) async throws(SendError) -> IncomingResponse in
            try await self.open(request)
        }
    }

    /// Asks, follows redirects, and returns when the head of the answer is here; `deadline` lasts until then, but never
    /// longer than `exchange`: a head is short, however long the film. The body has limits of its own: `pieceIdle`,
    /// `pulledRate`, `unpulled`.
    ///
    /// - Throws: `overloaded` when `outboundStreams` answers are still being pulled.
    package func open(_ request: OutboundRequest) async throws(SendError) -> IncomingResponse {
        guard streams < limits.outboundStreams else { throw .overloaded }
        streams += 1
        do {
            return try await follow(request)
        } catch {
            streams -= 1
            throw error
        }
    }

    private func follow(_ request: OutboundRequest) async throws(SendError) -> IncomingResponse {
        let deadline = MonotonicTime.after(min(request.deadline, limits.exchange))
        var request = request
        var redirects = 0
        var isRepeated = false
        while true {
            let fields = try await fields(of: request)
            let connection = try await connection(to: request.url, isNew: isRepeated, until: deadline)
            do throws(SendError) {
                let asked = request
                let head = try await connection.stream.closedByCancellation { () throws(SendError) in
                    try await connection.ask(asked, fields: fields, limits: self.limits, until: deadline)
                }
                if Task.isCancelled { throw SendError.cancelled }
                pool.remember(connection.stream.tls?.ticket, for: request.url.origin)
                guard try request.follow(head.status, head.fields, after: &redirects) else {
                    return try answer(head, to: request, on: connection)
                }
                leave(connection, head)
                isRepeated = false
            } catch {
                connection.stream.close()
                guard !isRepeated, connection.mayRepeat(request, after: error) else { throw error }
                isRepeated = true
            }
        }
    }

    private func answer(
        _ head: ResponseHead, to request: OutboundRequest, on connection: OutboundConnection
    ) throws(SendError) -> IncomingResponse {
        let body = try PulledBody(head, limit: request.maxBody, on: connection, limits: limits) {
            connection in
            self.streams -= 1
            if let connection { self.pool.put(connection) }
        }
        let length: Int? =
            switch head.framing {
            case .none: 0
            case .length(let count): count
            case .chunked, .untilClose: nil
            }
        return IncomingResponse(
            status: head.status, fields: head.fields, length: length, url: request.url,
            body: BodyStream { try await body.next() }, close: { Reactor.spawn { body.close() } })
    }

    /// Nobody reads the body of a redirect: one that is here already costs nothing, any other the connection.
    private func leave(_ connection: OutboundConnection, _ head: ResponseHead) {
        var isOver = head.framing == .none
        if case .length(let count) = head.framing, count == connection.stream.input.count {
            connection.stream.use(count)
            isOver = true
        }
        isOver = isOver && connection.stream.input.isEmpty
        if isOver, head.keepAlive { pool.put(connection) } else { connection.stream.close() }
    }
}
