import ActivityPub
package import Basics
import JSON
package import Storage

/// Works off the activities that wait for something to be fetched.
///
/// What cannot be had now is tried again, eight times within a day; then the activity is applied without it, which
/// for most kinds means that nothing happens.
package final class FetchWorker: Sendable {
    /// Activities worked on at once.
    private static let width = 4
    private static let attempts = 8

    private let store: Store
    private let inbox: Inbox
    private let actors: ActorResolver
    private let objects: ObjectResolver
    private let clock: Clock
    private let log: Log
    private let bell = Doorbell()

    package init(
        store: Store, inbox: Inbox, actors: ActorResolver, objects: ObjectResolver, clock: Clock, log: Log
    ) {
        self.store = store
        self.inbox = inbox
        self.actors = actors
        self.objects = objects
        self.clock = clock
        self.log = log
        store.changes.listen { [bell] news in
            if news.contains(.fetches) { bell.ring() }
        }
    }

    /// Works until cancelled.
    package func run() async {
        while !Task.isCancelled {
            let now = clock.now()
            var due: [Inbound.Item] = []
            var next: Timestamp?
            do {
                due = try store.read { try Inbound.due(at: now, limit: FetchWorker.width, in: $0) }
                if due.isEmpty { next = try store.read { try Inbound.nextAttempt(in: $0) } }
            } catch {
                log.error("waiting activities cannot be read", ["error": String(describing: error)])
                next = now + .seconds(60)
            }
            if due.isEmpty {
                await bell.wait(atMost: next.map { max(.milliseconds(100), $0 - now) }, clock: clock)
                continue
            }
            await withDiscardingTaskGroup { group in
                for item in due { group.addTask { await self.work(on: item) } }
            }
        }
    }

    private func work(on item: Inbound.Item) async {
        do {
            guard let document = try? Document(item.body), let activity = Activity(document.root),
                let needs = try inbox.needs(of: activity, from: item.sender)
            else { return try await store.write { tx in try Inbound.remove(item.id, in: tx) } }
            for need in needs {
                if let failure = await fetch(need), failure.isPassing,
                    item.attempts + 1 < FetchWorker.attempts
                {
                    let wait = Duration.seconds(30) * (1 << (2 * min(item.attempts, 6)))
                    let next = clock.now() + wait
                    return try await store.write { tx in try Inbound.postpone(item.id, until: next, in: tx) }
                }
            }
            try await inbox.finish(item, activity)
        } catch {
            log.error("a waiting activity could not be worked on", ["error": String(describing: error)])
            let next = clock.now() + .seconds(60)
            do {
                try await store.write { tx in try Inbound.postpone(item.id, until: next, in: tx) }
            } catch {
                // Not even this can be written: the item stays due, but not at once.
                await Doorbell().wait(atMost: .seconds(60), clock: clock)
            }
        }
    }

    private func fetch(_ need: InboxNeed) async -> FetchError? {
        switch need {
        case .status(let uri):
            do {
                _ = try await objects.status(uri)
                return nil
            } catch {
                return error
            }
        case .freshActor(let uri):
            if case .failure(let error) = await actors.refresh(uri) { return error }
            return nil
        }
    }
}
