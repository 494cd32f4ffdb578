import Synchronization

/// Wakes the one task that waits for work; a ring while nobody waits is remembered, several count once.
package final class Doorbell: Sendable {
    private struct State {
        var rung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let waiter = state.withLock { state in
            let waiter = state.waiter
            state.waiter = nil
            state.rung = waiter == nil
            return waiter
        }
        waiter?.resume()
    }

    /// Returns after the next ring, when `duration` has passed, or when the task is cancelled.
    package func wait(atMost duration: Duration?, clock: Clock) async {
        let cancel = duration.map { duration in clock.after(duration) { self.ring() } }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answerNow = state.withLock { state in
                    if state.rung || Task.isCancelled {
                        state.rung = false
                        return true
                    }
                    state.waiter = continuation
                    return false
                }
                if answerNow { continuation.resume() }
            }
        } onCancel: {
            self.ring()
        }
        cancel?()
    }
}
