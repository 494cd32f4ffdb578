package import ActivityPub
import JSON
package import Storage

/// Finds out who is wrong about a follow when another server counts other followers of ours than we do, and puts it
/// right here (FEP-8fcf).
///
/// The list is believed only when it has the digest that its owner signed: a list that is cut off, or of somebody
/// else, would end follows silently.
package struct FollowersComparison: Sendable {
    private static let mostPages = 10

    private let fetcher: Fetcher
    private let store: Store
    private let identity: Identity
    private let outbox: Outbox

    package init(fetcher: Fetcher, store: Store, identity: Identity, outbox: Outbox) {
        self.fetcher = fetcher
        self.store = store
        self.identity = identity
        self.outbox = outbox
    }

    package func run(of actor: String, _ theirs: CollectionSynchronization) async throws {
        let known = try store.read { try Actors.find(uri: actor, in: $0) }
        guard let known, known.followersURI == theirs.collectionID,
            ObjectID.sameOrigin(theirs.url, actor)
        else { return }
        let follow = try store.read { try Following.find(known.id, in: $0) }
        let ours = follow?.isAccepted == true ? [identity.actor] : []
        guard CollectionSynchronization.digest(of: ours) != theirs.digest else { return }
        let listed = try await list(theirs.url)
        guard CollectionSynchronization.digest(of: listed) == theirs.digest else { return }
        try await store.write { [identity, outbox] tx in
            let follow = try Following.find(known.id, in: tx)
            if !listed.contains(identity.actor) {
                guard follow?.isAccepted == true else { return }
                _ = try Following.remove(known.id, owner: identity.owner, in: tx)
                try HomeTimeline.remove(from: known.id, in: tx)
            } else if follow != nil {
                _ = try Following.accept(known.id, owner: identity.owner, in: tx)
            } else {
                try outbox.disavowFollow(of: known, in: tx)
            }
        }
    }

    private func list(_ url: String) async throws(FetchError) -> Set<String> {
        var listed: Set<String> = []
        var seen: Set<String> = []
        var next: String? = url
        while let page = next, seen.count < FollowersComparison.mostPages, seen.insert(page).inserted {
            guard ObjectID.sameOrigin(page, url) else { break }
            let (value, _) = try await fetcher.page(page)
            guard let collection = CollectionDocument(value) else { throw .refused("not a collection") }
            listed.formUnion(collection.itemIDs)
            let inline = collection.firstPage
            listed.formUnion(inline?.itemIDs ?? [])
            next = collection.next ?? inline?.next ?? (inline == nil ? collection.first?.firstID : nil)
        }
        return listed
    }
}
