import ActivityPub
import Basics
package import Crypto
import JSON
import Storage
import Synchronization

/// The keys that people of other servers sign with: remembered, stored, or fetched once.
package final class KeyRing: Sendable {
    /// A key and whose it is.
    package struct Key: Sendable {
        package let key: PublicKey
        /// The actor's id.
        package let owner: String
        /// What tells this key from another: its text.
        let text: String
        /// The actor's row; nil as long as nothing signed with this key was verified.
        let actor: ActorID?
        /// What the document says whose key it is, to be stored when it proves good.
        let found: Actor?
        /// When the document was read.
        let readAt: Timestamp
    }

    package struct Limits: Sendable {
        /// Keys kept ready; beyond it any one makes room and is read from the database the next time.
        package var inMemory = 128
        /// Keys kept with the whole document of their owner, as long as nothing signed with them was verified.
        package var unproven = 16
        /// A key that does not verify is fetched again at most so often.
        package var refresh = Duration.minutes(5)
        /// How long a key that could not be had is not asked for again: when that may pass, and when it was said.
        package var afterFailure = Duration.seconds(30)
        package var afterRefusal = Duration.minutes(10)
        /// Fetches of keys under way, in all and from one host: whoever sends rubbish must not use up what
        /// deliveries need.
        package var underWay = 32
        package var underWayPerHost = 6

        package init() {}
    }

    private struct State {
        var keys: [String: Key] = [:]
        var unproven: [String: Key] = [:]
        var refreshed: [String: Timestamp] = [:]
        var failures: [String: (until: Timestamp, error: FetchError)] = [:]
        var underWay: [String: Int] = [:]
    }

    private let state = Mutex(State())
    private let flights = SingleFlight<String, Result<Key, FetchError>>()
    private let fetcher: Fetcher
    private let store: Store
    private let identity: Identity
    private let clock: Clock
    private let limits: Limits

    init(fetcher: Fetcher, store: Store, identity: Identity, clock: Clock, limits: Limits = Limits()) {
        self.fetcher = fetcher
        self.store = store
        self.identity = identity
        self.clock = clock
        self.limits = limits
    }

    /// The key with this id.
    package func key(_ keyID: String) async throws -> Key {
        if let key = state.withLock({ $0.keys[keyID] ?? $0.unproven[keyID] }) { return key }
        if let key = try stored(keyID, actor: ObjectID.documentURL(of: keyID)) { return key }
        // Some key ids have no fragment, and then the actor they belong to is only found by asking.
        return try await fetched(keyID).get()
    }

    /// The key as it is now, after the remembered one did not verify; nil when asking again would be too soon or
    /// brought the same.
    package func refreshed(_ keyID: String, insteadOf old: Key) async throws -> Key? {
        let known = state.withLock { $0.unproven[keyID] ?? $0.keys[keyID] }
        if let known, known.text != old.text { return known }
        let now = clock.now()
        let isDue = state.withLock { state in
            if let last = state.refreshed[keyID], now - last < limits.refresh { return false }
            if state.refreshed.count >= limits.inMemory { state.refreshed.removeAll() }
            state.refreshed[keyID] = now
            return true
        }
        // Whoever comes while the key is being asked for shares the answer.
        let fresh = isDue ? await fetched(keyID) : await flights.join(keyID)
        guard let key = try fresh?.get() else { return nil }
        return key.text == old.text ? nil : key
    }

    /// Forgets what is remembered of an actor's keys, because their document changed or they are gone.
    package func forget(_ owner: String) {
        state.withLock { state in
            state.keys = state.keys.filter { $0.value.owner != owner }
            state.unproven = state.unproven.filter { $0.value.owner != owner }
        }
    }

    /// Keeps a key ready whose owner is stored now.
    func remember(_ key: Key, as keyID: String, actor: ActorID) {
        state.withLock { $0.unproven[keyID] = nil }
        remember(
            Key(
                key: key.key, owner: key.owner, text: key.text, actor: actor, found: nil, readAt: key.readAt),
            as: keyID)
    }

    private func remember(_ key: Key, as keyID: String) {
        state.withLock { state in
            if state.keys.count >= limits.inMemory, let any = state.keys.keys.first {
                state.keys[any] = nil
            }
            state.keys[keyID] = key
        }
    }

    private func stored(_ keyID: String, actor uri: String) throws -> Key? {
        let found = try store.read { snapshot in
            (
                try Actors.key(ofURI: uri, in: snapshot),
                try Actors.proofKeys(ofURI: uri, in: snapshot)
            )
        }
        guard let row = found.0 else { return nil }
        let key: Key
        if row.keyID == keyID {
            key = Key(
                key: try PublicKey(pem: row.pem), owner: uri, text: row.pem, actor: row.id, found: nil,
                readAt: row.fetchedAt)
        } else if let proof = StoredActor.proofKey(keyID, in: found.1, at: clock.now()) {
            key = Key(
                key: proof, owner: uri, text: found.1 ?? "", actor: row.id, found: nil, readAt: row.fetchedAt)
        } else {
            return nil
        }
        remember(key, as: keyID)
        return key
    }

    private func fetched(_ keyID: String) async -> Result<Key, FetchError> {
        let now = clock.now()
        let failure = state.withLock { $0.failures[keyID] }
        if let failure, failure.until > now { return .failure(failure.error) }
        return await flights.value(for: keyID) {
            let host = ObjectID.origin(of: keyID) ?? ""
            guard self.begin(host) else { return .failure(.passing("too many keys are being fetched")) }
            defer { self.end(host) }
            do throws(FetchError) {
                let key = try await self.fetch(keyID)
                self.keepUnproven(key, as: keyID)
                return .success(key)
            } catch {
                self.note(error, of: keyID)
                return .failure(error)
            }
        }
    }

    private func keepUnproven(_ key: Key, as keyID: String) {
        state.withLock { state in
            state.keys[keyID] = nil
            if state.unproven.count >= limits.unproven, let any = state.unproven.keys.first {
                state.unproven[any] = nil
            }
            state.unproven[keyID] = key
        }
    }

    private func begin(_ host: String) -> Bool {
        state.withLock { state in
            guard state.underWay[host, default: 0] < limits.underWayPerHost,
                state.underWay.values.reduce(0, +) < limits.underWay
            else { return false }
            state.underWay[host, default: 0] += 1
            return true
        }
    }

    private func end(_ host: String) {
        state.withLock { state in
            let others = state.underWay[host, default: 1] - 1
            state.underWay[host] = others > 0 ? others : nil
        }
    }

    private func note(_ error: FetchError, of keyID: String) {
        let pause = error.isPassing ? limits.afterFailure : limits.afterRefusal
        state.withLock { state in
            if state.failures.count >= 4 * limits.inMemory { state.failures.removeAll() }
            state.failures[keyID] = (clock.now() + pause, error)
        }
    }

    private func fetch(_ keyID: String) async throws(FetchError) -> Key {
        let document = ObjectID.documentURL(of: keyID)
        guard !identity.isOwn(document) else { throw .refused("nobody else signs with our keys") }
        var value = try await fetcher.document(document)
        var loose: String?
        if ActorDocument.isBareKey(value), let owner = ActorDocument.keyOwner(value) {
            // A key with a document of its own: its owner must list it.
            guard ObjectID.sameOrigin(owner, document) else { throw .refused("a key of another origin") }
            loose = value.text("publicKeyPem")
            value = try await fetcher.document(owner)
        }
        guard let id = value.firstID, !identity.isOwn(id) else { throw .refused("an actor of ours") }
        let now = clock.now()
        var actor = try StoredActor.read(value, id: id, key: keyID, at: now)
        if actor.keyID != keyID, let loose, value[term: "publicKey"]?.ids().contains(keyID) == true {
            // Its owner lists it by address only.
            actor.keyID = keyID
            actor.keyPEM = loose
        }
        if actor.keyID == keyID, let pem = actor.keyPEM {
            do {
                return Key(
                    key: try PublicKey(pem: pem), owner: actor.uri, text: pem, actor: nil, found: actor,
                    readAt: now)
            } catch {
                throw .refused("a key that cannot be used: \(error)")
            }
        }
        guard let proof = StoredActor.proofKey(keyID, in: actor.proofKeys, at: now) else {
            throw .refused("the actor does not have this key")
        }
        return Key(
            key: proof, owner: actor.uri, text: actor.proofKeys ?? "", actor: nil, found: actor, readAt: now)
    }
}
