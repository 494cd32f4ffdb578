package import ActivityPub
package import Basics
import Storage
import Synchronization

/// Small things to look up at other servers that nobody waits for and that are asked for again when they are lost.
///
/// They are kept in memory, each once, in a bounded number; beyond it the new one is dropped.
package final class Errands: Sendable {
    package enum Errand: Hashable, Sendable {
        /// Read somebody's document again.
        case refresh(String)
        /// Find out which of the two servers is wrong about who follows whom (FEP-8fcf).
        case compareFollowers(of: String, CollectionSynchronization)
    }

    private static let most = 256
    /// Worked on at once.
    private static let width = 2

    /// How long the same thing is not done again.
    private static let pause = Duration.minutes(10)

    private struct State {
        var waiting: [Errand] = []
        var done: [Errand: Timestamp] = [:]
    }

    private let state = Mutex(State())
    private let bell = Doorbell()
    private let clock: Clock

    package init(clock: Clock) {
        self.clock = clock
    }

    func add(_ errand: Errand) {
        let now = clock.now()
        state.withLock { state in
            if let last = state.done[errand], now - last < Errands.pause { return }
            guard state.waiting.count < Errands.most, !state.waiting.contains(errand) else { return }
            state.waiting.append(errand)
        }
        bell.ring()
    }

    /// Has somebody's document read again when they act and it has become old.
    func noteActing(_ actor: String, lastRead: Timestamp) {
        guard clock.now() - lastRead > ActorResolver.stale else { return }
        add(.refresh(actor))
    }

    /// Whether anything waits or is under way.
    package var isEmpty: Bool { count == 0 }

    /// How many wait or are under way.
    package var count: Int { state.withLock { $0.waiting.count } }

    /// Works until cancelled.
    package func run(_ work: @escaping @Sendable (Errand) async -> Void) async {
        while !Task.isCancelled {
            let next = state.withLock { Array($0.waiting.prefix(Errands.width)) }
            guard !next.isEmpty else {
                await bell.wait(atMost: nil, clock: clock)
                continue
            }
            await withDiscardingTaskGroup { group in
                for errand in next { group.addTask { await work(errand) } }
            }
            let now = clock.now()
            state.withLock { state in
                state.waiting.removeAll { next.contains($0) }
                if state.done.count >= Errands.most { state.done.removeAll() }
                for errand in next { state.done[errand] = now }
            }
        }
    }
}
