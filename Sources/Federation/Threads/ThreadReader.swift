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
        var waiting: [StatusID] = []
        var isLooking = false
        /// Addresses that could not be had, and until when they are not asked for again.
        var missing: [String: Timestamp] = [:]
        var asked = 0
        /// The whole state of the last look, for `islet status` and tests.
        var last: ThreadLook.Summary?
    }

    private let state = Mutex(State())
    private let bell = Doorbell()
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
    }

    /// Looks at the thread of this post when its turn comes. Returns at once.
    package func look(at status: StatusID) {
        state.withLock { state in
            state.waiting.removeAll { $0 == status }
            state.waiting.append(status)
            if state.waiting.count > limits.looks { state.waiting.removeFirst() }
        }
        bell.ring()
    }

    /// Documents asked for since the start, as a sign that something moves.
    package var asked: Int { state.withLock { $0.asked } }

    /// Whether there is nothing to look at.
    package var isIdle: Bool { state.withLock { $0.waiting.isEmpty && !$0.isLooking } }

    /// What the last look came to.
    package var last: ThreadLook.Summary? { state.withLock { $0.last } }

    /// Works until cancelled.
    package func run() async {
        while !Task.isCancelled {
            let next = state.withLock { state in
                let next = state.waiting.popLast()
                state.isLooking = next != nil
                return next
            }
            guard let next else {
                await bell.wait(atMost: nil, clock: clock)
                continue
            }
            do {
                let look = ThreadLook(
                    of: next, store: store, objects: objects, identity: identity, clock: clock,
                    limits: limits,
                    isMissing: { [weak self] in self?.isMissing($0) ?? false },
                    noteMissing: { [weak self] in self?.noteMissing($0) },
                    noteAsked: { [weak self] in self?.state.withLock { $0.asked += 1 } })
                let summary = try await look.run()
                state.withLock { $0.last = summary }
                if summary.documents > 0 {
                    log.debug(
                        "thread read",
                        ["documents": summary.documents, "posts": summary.posts, "cut": summary.isCut])
                }
            } catch {
                log.error("a thread could not be read", ["error": String(describing: error)])
            }
            state.withLock { $0.isLooking = false }
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
