import ActivityPub
package import Basics
import JSON
package import Storage

/// Posts of other servers, asked for by address.
package struct ObjectResolver: Sendable {
    let fetcher: Fetcher
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

    /// The same for what nobody waits for.
    var inBackground: ObjectResolver {
        ObjectResolver(
            fetcher: fetcher.inBackground, actors: actors.inBackground(), store: store, identity: identity,
            clock: clock)
    }

    /// The same at a pace of its own, for a file of many.
    package func paced(by pace: HostPace) -> ObjectResolver {
        ObjectResolver(
            fetcher: fetcher.paced(by: pace), actors: actors.paced(by: pace), store: store,
            identity: identity, clock: clock)
    }

    /// The row of this post, fetched when it is not known.
    package func status(_ uri: String) async throws(FetchError) -> StatusID {
        if let known = try? store.read({ try Statuses.id(forURI: uri, in: $0) }) { return known }
        guard !identity.isOwn(uri) else { throw .refused("a post of ours that is not there") }
        return try await keep(fetcher.document(uri))
    }

    /// The row of this post as its server has it now: edits and numbers are taken over.
    func refresh(_ uri: String) async throws(FetchError) -> StatusID {
        guard !identity.isOwn(uri) else { throw .refused("a post of ours") }
        return try await keep(fetcher.document(uri), renews: true)
    }

    /// Removes a post if its own server says that it is gone, and remembers that.
    ///
    /// - Throws: what keeps its server from being asked.
    func removeIfGone(_ uri: String) async throws(FetchError) {
        guard !identity.isOwn(uri) else { return }
        do {
            let document = try await fetcher.document(uri)
            guard document.has(type: "Tombstone") else { return }
        } catch {
            switch error {
            case .gone: break
            case .missing:
                // What is not for everybody is not there for us either, although it is.
                let known = (try? store.read { try Statuses.find(uri: uri, in: $0) }) ?? nil
                guard known?.visibility.isOpen == true else { return }
            case .passing, .refused: throw error
            }
        }
        do {
            try await store.write { [clock] tx in
                if let known = try Statuses.id(forURI: uri, in: tx) { try Statuses.delete(known, in: tx) }
                try Tombstones.insert(uri, at: clock.now(), in: tx)
            }
        } catch {
            throw .passing(String(describing: error))
        }
    }

    /// Whatever is at this address.
    ///
    /// - Throws: why nothing was found.
    func find(_ address: String) async throws(FetchError) -> Resolved {
        if let known = try? store.read({ snapshot in try known(address, in: snapshot) }) { return known }
        let document = try await fetcher.document(address)
        if let id = document.firstID, (try? ActorDocument(document, id: id)) != nil {
            return .account(try await actors.id(id).get())
        }
        return .status(try await keep(document))
    }

    private func known(_ address: String, in snapshot: Snapshot) throws -> Resolved? {
        if let status = try Statuses.id(forURI: address, in: snapshot) { return .status(status) }
        guard let actor = try Actors.find(uri: address, in: snapshot), actor.fetchedAt.milliseconds > 0 else {
            return nil
        }
        return .account(actor.id)
    }

    /// Stores a post whose document came from the origin of its id.
    ///
    /// - Parameter renews: whether a post that is known is to become what the document says.
    func keep(_ document: JSONValue, renews: Bool = false) async throws(FetchError) -> StatusID {
        guard let intake = NoteIntake(document, accepts: fetcher.accepts), !identity.isOwn(intake.uri) else {
            throw .refused("not a post")
        }
        let author = try await actors.id(intake.author).get()
        let context = (identity: identity, now: clock.now())
        do {
            return try await store.write { tx in
                // The address of an author may lead to somebody of another server, who wrote nothing of this.
                guard let owner = try Actors.find(author, in: tx)?.uri,
                    ObjectID.sameOrigin(owner, intake.uri)
                else { throw FetchError.refused("its author is on another server") }
                if let known = try Statuses.find(uri: intake.uri, in: tx) {
                    if renews && known.actor == author {
                        try intake.renew(known, identity: context.identity, at: context.now, in: tx)
                    }
                    return known.id
                }
                guard try !Tombstones.contains(intake.uri, in: tx) else {
                    throw FetchError.refused("it was deleted")
                }
                guard try !Blocks.contains(author, in: tx) else { throw FetchError.refused("blocked") }
                return try intake.insert(author: author, identity: context.identity, at: context.now, in: tx)
            }
        } catch let error as FetchError {
            throw error
        } catch {
            throw .passing(String(describing: error))
        }
    }
}
