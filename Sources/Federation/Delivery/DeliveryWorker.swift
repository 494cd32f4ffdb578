import ActivityPub
package import Basics
import HTTP
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

    private struct State {
        var waiting: [Deliveries.Due] = []
        /// Set when the database may hold more than `waiting`.
        var isStale = true
        /// When something that must not be tried yet may be.
        var nextAttempt: Timestamp?
        var inboxes: Set<Int64> = []
        var hosts: [Int64: Int] = [:]
        var active = 0
        /// When an exchange last began or ended.
        var lastMove = Timestamp(milliseconds: 0)
        var slow = 0
        /// Bodies of the items under way, so that a post to many inboxes is read once.
        var bodies: [Int64: Letter] = [:]
    }

    private struct Letter {
        var sending: Deliveries.Sending
        var digest: String
    }

    private struct Attempt {
        var outcome: DeliveryOutcome
        /// What was sent, if anything was.
        var letter: Deliveries.Sending?
        /// Whether the host answered without trouble of its own.
        var isAlive = false
        /// Whether the inbox may be elsewhere now.
        var isMoved = false
    }

    /// What a turn came to.
    private enum Turn {
        case send(Letter)
        case done(DeliveryOutcome)
    }

    private let state = Mutex(State())
    private let bell = Doorbell()
    private let store: Store
    private let knock: Knock
    private let errands: Errands
    private let identity: Identity
    private let clock: Clock
    private let log: Log
    private let limits: Limits
    private let userAgent: String
    private let digest: @Sendable ([UInt8]) -> String

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
        store.changes.listen { [bell, weak self] news in
            guard news.contains(.deliveries), let self else { return }
            self.state.withLock { $0.isStale = true }
            bell.ring()
        }
    }

    /// Exchanges under way and how many of them are slow.
    package var load: (active: Int, slow: Int) {
        state.withLock { ($0.active, $0.slow) }
    }

    /// How long exchanges have been under way without one beginning or ending; zero when there are none.
    package func stillness(at now: Timestamp) -> Duration {
        state.withLock { $0.active + $0.slow == 0 ? .zero : now - $0.lastMove }
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
                await bell.wait(atMost: pauseUntilNext(), clock: clock)
            }
        }
    }

    /// Takes what may be started now.
    private func pick() -> [Deliveries.Due] {
        refill()
        return state.withLock { state in
            var picked: [Deliveries.Due] = []
            var kept: [Deliveries.Due] = []
            for due in state.waiting {
                guard state.active < limits.inAll, !state.inboxes.contains(due.inbox),
                    state.hosts[due.host, default: 0] < limits.perHost
                else {
                    kept.append(due)
                    continue
                }
                state.inboxes.insert(due.inbox)
                state.hosts[due.host, default: 0] += 1
                state.active += 1
                state.lastMove = clock.now()
                picked.append(due)
            }
            state.waiting = kept
            return picked
        }
    }

    private func refill() {
        let now = clock.now()
        let busy: Set<Int64>? = state.withLock { state in
            guard state.isStale || state.nextAttempt.map({ $0 <= now }) ?? false else { return nil }
            state.isStale = false
            return state.inboxes
        }
        guard let busy else { return }
        do {
            let (due, next) = try store.read { snapshot in
                (
                    try Deliveries.due(at: now, limit: limits.window, in: snapshot),
                    try Deliveries.nextAttempt(after: now, in: snapshot)
                )
            }
            state.withLock { state in
                state.waiting = due.filter { !busy.contains($0.inbox) && !state.inboxes.contains($0.inbox) }
                state.nextAttempt = next
            }
        } catch {
            log.error("deliveries cannot be read", ["error": String(describing: error)])
            state.withLock { $0.nextAttempt = now + .seconds(60) }
        }
    }

    /// How long there is nothing to start unless somebody rings, as those do who end and make room.
    private func pauseUntilNext() -> Duration? {
        state.withLock { state in state.isStale ? nil : state.nextAttempt.map { max(.zero, $0 - clock.now()) }
        }
    }

    private func deliver(_ due: Deliveries.Due) async {
        let hasPlace = Place()
        let attempt = await attempt(due, hasPlace)
        await keep(attempt, of: due)
        if case .refused(let reason) = attempt.outcome {
            log.notice("delivery refused", ["host": due.hostName, "reason": reason])
        }
        if attempt.isMoved { readAgain(due.inbox) }
        finish(due, hasPlace)
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
                return state.withLock { $0.isStale = $0.isStale || hasMore }
            } catch {
                log.error(
                    "a delivery could not be recorded",
                    ["host": due.hostName, "error": String(describing: error)])
                // The store of a program that stops takes nothing more; it is sent again after the next start.
                if case StoreError.closed = error { return }
                if Task.isCancelled { return }
                await bell.wait(atMost: .seconds(30), clock: clock)
                state.withLock { $0.lastMove = clock.now() }
            }
        }
    }

    private func finish(_ due: Deliveries.Due, _ hasPlace: Place) {
        state.withLock { state in
            state.inboxes.remove(due.inbox)
            state.lastMove = clock.now()
            let others = state.hosts[due.host, default: 1] - 1
            state.hosts[due.host] = others > 0 ? others : nil
            if hasPlace.leave() { state.active -= 1 } else { state.slow -= 1 }
            if state.active == 0 && state.slow == 0 { state.bodies.removeAll() }
            if state.waiting.isEmpty { state.isStale = true }
        }
        bell.ring()
    }

    private func attempt(_ due: Deliveries.Due, _ hasPlace: Place) async -> Attempt {
        guard let url = WebURL(due.url) else { return Attempt(outcome: .refused(reason: "not an address")) }
        let letter: Letter
        do {
            switch try turn(of: due) {
            case .done(let outcome): return Attempt(outcome: outcome)
            case .send(let found): letter = found
            }
        } catch {
            return Attempt(outcome: .postponed(reason: String(describing: error), after: nil))
        }
        let giveWay = clock.after(limits.patience) { self.giveWay(hasPlace) }
        defer { giveWay() }
        let request = OutboundRequest(
            method: .post, url: url,
            fields: [
                "Content-Type": "application/activity+json",
                "Accept": "application/activity+json, application/json",
                "User-Agent": userAgent,
            ],
            body: letter.sending.body, maxBody: 65_536, redirects: 0)
        do {
            let covered = letter.sending.synchronizes ? try synchronization(with: url) : nil
            let response = try await knock(
                request, as: letter.sending.asInstance ? .instance : .owner, digest: letter.digest,
                covered: covered)
            return Attempt(
                outcome: DeliveryOutcome(response, at: clock.now()), letter: letter.sending,
                isAlive: response.status.code < 500,
                isMoved: [301, 302, 307, 308, 401, 404, 410].contains(response.status.code))
        } catch let error as SendError {
            // An answer too long to read was an answer all the same, but not one that says "taken".
            return Attempt(outcome: DeliveryOutcome(error), letter: letter.sending)
        } catch {
            return Attempt(
                outcome: .postponed(reason: String(describing: error), after: nil), letter: letter.sending)
        }
    }

    /// Who follows from there, so that the other side can compare (FEP-8fcf).
    private func synchronization(with url: WebURL) throws -> (name: String, value: String) {
        let followers = try store.read { try Followers.uris(onOrigin: url.origin, in: $0) }
        let synchronization = CollectionSynchronization(
            collectionID: identity.followers, url: identity.followersSynchronization,
            digest: CollectionSynchronization.digest(of: followers))
        return ("Collection-Synchronization", synchronization.header)
    }

    private func giveWay(_ hasPlace: Place) {
        let gave = state.withLock { state in
            guard state.slow < limits.slow, hasPlace.leave() else { return false }
            state.active -= 1
            state.slow += 1
            return true
        }
        if gave { bell.ring() }
    }

    private func turn(of due: Deliveries.Due) throws -> Turn {
        // A body that was read for another inbox serves for this one when nothing later waits behind it.
        let known = state.withLock { $0.bodies[due.item] }
        let turn = try store.read { try Deliveries.turn(of: due, knowing: known?.sending, in: $0) }
        switch turn {
        case .gone: return .done(.needless)
        case .superseded: return .done(.needless)
        case .cancelled(let last): return .done(.cancelled(through: last))
        case .send(let sending):
            if let known, known.sending.body == sending.body {
                return .send(Letter(sending: sending, digest: known.digest))
            }
            let letter = Letter(sending: sending, digest: digest(sending.body))
            state.withLock { state in
                if state.bodies.count >= 32 { state.bodies.removeAll() }
                state.bodies[due.item] = letter
            }
            return .send(letter)
        }
    }
}

/// Whether an exchange still counts among those that hold up others; left once.
private final class Place: Sendable {
    private let isTaken = Mutex(true)

    /// `true` for the one call that leaves.
    func leave() -> Bool {
        isTaken.withLock { isTaken in
            defer { isTaken = false }
            return isTaken
        }
    }
}
