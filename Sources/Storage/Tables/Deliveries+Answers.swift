import SQLite

extension Deliveries {
    /// Drops answers about `subject` that still wait for this inbox, because a newer one is to follow: whoever asks
    /// again and again must not make the queue long.
    package static func dropAnswers(
        concerning subject: String, forInbox inbox: Int64, in tx: Transaction
    ) throws {
        let items = try tx.db.all(
            """
            SELECT d.item FROM deliveries d JOIN outbox o ON o.id = d.item
            WHERE d.inbox = ? AND o.concerns = ? AND o.kind IN ('Accept', 'Reject')
            """, inbox, URIHash.of(subject)
        ) { $0.int64(0) }
        for item in items { try settle(inbox: inbox, item: item, in: tx) }
    }
}
