package import Basics
import Crypto
package import Federation
package import HTTP
package import Storage
import Synchronization

/// Pushes notifications to the owner's apps.
///
/// What waits stands in the database, so that a restart goes on where it was. To one subscription one message goes at
/// a time, the oldest first; a push service that is slow holds up nobody else.
package final class PushWorker: Sendable {
    /// Exchanges at the same time.
    private static let most = 8

    private let busy = Mutex<Set<Int64>>([])
    private let bell = Doorbell()
    private let store: Store
    private let identity: Identity
    private let send: SendRequest
    private let userAgent: String
    private let clock: Clock
    private let log: Log
    private let tokens: PushTokens

    package init(
        store: Store, identity: Identity, send: @escaping SendRequest, userAgent: String, clock: Clock,
        log: Log
    ) {
        self.store = store
        self.identity = identity
        self.send = send
        self.userAgent = userAgent
        self.clock = clock
        self.log = log
        tokens = PushTokens(store: store, contact: identity.origin)
        store.changes.listen { [bell] news in
            if news.contains(.pushes) { bell.ring() }
        }
    }

    /// Works until cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                var pause: Duration?
                do {
                    for subscription in try pick() {
                        group.addTask { await self.empty(subscription) }
                    }
                    let next = try store.read { try Pushes.nextAttempt(after: clock.now(), in: $0) }
                    pause = next.map { max(.milliseconds(100), $0 - clock.now()) }
                } catch {
                    log.error("what is to be pushed cannot be read", ["error": String(describing: error)])
                    pause = .seconds(60)
                }
                await bell.wait(atMost: pause, clock: clock)
            }
        }
    }

    /// Takes the subscriptions that may be served now.
    private func pick() throws -> [Int64] {
        let due = try store.read { try Pushes.due(at: clock.now(), in: $0) }
        return busy.withLock { busy in
            let picked = due.filter { !busy.contains($0) }.prefix(max(0, PushWorker.most - busy.count))
            busy.formUnion(picked)
            return Array(picked)
        }
    }

    /// Sends what waits for one subscription, until nothing does or an attempt fails.
    private func empty(_ subscription: Int64) async {
        do {
            while !Task.isCancelled, let parcel = try next(of: subscription) {
                let outcome = await attempt(parcel)
                // What was cut off is tried again after the next start.
                if Task.isCancelled, case .later = outcome { break }
                try await keep(outcome, of: parcel)
                if case .later = outcome { break }
            }
        } catch {
            log.error("what was pushed could not be recorded", ["error": String(describing: error)])
            // Until the disk has room again, or the program stops.
            let pause = Doorbell()
            await pause.wait(atMost: .seconds(60), clock: clock)
        }
        busy.withLock { _ = $0.remove(subscription) }
        bell.ring()
    }

    /// A message and whom it is for. Nothing to say when what it would tell of is gone by now.
    private struct Parcel: Sendable {
        var subscription: PushSubscription
        var notification: NotificationID
        var text: [UInt8]?
    }

    private func next(of id: Int64) throws -> Parcel? {
        let now = clock.now()
        return try store.read { snapshot in
            guard let subscription = try PushSubscriptions.find(id, in: snapshot),
                let first = try Pushes.first(of: id, in: snapshot)
            else { return nil }
            var parcel = Parcel(subscription: subscription, notification: first)
            guard let notification = try Notifications.find(first, in: snapshot),
                now - notification.createdAt <= Pushes.lifetime,
                let message = try message(notification, in: snapshot)
            else { return parcel }
            let language = try Owner.load(in: snapshot)?.language ?? "en"
            parcel.text = message.json(token: subscription.accessToken, locale: language)
            return parcel
        }
    }

    private func message(_ notification: Notification, in snapshot: Snapshot) throws -> PushMessage? {
        guard let actor = try Actors.find(notification.actor, in: snapshot) else { return nil }
        var status = try notification.status.flatMap { try Statuses.find($0, in: snapshot) }
        if let original = status?.reblogOf { status = try Statuses.find(original, in: snapshot) }
        guard status != nil || !notification.kind.needsStatus else { return nil }
        return PushMessage(notification, from: actor, about: status, icon: identity.avatar(of: actor))
    }

    private func attempt(_ parcel: Parcel) async -> PushOutcome {
        guard let text = parcel.text else { return .dropped(reason: "nothing to say any more") }
        guard let url = WebURL(parcel.subscription.endpoint) else { return .over(reason: "not an address") }
        do {
            let request = try PushRequest.make(
                text, to: parcel.subscription, at: url,
                try tokens.credentials(for: url.origin, at: clock.now()),
                link: PushLink.url(of: parcel.subscription, identity), userAgent: userAgent)
            return PushOutcome(try await send(request), at: clock.now())
        } catch let error as SendError {
            return PushOutcome(error)
        } catch let error as PushEncryption.TooLong {
            return .dropped(reason: String(describing: error))
        } catch {
            // The store or the key cannot be read, which is nobody's fault but ours.
            return .later(reason: String(describing: error), after: nil)
        }
    }

    private func keep(_ outcome: PushOutcome, of parcel: Parcel) async throws {
        let now = clock.now()
        let (id, endpoint) = (parcel.subscription.id, parcel.subscription.endpoint)
        // The address itself is a secret between the app and its push service.
        let host = WebURL(endpoint)?.host ?? ""
        switch outcome {
        case .delivered: break
        case .dropped(let reason):
            if parcel.text != nil { log.notice("a push was dropped", ["host": host, "reason": reason]) }
        case .over(let reason):
            log.info("a push subscription is over", ["host": host, "reason": reason])
        case .later(let reason, _): log.info("a push failed", ["host": host, "reason": reason])
        }
        try await store.write { tx in
            switch outcome {
            case .delivered, .dropped:
                try Pushes.settle(parcel.notification, of: id, in: tx)
                if parcel.text == nil { try Pushes.drop(before: now - Pushes.lifetime, of: id, in: tx) }
            case .over:
                try Pushes.abandon(id, endpoint: endpoint, in: tx)
            case .later(_, let asked):
                let delay = PushOutcome.delay(
                    afterAttempt: parcel.subscription.attempts + 1, asked: asked, jitter: .random(in: 0...1))
                try Pushes.postpone(id, endpoint: endpoint, until: now + delay, in: tx)
            }
        }
    }
}
