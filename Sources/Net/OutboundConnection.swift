import HTTP

/// A connection to another server, one exchange at a time.
@Loop
final class OutboundConnection {
    let stream: ByteStream
    let origin: String
    private var rest: Alarm?
    /// Whether it lay idle before the request that is under way.
    private var isReused = false
    /// Whether anything of the answer to it came.
    private var hasAnswered = false

    init(_ stream: ByteStream, origin: String) {
        self.stream = stream
        self.origin = origin
    }

    /// Closes the connection after lying idle for so long; nil means that it is wanted again.
    func rest(for duration: Duration?) {
        if let rest { Reactor.shared.timers.cancel(rest) }
        rest = nil
        isReused = true
        guard let duration else { return }
        let moment = MonotonicTime.after(duration)
        let alarm = Alarm(at: moment) { [weak self] in
            Loop.assumeIsolated { self?.stream.close() }
        }
        rest = alarm
        Reactor.shared.timers.set(alarm, at: moment)
    }

    /// Whether this request may be sent once more, on a new connection: a server may close an idle one at the moment
    /// when it is used again, RFC 9112 section 9.3.1. Only what changes nothing over there, and only when nothing came.
    func mayRepeat(_ request: OutboundRequest, after error: SendError) -> Bool {
        guard case .disconnected = error else { return false }
        let isHarmless = (request.method == .get || request.method == .head) && request.body.isEmpty
        return isReused && !hasAnswered && isHarmless
    }

    /// Sends a request and reads its response; true if the connection can be used again.
    func exchange(
        _ request: OutboundRequest, fields: Fields, limits: Limits, until deadline: MonotonicTime
    ) async throws(SendError) -> (OutboundResponse, isReusable: Bool) {
        let head = try await ask(request, fields: fields, limits: limits, until: deadline)
        let body = try await readBody(head, limit: request.maxBody, limits: limits, until: deadline)
        let response = OutboundResponse(
            status: head.status, fields: head.fields, body: body.bytes, url: request.url)
        return (response, head.keepAlive && body.endedCleanly)
    }

    /// Sends a request and reads the head of its response.
    func ask(
        _ request: OutboundRequest, fields: Fields, limits: Limits, until deadline: MonotonicTime
    ) async throws(SendError) -> ResponseHead {
        hasAnswered = false
        do throws(NetError) {
            var message: [UInt8] = []
            Serializer.write(
                requestHead: request.method, url: request.url, fields: fields, bodyCount: request.body.count,
                keepAlive: true, into: &message)
            message += request.body
            try await stream.write(message, idle: limits.firstByte, until: deadline)
        } catch {
            throw SendError(talking: error)
        }
        return try await readHead(request.method, limits: limits, until: deadline)
    }

    private func readHead(
        _ method: Method, limits: Limits, until deadline: MonotonicTime
    ) async throws(SendError) -> ResponseHead {
        var parser = ResponseParser(to: method, limits: limits)
        let firstByte = min(deadline, .after(limits.firstByte))
        while true {
            guard try await read(until: parser.hasBegun ? deadline : firstByte) else {
                throw .disconnected("closed before it answered")
            }
            hasAnswered = true
            do throws(HeadError) {
                let (consumed, head) = try parser.receive(stream.input[...])
                stream.use(consumed)
                if let head { return head }
            } catch {
                throw .malformedResponse
            }
        }
    }

    private func readBody(
        _ head: ResponseHead, limit: Int, limits: Limits, until deadline: MonotonicTime
    ) async throws(SendError) -> (bytes: [UInt8], endedCleanly: Bool) {
        var body: [UInt8] = []
        do throws(BodyError) {
            var reader = try BodyReader(head.framing, limit: limit, limits: limits)
            while true {
                let consumed = try reader.receive(stream.input[...], into: &body)
                stream.use(consumed)
                if reader.isFinished { return (body, stream.input.isEmpty) }
                let more: Bool
                do throws(SendError) {
                    more = try await read(until: deadline)
                } catch {
                    throw error == .timedOut ? .timedOut : .disconnected
                }
                if !more {
                    try reader.end()
                    return (body, false)
                }
            }
        } catch {
            throw SendError(error)
        }
    }

    /// Adds what comes to the stream's input; false at its end.
    func read(until deadline: MonotonicTime) async throws(SendError) -> Bool {
        do {
            return try await stream.read(until: deadline)
        } catch {
            throw SendError(talking: error)
        }
    }
}
