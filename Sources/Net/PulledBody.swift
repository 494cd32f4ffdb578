import HTTP

/// The body of another server's answer, read from the socket as it is asked for.
///
/// What nobody asks for stays in the kernel, so a slow reader slows the other side down and memory does not depend on
/// the size. The connection goes back when the body came in full, and is closed in every other case: broken off, too
/// slow, too long, left alone for too long, cancelled or let go.
@Loop
final class PulledBody {
    private let connection: OutboundConnection
    private let keepAlive: Bool
    private let limits: Limits
    private var reader: BodyReader
    private var pace = Pace()
    private var failure: SendError?
    /// Rings when the reader has not asked for long.
    private var patience: Alarm?
    /// Takes the connection back if it can be used again; gone once it was told.
    private var ended: ((OutboundConnection?) -> Void)?

    /// - Throws: `bodyTooLarge` if more than `limit` bytes are announced; the connection is still the caller's then.
    init(
        _ head: ResponseHead, limit: Int, on connection: OutboundConnection, limits: Limits,
        ended: @escaping (OutboundConnection?) -> Void
    ) throws(SendError) {
        do {
            reader = try BodyReader(head.framing, limit: limit, limits: limits)
        } catch {
            throw SendError(error)
        }
        self.connection = connection
        self.limits = limits
        self.ended = ended
        keepAlive = head.keepAlive
        if reader.isFinished { finish() } else { awaitReader() }
    }

    isolated deinit {
        close()
    }

    /// The next piece, 64 KB at most, nil after the last.
    ///
    /// - Throws: what ended the body, from then on always.
    func next() async throws(SendError) -> [UInt8]? {
        if let patience { Reactor.shared.timers.cancel(patience) }
        if let failure { throw failure }
        do throws(SendError) {
            let piece = try await connection.stream.closedByCancellation { () throws(SendError) in
                try await self.pull()
            }
            if reader.isFinished {
                if Task.isCancelled { close() } else { finish() }
            } else {
                awaitReader()
            }
            return piece.isEmpty ? nil : piece
        } catch {
            fail(error)
            throw failure ?? error
        }
    }

    /// Ends the connection unless the body came in full.
    func close() {
        fail(.cancelled)
    }

    /// At least one byte, unless the body is at its end.
    private func pull() async throws(SendError) -> [UInt8] {
        let stream = connection.stream
        var piece: [UInt8] = []
        while piece.isEmpty, !reader.isFinished {
            let begun = MonotonicTime.now()
            var isMore = !stream.input.isEmpty
            if !isMore { isMore = try await connection.read(until: begun + limits.pieceIdle) }
            do throws(BodyError) {
                if isMore {
                    stream.use(try reader.receive(stream.input[...], into: &piece))
                } else {
                    try reader.end()
                }
            } catch {
                throw SendError(error)
            }
            pace.add(piece.count, after: begun.duration(to: .now()))
            guard reader.isFinished || !pace.isBelow(limits.pulledRate, from: limits.pulledRateFrom) else {
                throw .timedOut
            }
        }
        return piece
    }

    /// From now on it is the reader's turn.
    private func awaitReader() {
        let moment = MonotonicTime.after(limits.unpulled)
        let alarm =
            patience
            ?? Alarm(at: moment) { [weak self] in
                Loop.assumeIsolated { self?.fail(.timedOut) }
            }
        patience = alarm
        Reactor.shared.timers.set(alarm, at: moment)
    }

    private func finish() {
        let isReusable = keepAlive && connection.stream.input.isEmpty && connection.stream.isOpen
        if !isReusable { connection.stream.close() }
        end(isReusable ? connection : nil)
    }

    private func fail(_ error: SendError) {
        guard ended != nil else { return }
        failure = error
        connection.stream.close()
        end(nil)
    }

    private func end(_ connection: OutboundConnection?) {
        if let patience { Reactor.shared.timers.cancel(patience) }
        patience = nil
        let ended = ended
        self.ended = nil
        ended?(connection)
    }
}
