import Synchronization

/// Wakes everybody who waits for news; each says what it has seen already, so that none is missed.
///
/// Whoever waits counts a few words; who is cancelled is forgotten at once.
final class Tidings: Sendable {
    private struct State {
        var version = 0
        var last = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Read it before looking at what may change.
    var version: Int { state.withLock { $0.version } }

    var waiting: Int { state.withLock { $0.waiting.count } }

    func tell() {
        let waiting = state.withLock { state in
            state.version += 1
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when there is something newer than `seen`, or when the task is cancelled.
    func wait(after seen: Int) async {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answerNow = state.withLock { state in
                    guard state.version == seen, !Task.isCancelled else { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if answerNow { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}
