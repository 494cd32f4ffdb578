import HTTP

/// Sends a response piece by piece, to its end or for as long as the client is there.
///
/// Whoever makes the pieces is cancelled when the client goes, also while there is nothing to say for long, and when the
/// server stops. A client that only says that it has no more requests looks the same as one that goes, and gets what
/// is made all the same. The limit of a write is for pieces that are not taken; making one may take any time, and so may
/// waiting for the uplink.
@Loop
final class StreamSending {
    private let stream: ByteStream
    private let limits: Limits
    private let uplink: Uplink?
    private var isOver = false
    private var isStopped = false

    /// - Parameter uplink: what each piece is to be taken from first.
    init(_ stream: ByteStream, limits: Limits, uplink: Uplink? = nil) {
        self.stream = stream
        self.limits = limits
        self.uplink = uplink
    }

    /// Returns false when the connection must end, to say that the stream is not complete or that it is.
    func run(_ pieces: BodyStream, _ framing: BodyFraming) async -> Bool {
        await watched { try await self.send(pieces, framing) }
    }

    /// The same for a file that takes from the uplink.
    func run(_ file: OpenFile, _ range: Range<Int>) async -> Bool {
        await watched {
            try await self.stream.write(
                file: file, range: range, idle: self.limits.writeIdle, uplink: self.uplink)
        }
    }

    private func watched(_ send: @escaping @Sendable @Loop () async throws -> Bool) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { await self.toItsEnd(send) }
            if !self.isOver, !self.isStopped { await self.stream.descriptor.watchForEnd() }
            group.cancelAll()
            let cut = self.isStopped ? self.cutLater() : nil
            defer { if let cut { Reactor.shared.timers.cancel(cut) } }
            return await group.next() ?? false
        }
    }

    /// Ends the connection unless the client takes the rest in time.
    private func cutLater() -> Alarm {
        let moment = MonotonicTime.after(limits.streamEnd)
        let alarm = Alarm(at: moment) { [stream] in Loop.assumeIsolated { stream.close() } }
        Reactor.shared.timers.set(alarm, at: moment)
        return alarm
    }

    /// Cancels whoever makes the pieces, and gives the client a moment to take what there is.
    func stop() {
        isStopped = true
        stream.descriptor.endWatch()
    }

    private func toItsEnd(_ send: @Loop () async throws -> Bool) async -> Bool {
        defer {
            isOver = true
            stream.descriptor.endWatch()
        }
        do {
            return try await send()
        } catch {
            // Whatever it was, the connection ends: that is how a client learns that something is missing.
            return false
        }
    }

    private func send(_ pieces: BodyStream, _ framing: BodyFraming) async throws -> Bool {
        var left = Int.max
        if case .length(let count) = framing { left = count }
        while let piece = try await pieces.next() {
            // What comes after the announced length would be taken for the next answer.
            guard piece.count <= left else { return false }
            left -= piece.count
            guard let uplink else {
                try await send(piece, framing)
                continue
            }
            var rest = piece[...]
            while !rest.isEmpty {
                let part = rest.prefix(uplink.piece)
                guard await uplink.take(part.count) else { return false }
                try await send(Array(part), framing)
                rest = rest.dropFirst(part.count)
            }
        }
        if framing == .chunked { try await stream.write(ChunkedEncoder.end, idle: limits.writeIdle) }
        return framing == .chunked || left == 0
    }

    private func send(_ piece: [UInt8], _ framing: BodyFraming) async throws(NetError) {
        // At rest nothing of the last piece is kept.
        var output: [UInt8] = []
        if framing == .chunked { ChunkedEncoder.append(piece, to: &output) } else { output = piece }
        try await stream.write(output, idle: limits.writeIdle)
    }
}
