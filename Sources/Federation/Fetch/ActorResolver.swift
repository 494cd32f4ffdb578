import ActivityPub
package import Basics
package import Crypto
import JSON
package import Storage
import Synchronization

/// People of other servers: their documents, and the keys that they sign with.
package final class ActorResolver: Sendable {
    /// A key and whose it is.
    package struct Key: Sendable {
        package let key: PublicKey
        /// The actor's id.
        package let owner: String
        package let actor: ActorID
    }

    /// Keys kept ready; beyond it any one makes room and is read from the database the next time.
    private static let keysInMemory = 128
    /// A key that does not verify is fetched again at most so often.
    private static let refreshInterval = Duration.minutes(5)

    private struct State {
        var keys: [String: Key] = [:]
        var refreshed: [String: Timestamp] = [:]
    }

    private let state = Mutex(State())
    private let flights = SingleFlight<String, Result<ActorID, FetchError>>()
    private let fetcher: Fetcher
    private let store: Store
    private let identity: Identity
    private let clock: Clock

    package init(fetcher: Fetcher, store: Store, identity: Identity, clock: Clock) {
        self.fetcher = fetcher
        self.store = store
        self.identity = identity
        self.clock = clock
    }

    /// The key with this id: remembered, stored, or fetched once.
    package func key(_ keyID: String) async throws -> Key {
        if let key = state.withLock({ $0.keys[keyID] }) { return key }
        let document = ObjectID.documentURL(of: keyID)
        if let key = try stored(keyID, actor: document) { return key }
        // Some key ids have no fragment, and then the actor they belong to is only found by asking.
        return try await fetched(keyID, document: document)
    }

    /// The key as it is now, after the remembered one did not verify; nil when asking again would be too soon or
    /// brought the same.
    package func refreshedKey(_ keyID: String, insteadOf old: Key) async throws -> Key? {
        let now = clock.now()
        let isDue = state.withLock { state in
            if let last = state.refreshed[keyID], now - last < ActorResolver.refreshInterval { return false }
            if state.refreshed.count >= ActorResolver.keysInMemory { state.refreshed.removeAll() }
            state.refreshed[keyID] = now
            return true
        }
        guard isDue else { return nil }
        let before = try store.read { try Actors.key(ofURI: old.owner, in: $0)?.pem }
        let fresh = try await fetched(keyID, document: ObjectID.documentURL(of: keyID))
        let after = try store.read { try Actors.key(ofURI: fresh.owner, in: $0)?.pem }
        return before == after ? nil : fresh
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
    package func refresh(_ uri: String) async -> Result<ActorID, FetchError> {
        await flights.value(for: uri) {
            do {
                return .success(try await self.fetchAndStore(uri, key: nil))
            } catch let error as FetchError {
                return .failure(error)
            } catch {
                return .failure(.passing(String(describing: error)))
            }
        }
    }

    private func stored(_ keyID: String, actor uri: String) throws -> Key? {
        guard let found = try store.read({ try Actors.key(ofURI: uri, in: $0) }), found.keyID == keyID else {
            return nil
        }
        let key = Key(key: try PublicKey(pem: found.pem), owner: uri, actor: found.id)
        remember(key, as: keyID)
        return key
    }

    private func fetched(_ keyID: String, document: String) async throws -> Key {
        guard !identity.isOwn(document) else { throw FetchError.refused("nobody else signs with our keys") }
        let value = try await flightOf(keyID, document: document)
        remember(value, as: keyID)
        return value
    }

    private func flightOf(_ keyID: String, document: String) async throws -> Key {
        // Those who come while the document is under way find the row when it has come.
        let outcome = await flights.value(for: document) {
            do {
                return .success(try await self.fetchAndStore(document, key: keyID))
            } catch let error as FetchError {
                return .failure(error)
            } catch {
                return .failure(.passing(String(describing: error)))
            }
        }
        let id = try outcome.get()
        guard let actor = try store.read({ try Actors.find(id, in: $0) }), let pem = actor.keyPEM,
            actor.keyID == keyID
        else { throw FetchError.refused("the actor does not have this key") }
        return Key(key: try PublicKey(pem: pem), owner: actor.uri, actor: id)
    }

    private func remember(_ key: Key, as keyID: String) {
        state.withLock { state in
            if state.keys.count >= ActorResolver.keysInMemory, let any = state.keys.keys.first {
                state.keys[any] = nil
            }
            state.keys[keyID] = key
        }
    }

    /// Forgets what is remembered of an actor's keys, because their document changed.
    package func forget(_ owner: String) {
        state.withLock { state in state.keys = state.keys.filter { $0.value.owner != owner } }
    }

    private func fetchAndStore(_ uri: String, key keyID: String?) async throws -> ActorID {
        var value = try await fetcher.document(uri)
        if value["publicKeyPem"] != nil, let owner = (value["owner"] ?? value["controller"])?.firstID {
            // A key with a document of its own: its owner must list it.
            guard ObjectID.sameOrigin(owner, uri) else { throw FetchError.refused("a key of another origin") }
            value = try await fetcher.document(owner)
        }
        guard let id = value.firstID, !identity.isOwn(id) else {
            throw FetchError.refused("an actor of ours")
        }
        let document: ActorDocument
        do {
            document = try ActorDocument(value, id: id, keyID: keyID)
        } catch {
            throw FetchError.refused("not an actor: \(error)")
        }
        let actor = StoredActor.make(document, at: clock.now())
        if let pem = actor.keyPEM { _ = try PublicKey(pem: pem) }
        forget(actor.uri)
        return try await store.write { tx in try Actors.save(actor, in: tx) }
    }
}
