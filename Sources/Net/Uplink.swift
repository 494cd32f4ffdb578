/// What files may take of the line to the world, so that one popular picture does not hold up everything else.
///
/// Each response that counts takes from here before each of its pieces, and waits behind the others that do: so they
/// share alike. There are never more waiting than connections.
@Loop
package final class Uplink {
    /// Most bytes to take at once: some sixteen pieces a second, so that many can share.
    nonisolated let piece: Int
    private var bucket: TokenBucket
    private var waiting: [Turn] = []
    private var alarm: Alarm?

    @Loop
    private final class Turn {
        let count: Int
        var continuation: UnsafeContinuation<Bool, Never>?

        init(_ count: Int) {
            self.count = count
        }
    }

    /// - Parameter rate: bytes a second, together; nil comes of 0, which means no bound.
    package nonisolated init?(bytesPerSecond rate: Int) {
        guard rate > 0 else { return nil }
        piece = min(max(rate / 16, 16 << 10), 64 << 10)
        bucket = TokenBucket(rate: rate, at: .now())
    }

    /// Returns when so many bytes may be sent; false when the task was cancelled first.
    func take(_ count: Int) async -> Bool {
        if Task.isCancelled { return false }
        if waiting.isEmpty, bucket.take(count, at: .now()) { return true }
        let turn = Turn(count)
        return await withTaskCancellationHandler {
            await withUnsafeContinuation {
                turn.continuation = $0
                waiting.append(turn)
                awaitNext()
            }
        } onCancel: {
            Reactor.spawn { self.leave(turn) }
        }
    }

    private func leave(_ turn: Turn) {
        guard let place = waiting.firstIndex(where: { $0 === turn }) else { return }
        waiting.remove(at: place).continuation?.resume(returning: false)
    }

    /// Lets go on who is first, as long as there is something to take.
    private func serve() {
        let now = MonotonicTime.now()
        while let first = waiting.first, bucket.take(first.count, at: now) {
            waiting.removeFirst().continuation?.resume(returning: true)
        }
        if !waiting.isEmpty { awaitNext() }
    }

    private func awaitNext() {
        let alarm =
            alarm
            ?? Alarm(at: bucket.next) { [weak self] in
                Loop.assumeIsolated { self?.serve() }
            }
        self.alarm = alarm
        if !alarm.isSet { Reactor.shared.timers.set(alarm, at: bucket.next) }
    }
}
