import Storage

extension Outbox {
    /// Ends a follow that only the other side knows of.
    ///
    /// - Parameter id: of the Follow, where the other side gave it.
    func disavowFollow(_ id: String? = nil, of target: Actor, in tx: Transaction) throws {
        let inner = embedded.follow(id: id ?? newActivityID(), target: target.uri)
        try send(
            "Undo", rendering.undo(id: newActivityID(), inner: inner, to: [target.uri], cc: []),
            to: target.id, in: tx)
    }
}
