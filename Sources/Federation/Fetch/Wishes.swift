import Basics
import Synchronization

/// What the owner wants to see: the latest wish first, each once, in a bounded number of which the oldest makes room.
final class Wishes<Wish: Hashable & Sendable>: Sendable {
    private struct State {
        var waiting: [Wish] = []
        var isGranting = false
    }

    private let state = Mutex(State())
    private let bell = Doorbell()
    private let most: Int
    private let clock: Clock

    init(most: Int, clock: Clock) {
        self.most = most
        self.clock = clock
    }

    func add(_ wish: Wish) {
        state.withLock { state in
            state.waiting.removeAll { $0 == wish }
            state.waiting.append(wish)
            if state.waiting.count > most { state.waiting.removeFirst() }
        }
        bell.ring()
    }

    /// How many wait or are under way.
    var count: Int { state.withLock { $0.waiting.count + ($0.isGranting ? 1 : 0) } }

    /// Whether nothing waits or is under way.
    var isIdle: Bool { count == 0 }

    /// Grants one after the other until cancelled.
    func grant(_ work: (Wish) async -> Void) async {
        while !Task.isCancelled {
            let next = state.withLock { state in
                let next = state.waiting.popLast()
                state.isGranting = next != nil
                return next
            }
            if let next {
                await work(next)
                state.withLock { $0.isGranting = false }
            } else {
                await bell.wait(atMost: nil, clock: clock)
            }
        }
    }
}
