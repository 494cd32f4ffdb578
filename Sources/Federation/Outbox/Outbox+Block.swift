package import Storage

extension Outbox {
    /// Ends every tie with somebody and refuses new ones. They are told, as Mastodon does.
    package func block(_ actor: ActorID, in tx: Transaction) throws {
        guard actor != identity.owner, let target = try Actors.find(actor, in: tx) else { return }
        let id = newActivityID()
        guard try Blocks.insert(actor, uri: id, in: tx) else { return }
        try unfollow(actor, in: tx)
        try rejectFollower(actor, in: tx)
        try HomeTimeline.remove(from: actor, in: tx)
        try Notifications.removeAll(from: actor, in: tx)
        try send("Block", rendering.block(id: id, target: target.uri), id: id, to: actor, in: tx)
    }

    package func unblock(_ actor: ActorID, in tx: Transaction) throws {
        guard let id = try Blocks.remove(actor, in: tx), let target = try Actors.find(actor, in: tx) else {
            return
        }
        let inner = embedded.block(id: id, target: target.uri)
        try send(
            "Undo", rendering.undo(id: newActivityID(), inner: inner, to: [target.uri], cc: []), cancels: id,
            to: actor, in: tx)
    }
}
