package import Basics
package import Federation
import HTTP
package import Storage

/// Moving between accounts, in both directions, each with what it does said before it is done.
///
/// Moving here: the owner names the old account as an alias, and its server then sends the followers. Moving away: the
/// new account names this one, and this server sends the followers. <https://codeberg.org/fediverse/fep/src/branch/main/fep/7628/fep-7628.md>
package struct Moving: Sendable {
    /// Other accounts of the owner's; as many as the client API takes.
    package static let mostAliases = 20

    private let store: Store
    private let resolver: Resolver
    private let actors: ActorResolver
    private let outbox: Outbox
    private let identity: Identity
    private let clock: Clock

    package init(
        store: Store, resolver: Resolver, actors: ActorResolver, outbox: Outbox, identity: Identity,
        clock: Clock
    ) {
        self.store = store
        self.resolver = resolver
        self.actors = actors
        self.outbox = outbox
        self.identity = identity
        self.clock = clock
    }

    /// How things stand.
    package struct State: Sendable {
        /// Where the owner has gone; nil for nowhere.
        package let movedTo: String?
        /// Addresses of accounts from which followers may be brought here.
        package let aliases: [String]
        /// Those of them, and where the owner has gone, that are known here.
        package let people: [String: Actor]
        /// Before that the owner cannot move.
        package let nextMove: Timestamp?
    }

    package enum Failure: Error, Sendable {
        /// What was named leads to nobody, or to the owner.
        case nobody
        /// Their server does not answer, which may pass: a plain sentence.
        case unanswered(String)
        case notNow(MoveRefusal)
        case tooManyAliases
    }

    package func state() throws -> State {
        try store.read { snapshot in
            let owner = try Actors.find(identity.owner, in: snapshot)
            let aliases = owner?.alsoKnownAs ?? []
            var people: [String: Actor] = [:]
            for uri in aliases + [owner?.movedTo].compactMap(\.self) {
                people[uri] = try Actors.find(uri: uri, in: snapshot)
            }
            return State(
                movedTo: owner?.movedTo, aliases: aliases, people: people,
                nextMove: try nextMove(in: snapshot)
            )
        }
    }

    // MARK: - Moving away

    /// Asks the other server how things stand there and says what a move would do. Nothing is changed.
    ///
    /// - Parameter name: a handle, or the address of a profile.
    /// - Throws: `Failure`.
    package func plan(to name: String) async throws -> MovePlan {
        let target = try await fresh(name)
        return try store.read { snapshot in
            let reach = try Followers.reach(in: snapshot)
            let next = try nextMove(in: snapshot)
            return MovePlan(
                target: target, followers: reach.people, servers: reach.servers,
                refusal: refusal(target, next), nextMove: next)
        }
    }

    /// Tells the followers to go to the other account, after asking its server once more.
    ///
    /// - Throws: `Failure`; then nothing was changed.
    package func move(to name: String) async throws {
        let target = try await fresh(name)
        do {
            try await store.write { [outbox] tx in try outbox.move(to: target.id, in: tx) }
        } catch let refusal as MoveRefusal {
            throw Failure.notNow(refusal)
        }
    }

    /// Stops showing where the owner has gone.
    package func endMove() async throws {
        try await store.write { [outbox] tx in try outbox.endMove(in: tx) }
    }

    // MARK: - Moving here

    /// What naming an alias does, in plain sentences.
    ///
    /// - Parameter own: the owner's handle here.
    package static func aliasSentences(own: String) -> [String] {
        [
            "An alias says that the other account is yours too. Everybody can see it, and it changes nothing else.",
            "When you then start the move there and name @\(own), that server sends its followers here. "
                + "Posts do not move; whom you follow there you can export there and import here.",
            "You can take an alias away at any time; nobody can then be sent here from that account.",
        ]
    }

    /// Says that another account is the owner's too.
    ///
    /// - Throws: `Failure`.
    @discardableResult
    package func addAlias(_ name: String) async throws -> Actor {
        let other = try await fresh(name)
        try await store.write { [outbox, identity] tx in
            let known = try Actors.find(identity.owner, in: tx)?.alsoKnownAs ?? []
            guard !known.contains(other.uri) else { return }
            guard known.count < Moving.mostAliases else { throw Failure.tooManyAliases }
            try outbox.setAliases(known + [other.uri], in: tx)
        }
        return other
    }

    /// - Parameter uri: as `State.aliases` has it.
    /// - Returns: `false` when it is none.
    package func removeAlias(_ uri: String) async throws -> Bool {
        try await store.write { [outbox, identity] tx in
            let known = try Actors.find(identity.owner, in: tx)?.alsoKnownAs ?? []
            guard known.contains(uri) else { return false }
            try outbox.setAliases(known.filter { $0 != uri }, in: tx)
            return true
        }
    }

    // MARK: - Looking

    /// Somebody else, as their own server describes them now.
    private func fresh(_ name: String) async throws -> Actor {
        do {
            guard case .account(let id) = try await resolver.find(name), id != identity.owner,
                let known = try store.read({ try Actors.find(id, in: $0) })
            else { throw Failure.nobody }
            let fresh = try await actors.refresh(known.uri).get()
            guard let actor = try store.read({ try Actors.find(fresh, in: $0) }) else { throw Failure.nobody }
            return actor
        } catch let error as FetchError {
            // A name that no server has is mistyped, most of the time.
            if case .passing("nameNotFound") = error { throw Failure.nobody }
            let host = WebURL(name)?.authority ?? name.split(separator: "@").last.map(String.init) ?? name
            guard case .unanswered(let reason) = ImportFault(error, about: name, at: host) else {
                throw Failure.nobody
            }
            throw Failure.unanswered(reason)
        }
    }

    private func nextMove(in snapshot: Snapshot) throws -> Timestamp? {
        let last = try Actors.movedAt(identity.owner, in: snapshot)
        return last.map { $0 + Outbox.movePause }.flatMap { clock.now() < $0 ? $0 : nil }
    }

    /// The same that `Outbox.move` refuses, so that it can be said before.
    private func refusal(_ target: Actor, _ next: Timestamp?) -> MoveRefusal? {
        if !target.alsoKnownAs.contains(identity.actor) { return .notAcknowledged }
        if target.movedTo != nil { return .movedOn }
        return next == nil ? nil : .tooSoon
    }
}
