package import Basics
package import Storage
import Synchronization

/// Carries the outbox to other servers.
///
/// What is to be delivered stands in the database; this only picks what is due, sends it and writes down how it
/// went, so that a restart goes on where it was. To one inbox one item goes at a time, in order; to one host at
/// most two. An exchange that has waited a second without an answer gives its place to others, so hosts that hang
/// do not hold up those that do not.
package final class DeliveryWorker: Sendable {
    package struct Limits: Sendable {
        /// Exchanges that may hold up others.
        package var inAll = 64
        /// Exchanges that have waited for longer than `patience`, and no longer do.
        package var slow = 64
        package var perHost = 2
        package var patience = Duration.seconds(1)
        /// Deliveries looked up at a time.
        package var window = 512

        package init() {}
    }

    /// A body and its digest.
    struct Letter {
        var sending: Deliveries.Sending
        var digest: String
    }

    private struct State {
        var queue: DeliveryQueue
        /// Of the items under way, so that a post to many inboxes is read once.
        var letters: [Int64: Letter] = [:]
    }

    private static let letters = 32

    private let state: Mutex<State>
    private let bell = Doorbell()
    let store: Store
    let knock: Knock
    private let errands: Errands
    let identity: Identity
    let clock: Clock
    private let log: Log
    let limits: Limits
    let userAgent: String
    let digest: @Sendable ([UInt8]) -> String

    /// - Parameter digest: makes the value of the `Digest` field.
    package init(
        store: Store, knock: Knock, errands: Errands, identity: Identity, userAgent: String, clock: Clock,
        log: Log,
        limits: Limits = Limits(), digest: @escaping @Sendable ([UInt8]) -> String
    ) {
        self.store = store
        self.knock = knock
        self.errands = errands
        self.identity = identity
        self.userAgent = userAgent
        self.clock = clock
        self.log = log
        self.limits = limits
        self.digest = digest
        state = Mutex(State(queue: DeliveryQueue(limits: limits)))
        store.changes.listen { [bell, weak self] news in
            guard news.contains(.deliveries), let self else { return }
            self.state.withLock { $0.queue.spoil() }
            bell.ring()
        }
    }

    /// Exchanges under way and how many of them are slow.
    package var load: (active: Int, slow: Int) {
        state.withLock { ($0.queue.active, $0.queue.slow) }
    }

    /// How long exchanges have been under way without one beginning or ending; zero when there are none.
    package func stillness(at now: Timestamp) -> Duration {
        state.withLock { $0.queue.stillness(at: now) }
    }

    /// Works until cancelled; what is under way then is finished or, cut off, tried again after the next start.
    package func run() async {
        // What was under way when the program ended may have arrived.
        do {
            try await store.write { tx in try Deliveries.doubtAll(in: tx) }
        } catch {
            log.error("deliveries cannot be marked", ["error": String(describing: error)])
        }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                for due in pick() {
                    group.addTask { await self.deliver(due) }
                }
                await bell.wait(atMost: state.withLock { $0.queue.pause(at: clock.now()) }, clock: clock)
            }
        }
    }

    /// Takes what may begin now.
    private func pick() -> [Deliveries.Due] {
        let now = clock.now()
        refill(at: now)
        return state.withLock { $0.queue.take(at: now) }
    }

    private func refill(at now: Timestamp) {
        let busy = state.withLock { $0.queue.wantsMore(at: now) ? $0.queue.busy : nil }
        guard let busy else { return }
        do {
            let (due, next) = try store.read { snapshot in
                (
                    try Deliveries.due(at: now, limit: limits.window, in: snapshot),
                    try Deliveries.nextAttempt(after: now, in: snapshot)
                )
            }
            state.withLock { $0.queue.fill(due, busy: busy, next: next) }
        } catch {
            log.error("deliveries cannot be read", ["error": String(describing: error)])
            state.withLock { $0.queue.ask(again: now + .seconds(60)) }
        }
    }

    private func deliver(_ due: Deliveries.Due) async {
        let attempt = await attempt(due)
        await keep(attempt, of: due)
        if case .refused(let reason) = attempt.outcome {
            log.notice("delivery refused", ["host": due.hostName, "reason": reason])
        }
        if attempt.isMoved { readAgain(due.inbox) }
        end(due)
    }

    /// Has the documents of those read again whose inbox answered strangely: they may have another one, or a new key
    /// of ours to learn.
    private func readAgain(_ inbox: Int64) {
        // Who cannot be looked up now is after the next attempt.
        let actors = (try? store.read { try Inboxes.actors(of: inbox, limit: 3, in: $0) }) ?? []
        for actor in actors { errands.add(.refresh(actor)) }
    }

    /// Writes down how it went, however long the disk is full: what was taken must not be sent again.
    private func keep(_ attempt: Attempt, of due: Deliveries.Due) async {
        let bell = Doorbell()
        while true {
            do {
                let hasMore = try await store.write { [clock, identity] tx in
                    let record = DeliveryRecord(
                        due: due, letter: attempt.letter, isAlive: attempt.isAlive, identity: identity,
                        now: clock.now())
                    try record.write(attempt.outcome, in: tx)
                    return try Deliveries.waits(forInbox: due.inbox, in: tx)
                }
                return state.withLock { if hasMore { $0.queue.spoil() } }
            } catch {
                log.error(
                    "a delivery could not be recorded",
                    ["host": due.hostName, "error": String(describing: error)])
                // The store of a program that stops takes nothing more; it is sent again after the next start.
                if case StoreError.closed = error { return }
                if Task.isCancelled { return }
                await bell.wait(atMost: .seconds(30), clock: clock)
                state.withLock { $0.queue.stir(at: clock.now()) }
            }
        }
    }

    private func end(_ due: Deliveries.Due) {
        state.withLock { state in
            state.queue.end(due, at: clock.now())
            if state.queue.isResting { state.letters.removeAll() }
        }
        bell.ring()
    }

    /// Lets others begin, as this one has waited for long.
    func giveWay(_ due: Deliveries.Due) {
        if state.withLock({ $0.queue.giveWay(due) }) { bell.ring() }
    }

    func knownLetter(_ item: Int64) -> Letter? { state.withLock { $0.letters[item] } }

    func remember(_ letter: Letter, of item: Int64) {
        state.withLock { state in
            if state.letters.count >= DeliveryWorker.letters { state.letters.removeAll() }
            state.letters[item] = letter
        }
    }
}
