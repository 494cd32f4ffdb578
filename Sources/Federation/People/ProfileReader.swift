import ActivityPub
package import Basics
import JSON
package import Storage

/// Fills the profiles of people whom the owner follows or opens: their latest and their pinned posts and true
/// numbers. Nothing of it notifies or goes into the home timeline.
package final class ProfileReader: Sendable {
    package struct Limits: Sendable {
        /// Posts of one look.
        package var posts = 40
        package var pages = 3
        package var pinned = 10
        /// Posts that came as bare addresses and are asked for one by one.
        package var addresses = 20
        /// How long a profile is not looked at again.
        package var pause = Duration.hours(1)
        /// Looks that wait; beyond it the oldest is dropped.
        package var looks = 32

        package init() {}
    }

    private struct Wish: Hashable {
        var actor: ActorID
        /// Whether to go on where the last look ended.
        var isDeeper: Bool
    }

    private let wishes: Wishes<Wish>
    private let store: Store
    private let actors: ActorResolver
    private let objects: ObjectResolver
    private let identity: Identity
    private let clock: Clock
    private let log: Log
    private let limits: Limits

    package init(
        store: Store, actors: ActorResolver, objects: ObjectResolver, identity: Identity, clock: Clock,
        log: Log, limits: Limits = Limits()
    ) {
        self.store = store
        self.actors = actors.inBackground()
        self.objects = objects.inBackground
        self.identity = identity
        self.clock = clock
        self.log = log
        self.limits = limits
        wishes = Wishes(most: limits.looks, clock: clock)
    }

    /// Looks at somebody when their turn comes, unless that was done lately. Returns at once.
    ///
    /// - Parameter isDeeper: whether the owner has read to the end of what is here.
    package func look(at actor: ActorID, isDeeper: Bool = false) {
        guard actor != identity.owner else { return }
        wishes.add(Wish(actor: actor, isDeeper: isDeeper))
    }

    /// Profiles to be looked at.
    package var waiting: Int { wishes.count }

    /// Whether there is nothing to look at.
    package var isIdle: Bool { wishes.isIdle }

    /// Works until cancelled.
    package func run() async {
        await wishes.grant { wish in
            do {
                try await look(wish)
            } catch {
                log.debug("a profile could not be read", ["reason": String(describing: error)])
            }
        }
    }

    private func look(_ wish: Wish) async throws {
        guard let known = try store.read({ try Actors.find(wish.actor, in: $0) }),
            let look = try store.read({ try Actors.look(at: wish.actor, in: $0) }), !known.isLocal
        else { return }
        if wish.isDeeper {
            guard let rest = look.rest else { return }
            return try await readOn(known, from: rest)
        }
        guard clock.now() - look.at >= limits.pause else { return }
        // Written first: a look that fails is not tried again and again.
        try await store.write { [clock] tx in
            try Actors.setLook(known.id, at: clock.now(), rest: look.rest, in: tx)
        }
        var actor = known
        if clock.now() - known.fetchedAt > ActorResolver.stale {
            let fresh = try await actors.refresh(known.uri).get()
            actor = try store.read { try Actors.find(fresh, in: $0) } ?? known
        }
        try await readLatest(actor)
        try await readPinned(actor)
    }

    private func readLatest(_ actor: Actor) async throws {
        guard let outbox = actor.outboxURI else { return }
        let pages = OutboxPages(fetcher: objects.fetcher, actor: actor.uri)
        let first = try await pages.first(outbox)
        let (newest, rest) = try await store(first, of: actor, pages)
        let followers = await total(of: actor.followersURI, pages)
        let following = await total(of: actor.followersURI.flatMap(ProfileReader.following), pages)
        try await store.write { [clock] tx in
            try Actors.setCounts(
                actor.id, statuses: first.total, followers: followers, following: following,
                lastStatusAt: newest, in: tx)
            try Actors.setLook(actor.id, at: clock.now(), rest: rest, in: tx)
        }
    }

    private func readOn(_ actor: Actor, from page: String) async throws {
        let pages = OutboxPages(fetcher: objects.fetcher, actor: actor.uri)
        let (_, rest) = try await store(pages.page(page), of: actor, pages)
        try await store.write { [clock] tx in
            try Actors.setLook(actor.id, at: clock.now(), rest: rest, in: tx)
        }
    }

    /// Stores the posts of a page and of those after it, within the limits; returns when the newest was written and
    /// the page to go on with.
    private func store(
        _ first: OutboxPages.OnePage, of actor: Actor, _ pages: OutboxPages
    ) async throws -> (newest: Timestamp?, rest: String?) {
        var page = first
        var stored = 0
        var asked = 0
        var newest: Timestamp?
        for number in 1...limits.pages {
            for item in page.items {
                guard let post = item.post(by: actor.uri) else { continue }
                if post.document == nil {
                    guard asked < limits.addresses else { continue }
                    asked += 1
                }
                guard let id = await keep(post) else { continue }
                stored += 1
                let written = try store.read { try Statuses.find(id, in: $0)?.createdAt }
                if let written { newest = newest.map { max($0, written) } ?? written }
            }
            guard let next = page.next, stored < limits.posts, number < limits.pages else { break }
            page = try await pages.page(next)
        }
        return (newest, page.next)
    }

    private func keep(_ post: (document: JSONValue?, id: String)) async -> StatusID? {
        // One post that is not to be had does not keep the others away.
        if let document = post.document { return try? await objects.keep(document) }
        return try? await objects.status(post.id)
    }

    private func readPinned(_ actor: Actor) async throws {
        guard let featured = actor.featuredURI, ObjectID.sameOrigin(featured, actor.uri) else { return }
        let (value, _) = try await objects.fetcher.page(featured)
        guard let collection = CollectionDocument(value) else { return }
        var pinned: [StatusID] = []
        for item in (collection.items + (collection.firstPage?.items ?? [])).prefix(limits.pinned) {
            guard let post = item.post(by: actor.uri), let id = await keep(post) else { continue }
            pinned.append(id)
        }
        try await store.write { [clock, pinned] tx in
            for gone in try Pins.of(actor.id, in: tx) where !pinned.contains(gone) {
                try Pins.remove(gone, in: tx)
            }
            // The list has the newest first, and so has ours.
            for (place, id) in pinned.enumerated() {
                guard try Statuses.find(id, in: tx)?.actor == actor.id else { continue }
                try Pins.insert(id, at: clock.now() - .milliseconds(place), in: tx)
            }
        }
    }

    private func total(of collection: String?, _ pages: OutboxPages) async -> Int? {
        guard let collection else { return nil }
        return await pages.total(collection)
    }

    /// Only the address of the followers is stored; that of those followed is beside it on most servers.
    private static func following(_ followers: String) -> String? {
        guard followers.hasSuffix("/followers") else { return nil }
        return followers.dropLast("followers".count) + "following"
    }
}
