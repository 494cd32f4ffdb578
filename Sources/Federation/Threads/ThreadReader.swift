import ActivityPub
package import Basics
package import Storage
import Synchronization

/// Completes the threads that the owner opens: missing parents and replies, on a budget, while the owner reads what
/// there is.
///
/// One thread is looked at at a time, the one that was opened last first. Nothing of it notifies or goes into the
/// home timeline.
package final class ThreadReader: Sendable {
    private struct State {
        /// Addresses that could not be had, and until when they are not asked for again.
        var missing: [String: Timestamp] = [:]
        var asked = 0
    }

    private let state = Mutex(State())
    private let wishes: Wishes<StatusID>
    private let store: Store
    private let objects: ObjectResolver
    private let identity: Identity
    private let clock: Clock
    private let log: Log
    private let limits: ThreadLimits

    package init(
        store: Store, objects: ObjectResolver, identity: Identity, clock: Clock, log: Log,
        limits: ThreadLimits = ThreadLimits()
    ) {
        self.store = store
        self.objects = objects.inBackground
        self.identity = identity
        self.clock = clock
        self.log = log
        self.limits = limits
        wishes = Wishes(most: limits.looks, clock: clock)
    }

    /// Looks at the thread of this post when its turn comes. Returns at once.
    package func look(at status: StatusID) { wishes.add(status) }

    /// Documents asked for since the start, as a sign that something moves.
    package var asked: Int { state.withLock { $0.asked } }

    /// Threads to be looked at.
    package var waiting: Int { wishes.count }

    /// Whether there is nothing to look at.
    package var isIdle: Bool { wishes.isIdle }

    /// Works until cancelled.
    package func run() async {
        await wishes.grant { await look($0) }
    }

    private func look(_ status: StatusID) async {
        do {
            let look = ThreadLook(
                of: status, store: store, objects: objects, identity: identity, clock: clock, limits: limits,
                isMissing: { [weak self] in self?.isMissing($0) ?? false },
                noteMissing: { [weak self] in self?.noteMissing($0) },
                noteAsked: { [weak self] in self?.state.withLock { $0.asked += 1 } })
            let summary = try await look.run()
            guard summary.documents > 0 else { return }
            log.debug(
                "thread read",
                ["documents": summary.documents, "posts": summary.posts, "cut": summary.isCut])
        } catch {
            log.error("a thread could not be read", ["error": String(describing: error)])
        }
    }

    private func isMissing(_ uri: String) -> Bool {
        let now = clock.now()
        return state.withLock { $0.missing[uri].map { $0 > now } ?? false }
    }

    private func noteMissing(_ uri: String) {
        let until = clock.now() + limits.missingPause
        state.withLock { state in
            if state.missing.count >= 2_048 { state.missing.removeAll() }
            state.missing[uri] = until
        }
    }
}
