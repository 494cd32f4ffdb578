import SQLite

extension Statuses {
    /// Direct replies that anybody may read, the oldest first.
    ///
    /// - Parameter cursor: only those after this one.
    package static func openReplies(
        to id: StatusID, after cursor: StatusID, limit: Int, in snapshot: Snapshot
    ) throws -> [(id: StatusID, uri: String)] {
        try snapshot.db.all(
            """
            SELECT id, uri FROM statuses WHERE in_reply_to = ?1 AND id > ?2 AND id <> ?1 AND visibility <= 1
            ORDER BY id LIMIT ?3
            """, id, cursor, limit
        ) { (StatusID($0.int64(0)), $0.text(1)) }
    }

    /// How many posts somebody has that anybody may read, boosts left out.
    package static func countOpenPosts(of actor: ActorID, in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first(
            "SELECT count(*) FROM statuses WHERE actor = ? AND visibility <= 1 AND reblog_of IS NULL", actor
        ) { $0.int(0) } ?? 0
    }
}
