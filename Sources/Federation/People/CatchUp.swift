import ActivityPub
package import Basics
import JSON
package import Storage

/// After a night off: looks into the outboxes of followed people for what was missed meanwhile, one person after the
/// other, and sorts it in by its own date.
///
/// How far it came is written down, so that a restart goes on there.
package struct CatchUp: Sendable {
    package struct Limits: Sendable {
        /// Being away for less needs nothing: others deliver again.
        package var absence = Duration.hours(1)
        /// What is older than this is not looked for.
        package var longest = Duration.days(14)
        /// Pages and posts of one person.
        package var pages = 4
        package var posts = 60
        /// Between two people, so that no host is asked faster.
        package var pause = Duration.milliseconds(500)

        package init() {}
    }

    private let store: Store
    private let inbox: Inbox
    private let fetcher: Fetcher
    private let identity: Identity
    private let clock: Clock
    private let log: Log
    private let limits: Limits
    /// When this server was last known to be there, read before anything new can come.
    private let lastAlive: Timestamp?

    package init(
        store: Store, inbox: Inbox, objects: ObjectResolver, identity: Identity, clock: Clock, log: Log,
        limits: Limits = Limits()
    ) throws {
        lastAlive = try store.read { snapshot in
            try [Settings.integer(.cleanStop, in: snapshot), Settings.integer(.lastActivity, in: snapshot)]
                .compactMap(\.self).max().map { Timestamp(milliseconds: $0) }
        }
        self.store = store
        self.inbox = inbox
        fetcher = objects.fetcher.inBackground
        self.identity = identity
        self.clock = clock
        self.log = log
        self.limits = limits
    }

    /// Whether nothing seems to have been missed only because the clock may not be right yet.
    package var mayDependOnTheClock: Bool {
        lastAlive.map { clock.now() - $0 <= limits.absence } ?? false
    }

    /// Makes good what was missed, if anything was, and returns.
    package func run() async {
        do {
            guard let since = try await begin() else { return }
            log.notice("looking for what was missed", ["since": since.seconds])
            var found = 0
            while !Task.isCancelled {
                let cursor = try store.read { try Settings.integer(.missedCursor, in: $0) } ?? 0
                let next = try store.read { try Following.next(after: cursor, limit: 1, in: $0) }.first
                guard let next else { break }
                found += await look(at: next.actor, since: since)
                try await store.write { tx in
                    try Settings.set(.missedCursor, to: String(next.row), in: tx)
                }
                await Doorbell().wait(atMost: limits.pause, clock: clock)
            }
            guard !Task.isCancelled else { return }
            try await store.write { tx in
                try Settings.remove(.missedSince, in: tx)
                try Settings.remove(.missedCursor, in: tx)
            }
            log.notice("looked for what was missed", ["found": found])
        } catch {
            log.error("what was missed could not be looked for", ["error": String(describing: error)])
        }
    }

    /// Since when something may be missing; nil when nothing is.
    private func begin() async throws -> Timestamp? {
        let now = clock.now()
        let under = try store.read { try Settings.integer(.missedSince, in: $0) }
        if let under { return max(Timestamp(milliseconds: under), now - limits.longest) }
        guard let last = lastAlive, now - last > limits.absence else { return nil }
        try await store.write { tx in
            try Settings.set(.missedSince, to: String(last.milliseconds), in: tx)
            try Settings.set(.missedCursor, to: "0", in: tx)
        }
        return max(last, now - limits.longest)
    }

    private func look(at id: ActorID, since: Timestamp) async -> Int {
        guard let actor = try? store.read({ try Actors.find(id, in: $0) }), let outbox = actor.outboxURI
        else { return 0 }
        let pages = OutboxPages(fetcher: fetcher, actor: actor.uri)
        var found = 0
        do {
            var page = try await pages.first(outbox)
            for number in 1...limits.pages {
                let (taken, isOld) = try await take(page, of: actor, since: since)
                found += taken
                guard !isOld, found < limits.posts, number < limits.pages, let next = page.next else { break }
                page = try await pages.page(next)
            }
        } catch {
            log.debug("an outbox could not be read", ["actor": actor.uri, "reason": "\(error)"])
        }
        return found
    }

    /// Takes the activities of a page as if they had been delivered: they came from the origin of their actor.
    private func take(
        _ page: OutboxPages.OnePage, of actor: Actor, since: Timestamp
    ) async throws -> (taken: Int, isOld: Bool) {
        var taken = 0
        for item in page.items {
            guard let activity = Activity(item), activity.actor == actor.uri,
                activity.type == "Create" || activity.type == "Announce"
            else { continue }
            let published = activity.published ?? activity.object?.date("published")
            guard let published, published >= since.milliseconds else { return (taken, true) }
            while case .overloaded = try await inbox.take(
                activity, from: actor.uri, actor: actor.id, body: Array(item.rawBytes), isQuiet: true)
            {
                // What waits to be fetched comes first, and what others deliver meanwhile.
                await Doorbell().wait(atMost: .seconds(5), clock: clock)
                if Task.isCancelled { return (taken, true) }
            }
            taken += 1
        }
        return (taken, false)
    }
}
