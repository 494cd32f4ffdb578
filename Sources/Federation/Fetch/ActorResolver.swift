import ActivityPub
package import Basics
import Crypto
import JSON
package import Storage
import Synchronization

/// People of other servers: their documents, stored when somebody needs them.
package final class ActorResolver: Sendable {
    /// A document is asked for again when its actor acts and it is older than this.
    static let stale = Duration.days(1)

    private let flights = SingleFlight<String, Result<ActorID, FetchError>>()
    private let fetcher: Fetcher
    private let store: Store
    private let identity: Identity
    private let clock: Clock
    package let keys: KeyRing

    package convenience init(fetcher: Fetcher, store: Store, identity: Identity, clock: Clock) {
        let keys = KeyRing(fetcher: fetcher.forStrangers, store: store, identity: identity, clock: clock)
        self.init(fetcher: fetcher, store: store, identity: identity, clock: clock, keys: keys)
    }

    private init(fetcher: Fetcher, store: Store, identity: Identity, clock: Clock, keys: KeyRing) {
        self.fetcher = fetcher
        self.store = store
        self.identity = identity
        self.clock = clock
        self.keys = keys
    }

    /// The same for what nobody waits for.
    func inBackground() -> ActorResolver {
        ActorResolver(
            fetcher: fetcher.inBackground, store: store, identity: identity, clock: clock, keys: keys)
    }

    /// The same at a pace of its own.
    func paced(by pace: HostPace) -> ActorResolver {
        ActorResolver(
            fetcher: fetcher.paced(by: pace), store: store, identity: identity, clock: clock, keys: keys)
    }

    /// The row of this actor, fetched when nothing but the address, or only a name, is known.
    package func id(_ uri: String) async -> Result<ActorID, FetchError> {
        if uri == identity.actor { return .success(identity.owner) }
        // A database that cannot be read makes the fetch below fail as well, which is reported.
        let known = try? store.read { try Actors.find(uri: uri, in: $0) }
        if let known, known.fetchedAt.milliseconds > 0 { return .success(known.id) }
        return await refresh(uri)
    }

    /// Fetches the actor's document and stores what it says.
    ///
    /// Somebody who is gone for good by the word of their own server (410) is removed with all that is theirs.
    package func refresh(_ uri: String) async -> Result<ActorID, FetchError> {
        await flights.value(for: uri) {
            do throws(FetchError) {
                return .success(try await self.fetchAndStore(uri))
            } catch {
                if case .gone = error { await self.remove(uri) }
                return .failure(error)
            }
        }
    }

    /// Stores an actor whose document was read for its key.
    func keep(_ actor: Actor) async throws -> ActorID {
        keys.forget(actor.uri)
        return try await store.write { tx in try Actors.save(actor, in: tx) }
    }

    private func fetchAndStore(_ uri: String) async throws(FetchError) -> ActorID {
        let value = try await fetcher.document(uri)
        guard let id = value.firstID, !identity.isOwn(id) else { throw .refused("an actor of ours") }
        guard ObjectID.sameOrigin(id, uri) else { throw .refused("an actor of another server") }
        let actor = try StoredActor.read(value, id: id, key: nil, at: clock.now())
        do {
            return try await keep(actor)
        } catch {
            throw .passing(String(describing: error))
        }
    }

    private func remove(_ uri: String) async {
        keys.forget(uri)
        // What cannot be removed now is found gone the next time.
        try? await store.write { [identity] tx in
            guard let known = try Actors.id(forURI: uri, in: tx) else { return }
            try Actors.remove(known, owner: identity.owner, in: tx)
        }
    }
}
