import SQLite

/// Conversations. Who replies to what is the word of strangers, so a chain of parents may end in itself.
extension Statuses {
    /// The chain of parents, the eldest first, at most `limit` long, each once.
    package static func ancestors(of id: StatusID, limit: Int, in snapshot: Snapshot) throws -> [StatusID] {
        // Without an order of its own, what is found comes out as it was found: the nearest first.
        try snapshot.db.all(
            """
            WITH RECURSIVE up (id) AS (
                SELECT in_reply_to FROM statuses WHERE id = ?1 AND in_reply_to <> ?1
                UNION
                SELECT s.in_reply_to FROM statuses s JOIN up ON s.id = up.id WHERE s.in_reply_to <> ?1
                LIMIT ?2)
            SELECT id FROM up
            """, id, limit
        ) { StatusID($0.int64(0)) }.reversed()
    }

    /// Replies and their replies, depth first, siblings by age, at most `limit`, each once.
    package static func descendants(of id: StatusID, limit: Int, in snapshot: Snapshot) throws -> [StatusID] {
        // A post has one parent. So a ring can only be met on the way down if it goes through `id`, and whoever leaves
        // that out meets nothing twice.
        try snapshot.db.all(
            """
            WITH RECURSIVE down (id, depth) AS (
                SELECT id, 1 FROM statuses WHERE in_reply_to = ?1 AND id <> ?1
                UNION
                SELECT s.id, depth + 1 FROM statuses s JOIN down ON s.in_reply_to = down.id
                WHERE depth < 100 AND s.id <> ?1
                ORDER BY 2 DESC, 1 ASC LIMIT ?2)
            SELECT id FROM down
            """, id, limit
        ) { StatusID($0.int64(0)) }
    }
}
