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

    private let waiting = Mutex<[Errand]>([])
    private let bell = Doorbell()
    private let clock: Clock

    package init(clock: Clock) {
        self.clock = clock
    }

    func add(_ errand: Errand) {
        waiting.withLock { waiting in
            guard waiting.count < Errands.most, !waiting.contains(errand) else { return }
            waiting.append(errand)
        }
        bell.ring()
    }

    /// Has somebody's document read again when they act and it has become old.
    func noteActing(_ actor: String, lastRead: Timestamp) {
        guard clock.now() - lastRead > ActorResolver.stale else { return }
        add(.refresh(actor))
    }

    /// Whether anything waits or is under way.
    package var isEmpty: Bool { waiting.withLock { $0.isEmpty } }

    /// Works until cancelled.
    package func run(_ work: @escaping @Sendable (Errand) async -> Void) async {
        while !Task.isCancelled {
            let next = waiting.withLock { Array($0.prefix(Errands.width)) }
            guard !next.isEmpty else {
                await bell.wait(atMost: nil, clock: clock)
                continue
            }
            await withDiscardingTaskGroup { group in
                for errand in next { group.addTask { await work(errand) } }
            }
            waiting.withLock { waiting in waiting.removeAll { next.contains($0) } }
        }
    }
}
