import ActivityPub
package import Basics
import JSON
package import Storage
import Synchronization

/// Works off the activities that wait for something to be fetched, and the quotes that wait to be checked.
///
/// What cannot be had now is tried again, eight times within a day; then the activity is applied without it, which
/// for most kinds means that nothing happens.
package final class FetchWorker: Sendable {
    /// Activities worked on at once.
    private static let width = 4
    private static let attempts = 8
    private static let mostFailures = 24
    /// A quote that could not be checked is looked at again after this.
    private static let quotePause = Duration.days(1)

    private let store: Store
    private let inbox: Inbox
    private let actors: ActorResolver
    private let objects: ObjectResolver
    private let quotes: QuoteCheck
    private let clock: Clock
    private let log: Log
    private let bell = Doorbell()
    /// What is worked on, and the host that it is about.
    private let underWay = Mutex<[Int64: String]>([:])

    package init(
        store: Store, inbox: Inbox, actors: ActorResolver, objects: ObjectResolver, identity: Identity,
        clock: Clock, log: Log
    ) {
        self.store = store
        self.inbox = inbox
        self.actors = actors
        self.objects = objects
        quotes = QuoteCheck(
            fetcher: objects.fetcher, objects: objects, store: store, identity: identity, clock: clock)
        self.clock = clock
        self.log = log
        store.changes.listen { [bell] news in
            if news.contains(.fetches) { bell.ring() }
        }
    }

    /// Works until cancelled. Of one host there is one activity at a time, so that one that hangs holds up nobody.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let now = clock.now()
                var pause: Duration?
                do {
                    let (items, quotes, next) = try store.read { try waiting(at: now, in: $0) }
                    for item in items where begin(item.id, host: ObjectID.origin(of: item.sender) ?? "") {
                        group.addTask { await self.work(on: item.id) }
                    }
                    for quote in quotes where begin(quote.status.value, host: "quotes") {
                        group.addTask { await self.check(quote) }
                    }
                    pause = next.map { max(.milliseconds(100), $0 - now) }
                } catch {
                    log.error("waiting activities cannot be read", ["error": String(describing: error)])
                    pause = .seconds(60)
                }
                await bell.wait(atMost: pause, clock: clock)
            }
        }
    }

    /// What may be begun now, and when the next may.
    private func waiting(
        at now: Timestamp, in snapshot: Snapshot
    ) throws -> ([(id: Int64, sender: String)], [Quote], Timestamp?) {
        guard underWay.withLock({ $0.count < FetchWorker.width }) else { return ([], [], nil) }
        // All of them: those of a host that hangs may be the oldest.
        let due = try Inbound.heads(at: now, limit: Inbound.limit, in: snapshot)
        let quotes = try Quotes.unchecked(
            before: now - FetchWorker.quotePause, limit: FetchWorker.width, in: snapshot)
        return (due, quotes, try Inbound.nextAttempt(after: now, in: snapshot))
    }

    /// Takes a place for a piece of work; false when there is none, or its host has one.
    private func begin(_ id: Int64, host: String) -> Bool {
        underWay.withLock { busy in
            guard busy.count < FetchWorker.width, busy[id] == nil, !busy.values.contains(host) else {
                return false
            }
            busy[id] = host
            return true
        }
    }

    private func end(_ id: Int64) {
        underWay.withLock { $0[id] = nil }
        bell.ring()
    }

    private func check(_ quote: Quote) async {
        defer { end(quote.status.value) }
        do {
            try await quotes.run(quote)
        } catch {
            log.error("a quote could not be checked", ["error": String(describing: error)])
            await Doorbell().wait(atMost: .seconds(60), clock: clock)
        }
    }

    private func work(on id: Int64) async {
        defer { end(id) }
        do {
            guard let item = try store.read({ try Inbound.find(id, in: $0) }) else { return }
            await work(on: item)
        } catch {
            log.error("a waiting activity cannot be read", ["error": String(describing: error)])
            await Doorbell().wait(atMost: .seconds(60), clock: clock)
        }
    }

    private func work(on item: Inbound.Item) async {
        do {
            guard let document = try? Document(item.body), let activity = Activity(document.root),
                let needs = try inbox.needs(of: activity, from: item.sender)
            else { return try await store.write { tx in try Inbound.remove(item.id, in: tx) } }
            var found: [String: StatusID] = [:]
            for need in needs {
                if let failure = await fetch(need, found: &found), failure.isPassing,
                    item.attempts + 1 < FetchWorker.attempts
                {
                    let wait = Duration.seconds(30) * (1 << (2 * min(item.attempts, 6)))
                    let next = clock.now() + wait
                    return try await store.write { tx in try Inbound.postpone(item.id, until: next, in: tx) }
                }
            }
            try await inbox.finish(item, activity, found: found)
        } catch {
            log.error("a waiting activity could not be worked on", ["error": String(describing: error)])
            if item.attempts >= FetchWorker.mostFailures, !(error is StoreError) {
                // Whatever it is, it does not pass. What cannot be removed now is met again.
                try? await store.write { tx in try Inbound.remove(item.id, in: tx) }
                return
            }
            let next = clock.now() + .seconds(60)
            do {
                try await store.write { tx in try Inbound.postpone(item.id, until: next, in: tx) }
            } catch {
                // Not even this can be written: the item stays due, but not at once.
                await Doorbell().wait(atMost: .seconds(60), clock: clock)
            }
        }
    }

    /// - Parameter found: what was found where; the address that was asked need not be the id.
    private func fetch(_ need: InboxNeed, found: inout [String: StatusID]) async -> FetchError? {
        do throws(FetchError) {
            switch need {
            case .status(let uri): found[uri] = try await objects.status(uri)
            case .freshStatus(let uri): _ = try await objects.refresh(uri)
            case .goneStatus(let uri): try await objects.removeIfGone(uri)
            case .actor(let uri): _ = try await actors.id(uri).get()
            case .freshActor(let uri): _ = try await actors.refresh(uri).get()
            case .activity(let id): try await take(id)
            }
            return nil
        } catch {
            return error
        }
    }

    /// Takes an activity from the server of its actor, whoever told us of it.
    private func take(_ id: String) async throws(FetchError) {
        let document = try await objects.fetcher.document(id)
        guard let activity = Activity(document), activity.id == id, ObjectID.sameOrigin(activity.actor, id)
        else { throw .refused("not an activity of its own server") }
        let actor = try await actors.id(activity.actor).get()
        do {
            _ = try await inbox.take(
                activity, from: activity.actor, actor: actor, body: Array(document.rawBytes))
        } catch {
            throw .passing(String(describing: error))
        }
    }
}
