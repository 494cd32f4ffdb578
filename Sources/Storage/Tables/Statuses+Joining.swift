import SQLite

extension Statuses {
    /// Hangs replies that name their parent by another address below it.
    package static func join(
        repliesTo address: String, with parent: StatusID, in tx: Transaction
    ) throws {
        guard let found = try find(parent, in: tx) else { return }
        try tx.db.run(
            """
            UPDATE statuses SET in_reply_to = ?1, in_reply_to_actor = ?2, in_reply_to_uri = NULL
            WHERE in_reply_to_uri = ?3 AND in_reply_to IS NULL AND id <> ?1
            """, parent, found.actor, address)
    }
}
