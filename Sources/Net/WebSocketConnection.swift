import HTTP

/// A connection that speaks WebSocket: the handler reads, frames to send queue up to a bound, and one task writes them.
///
/// Nobody waits for a slow peer. One that takes less than it is told is closed with 1013 (try again later) when the
/// queue is full, and cut when even that frame cannot be sent in time; one that takes nothing at all is cut at the
/// limit of every write.
@Loop
final class WebSocketConnection {
    private let stream: ByteStream
    private let limits: Limits
    private var reader: WebSocketReader
    private var events: [WebSocketEvent] = []
    private var queue: WebSocketQueue
    /// Whether the close frame is queued or sent: nothing more is queued, and what comes is not passed on.
    private var isClosing = false
    /// The writing task, while there is nothing to write.
    private var writer: UnsafeContinuation<Void, Never>?
    private var nextPing: MonotonicTime
    private var awaitsPong = false
    /// Ends the connection when closing takes too long.
    private var cut: Alarm?

    init(_ stream: ByteStream, limits: Limits) {
        self.stream = stream
        self.limits = limits
        reader = WebSocketReader(limit: limits.webSocketMessage)
        queue = WebSocketQueue(limit: limits.webSocketQueue)
        nextPing = .after(limits.webSocketPing)
    }

    /// Serves until both the handler and the connection are done; the handler's task is cancelled when the connection is
    /// over before it.
    func run(_ handler: @escaping WebSocketHandler) async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.serve(handler) }
            await self.writeQueued()
            await self.stream.descriptor.watchForEnd()
            group.cancelAll()
        }
        if let cut { Reactor.shared.timers.cancel(cut) }
    }

    private func serve(_ handler: WebSocketHandler) async {
        await handler(
            WebSocketChannel(
                receive: { await self.receive() },
                send: { message in try await self.send(.message(message)) },
                close: { code in await self.close(code) }))
        close(1000)
        // A client that closes in good order gets to send its own close frame, and no reset for what it still says.
        while let more = try? await stream.read(until: .distant), more {
            stream.use(stream.input.count)
        }
        stream.descriptor.endWatch()
    }

    private func receive() async -> WebSocketMessage? {
        while !isClosing {
            if events.isEmpty {
                guard await more() else { return nil }
                continue
            }
            switch events.removeFirst() {
            case .message(let message): return message
            case .ping(let payload): try? send(.pong(payload))  // when that fails, the connection is closing
            case .pong: awaitsPong = false
            case .closed(let code, _): close(code)
            case .failed(let error): close(error.closeCode)
            }
        }
        return nil
    }

    /// Reads what comes next, or sends a ping when it is time for one; false when the connection is over.
    private func more() async -> Bool {
        do {
            // A peer that talks without a pause still gets its answers.
            if !queue.isEmpty { await Task.yield() }
            if stream.input.isEmpty {
                guard try await stream.read(until: nextPing) else { return false }
            }
            events = reader.receive(stream.input)
            stream.use(stream.input.count)
        } catch .timedOut {
            return isClosing || ping()
        } catch {
            return false
        }
        return true
    }

    /// Asks whether the peer is there; false when it did not answer the last time.
    private func ping() -> Bool {
        guard nextPing <= MonotonicTime.now() else { return true }
        guard !awaitsPong else {
            stream.close()
            return false
        }
        awaitsPong = true
        nextPing = .after(limits.webSocketPing)
        try? send(.ping)  // when that fails, the connection is closing
        return true
    }

    /// Queues something to be sent; nobody waits until it is.
    private func send(_ item: WebSocketQueue.Item) throws(NetError) {
        guard !isClosing, stream.isOpen else { throw .closed }
        guard queue.add(item) else {
            queue.replace(with: .close(1013))
            finish()
            throw .closed
        }
        wakeWriter()
    }

    /// Sends what is queued and then a close frame, unless that takes too long; does not wait for it.
    func close(_ code: UInt16?) {
        guard !isClosing else { return }
        if !queue.add(.close(code)) { queue.replace(with: .close(code)) }
        finish()
    }

    private func finish() {
        isClosing = true
        let moment = MonotonicTime.after(limits.webSocketClose)
        let alarm = Alarm(at: moment) { [stream] in Loop.assumeIsolated { stream.close() } }
        cut = alarm
        Reactor.shared.timers.set(alarm, at: moment)
        stream.descriptor.interruptReading()
        wakeWriter()
    }

    private func wakeWriter() {
        writer?.resume()
        writer = nil
    }

    /// Writes what is queued until the close frame is out or the connection is over.
    private func writeQueued() async {
        do {
            while !isClosing || !queue.isEmpty {
                let frames = queue.takeFrames()
                if frames.isEmpty {
                    await withUnsafeContinuation { writer = $0 }
                } else {
                    try await stream.write(frames, idle: limits.writeIdle)
                }
            }
            stream.finishWriting()
        } catch {
            // The peer is gone, or takes nothing: the handler hears it from `receive` and `send`.
            stream.close()
        }
    }
}
