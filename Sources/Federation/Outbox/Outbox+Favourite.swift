package import Storage

extension Outbox {
    /// Marks a post as a favourite and tells its author. Doing it twice changes nothing.
    package func favourite(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx) else { return }
        let like = newActivityID()
        guard try Favourites.insert(actor: identity.owner, status: id, uri: like, in: tx),
            status.actor != identity.owner, let author = try Actors.find(status.actor, in: tx)
        else { return }
        try send(
            "Like", rendering.like(id: like, object: status.uri, to: [author.uri]), id: like, to: author.id,
            in: tx)
    }

    package func unfavourite(_ id: StatusID, in tx: Transaction) throws {
        guard let like = try Favourites.remove(actor: identity.owner, status: id, in: tx),
            let status = try Statuses.find(id, in: tx), status.actor != identity.owner,
            let author = try Actors.find(status.actor, in: tx)
        else { return }
        let inner = embedded.like(id: like, object: status.uri, to: [author.uri])
        try send(
            "Undo", rendering.undo(id: newActivityID(), inner: inner, to: [author.uri], cc: []),
            cancels: like, to: author.id, in: tx)
    }
}
