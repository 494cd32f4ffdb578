import ActivityPub
package import Basics
import JSON
package import Storage

/// Posts of other servers, asked for by address.
package struct ObjectResolver: Sendable {
    private let fetcher: Fetcher
    private let actors: ActorResolver
    private let store: Store
    private let identity: Identity
    private let clock: Clock

    package init(fetcher: Fetcher, actors: ActorResolver, store: Store, identity: Identity, clock: Clock) {
        self.fetcher = fetcher
        self.actors = actors
        self.store = store
        self.identity = identity
        self.clock = clock
    }

    /// The row of this post, fetched when it is not known.
    package func status(_ uri: String) async throws(FetchError) -> StatusID {
        if let known = try? store.read({ try Statuses.id(forURI: uri, in: $0) }) { return known }
        guard !identity.isOwn(uri) else { throw .refused("a post of ours that is not there") }
        return try await keep(fetcher.document(uri))
    }

    /// Whatever is at this address.
    func resolve(_ address: String) async -> Resolved? {
        if let known = try? store.read({ snapshot in try known(address, in: snapshot) }) { return known }
        guard let document = try? await fetcher.document(address) else { return nil }
        if let id = document.firstID, (try? ActorDocument(document, id: id)) != nil {
            guard case .success(let actor) = await actors.id(id) else { return nil }
            return .account(actor)
        }
        guard let status = try? await keep(document) else { return nil }
        return .status(status)
    }

    private func known(_ address: String, in snapshot: Snapshot) throws -> Resolved? {
        if let status = try Statuses.id(forURI: address, in: snapshot) { return .status(status) }
        guard let actor = try Actors.find(uri: address, in: snapshot), actor.fetchedAt.milliseconds > 0 else {
            return nil
        }
        return .account(actor.id)
    }

    private func keep(_ document: JSONValue) async throws(FetchError) -> StatusID {
        guard let intake = NoteIntake(document, accepts: fetcher.accepts), !identity.isOwn(intake.uri) else {
            throw .refused("not a post")
        }
        let author = try await actors.id(intake.author).get()
        let context = (identity: identity, now: clock.now())
        do {
            return try await store.write { tx in
                if let known = try Statuses.id(forURI: intake.uri, in: tx) { return known }
                guard try !Tombstones.contains(intake.uri, in: tx) else {
                    throw FetchError.refused("it was deleted")
                }
                return try intake.insert(author: author, identity: context.identity, at: context.now, in: tx)
            }
        } catch let error as FetchError {
            throw error
        } catch {
            throw .passing(String(describing: error))
        }
    }
}
