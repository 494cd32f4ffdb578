import HTTP

/// A connection that speaks WebSocket: one reader, and senders whose frames queue up to a bound.
@Loop
final class WebSocketConnection {
    private let stream: ByteStream
    private let limits: Limits
    private var reader: WebSocketReader
    private var events: [WebSocketEvent] = []
    private var outgoing: [UInt8] = []
    private var isWriting = false
    private var isClosing = false
    private var awaitsPong = false

    init(_ stream: ByteStream, limits: Limits) {
        self.stream = stream
        self.limits = limits
        reader = WebSocketReader(limit: limits.webSocketMessage)
    }

    func run(_ handler: WebSocketHandler) async {
        await handler(
            WebSocketChannel(
                receive: { await self.receive() },
                send: { message in try await self.send(WebSocketFrame.message(message)) },
                close: { code in await self.close(code) }))
        await close(1000)
        // A client that closes in good order gets to send its own close frame.
        let deadline = MonotonicTime.after(limits.webSocketClose)
        while MonotonicTime.now() < deadline, let more = try? await stream.read(until: deadline), more {
            stream.use(stream.input.count)
        }
    }

    private func receive() async -> WebSocketMessage? {
        while true {
            while !events.isEmpty {
                switch events.removeFirst() {
                case .message(let message): return message
                case .ping(let payload):
                    guard (try? await send(WebSocketFrame.pong(payload))) != nil else { return nil }
                case .pong: awaitsPong = false
                case .closed(let code, _):
                    await close(code)
                    return nil
                case .failed(let error):
                    await close(error.closeCode)
                    return nil
                }
            }
            guard await more() else { return nil }
        }
    }

    /// Reads until there is an event; false when the connection is over.
    private func more() async -> Bool {
        while events.isEmpty {
            if !stream.input.isEmpty {
                events = reader.receive(stream.input)
                stream.use(stream.input.count)
                continue
            }
            do {
                guard !isClosing, try await stream.read(until: .after(limits.webSocketPing)) else {
                    return false
                }
            } catch .timedOut {
                guard !awaitsPong else { return false }
                awaitsPong = true
                guard (try? await send(WebSocketFrame.ping())) != nil else { return false }
            } catch {
                return false
            }
        }
        return true
    }

    private func close(_ code: UInt16?) async {
        guard !isClosing else { return }
        // Nobody is left to tell when this fails.
        try? await send(WebSocketFrame.close(code))
        isClosing = true
        stream.finishWriting()
    }

    /// Queues a frame, and unless somebody else does already, sends what is queued.
    private func send(_ frame: [UInt8]) async throws {
        guard !isClosing else { throw NetError.closed }
        guard outgoing.count + frame.count <= limits.webSocketQueue else {
            isClosing = true
            stream.close()
            throw NetError.closed
        }
        outgoing += frame
        guard !isWriting else { return }
        isWriting = true
        defer { isWriting = false }
        while !outgoing.isEmpty {
            let frames = outgoing
            outgoing.removeAll(keepingCapacity: frames.count <= 16_384)
            try await stream.write(frames, idle: limits.writeIdle)
        }
    }
}
