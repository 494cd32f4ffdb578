import SQLite

extension Quotes {
    /// Inboxes of those whose posts quote this one.
    package static func reach(of quoted: StatusID, in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.db.all(
            """
            SELECT DISTINCT ifnull(a.shared_inbox, a.inbox) FROM quotes q JOIN statuses s ON s.id = q.status
                JOIN actors a ON a.id = s.actor
            WHERE q.quoted = ? AND a.inbox IS NOT NULL
            """, quoted
        ) { $0.int64(0) }
    }
}
