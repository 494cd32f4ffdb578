import SQLite

extension Quotes {
    /// Posts of this actor that quote that post with consent.
    package static func quoting(
        _ quoted: StatusID, by actor: ActorID, limit: Int, in snapshot: Snapshot
    ) throws -> [StatusID] {
        try snapshot.db.all(
            """
            SELECT q.status FROM quotes q JOIN statuses s ON s.id = q.status
            WHERE q.quoted = ? AND s.actor = ? AND q.state = 1 ORDER BY q.status DESC LIMIT ?
            """, quoted, actor, limit
        ) { StatusID($0.int64(0)) }
    }
}
