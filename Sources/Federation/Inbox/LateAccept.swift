import Storage

extension Outbox {
    /// Takes back a Follow again that was accepted after it was taken back.
    ///
    /// - Parameter id: of the Follow, as the other side gave it.
    func undoFollow(_ id: String, of actor: ActorID, in tx: Transaction) throws {
        // GoToSocial accepts posts, which are no follows.
        guard identity.isOwn(id), identity.ownStatus(id) == nil, let target = try Actors.find(actor, in: tx),
            !target.isLocal,
            let inbox = try Deliveries.inbox(of: actor, shared: false, in: tx),
            // The Undo may still wait itself; and whoever repeats an Accept is not answered without end.
            try !Deliveries.waits(forInbox: inbox, in: tx)
        else { return }
        try disavowFollow(id, of: target, in: tx)
    }
}
