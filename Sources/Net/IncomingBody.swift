import HTTP

/// The body of a request while it comes.
@Loop
final class IncomingBody {
    /// What may be left unread by a handler and still be skipped, so that the connection can stay.
    private static let skippable = 65_536

    private var reader: BodyReader
    private let connection: ServerConnection
    private var continues: Bool
    private var pace = Pace()

    init(_ reader: BodyReader, _ connection: ServerConnection, continues: Bool) {
        self.reader = reader
        self.connection = connection
        self.continues = continues
    }

    var isFinished: Bool { reader.isFinished }

    /// Whether the rest is worth reading; a client that still waits to be told to go on must not be.
    var isSmallRest: Bool { !continues && reader.remaining <= IncomingBody.skippable }

    func gather(limit: Int) async throws(BodyError) -> [UInt8] {
        let deadline = MonotonicTime.after(connection.server.limits.bodyTimeout)
        var body: [UInt8] = []
        while !reader.isFinished {
            let before = body.count
            try await step(into: &body, until: min(deadline, .after(connection.server.limits.bodyIdle)))
            guard connection.reserve(body.count - before) else { throw .overloaded }
        }
        return body
    }

    /// The next piece, nil after the last.
    func next() async throws(BodyError) -> [UInt8]? {
        var piece: [UInt8] = []
        while piece.isEmpty {
            if reader.isFinished { return nil }
            let begun = MonotonicTime.now()
            try await step(into: &piece, until: begun + connection.server.limits.bodyIdle)
            pace.add(piece.count, after: begun.duration(to: .now()))
            // A byte now and then would keep the connection for ever.
            guard reader.isFinished || !isTooSlow else { throw .timedOut }
        }
        return piece
    }

    private var isTooSlow: Bool {
        pace.isBelow(connection.server.limits.bodyRate, from: connection.server.limits.bodyRateFrom)
    }

    func skip() async throws(BodyError) {
        var sink: [UInt8] = []
        let deadline = MonotonicTime.after(connection.server.limits.lingering)
        while !reader.isFinished {
            try await step(into: &sink, until: deadline)
            sink.removeAll(keepingCapacity: true)
        }
    }

    private func step(into body: inout [UInt8], until deadline: MonotonicTime) async throws(BodyError) {
        do throws(NetError) {
            if continues {
                continues = false
                try await connection.sendContinue()
            }
            guard try await connection.nextInput(until: deadline) else {
                throw NetError.closed
            }
        } catch {
            if case .timedOut = error { throw .timedOut }
            try reader.end()
            return
        }
        try connection.useInput { (bytes: ArraySlice<UInt8>) throws(BodyError) -> Int in
            try reader.receive(bytes, into: &body)
        }
    }
}
