import SQLite

extension Followers {
    /// Followers whom the owner follows too, the newest first.
    package static func mutual(limit: Int, in snapshot: Snapshot) throws -> [ActorID] {
        try snapshot.db.all(
            """
            SELECT f.actor FROM followers f JOIN following g ON g.actor = f.actor AND g.accepted
            ORDER BY f.id DESC LIMIT ?
            """, limit
        ) { ActorID($0.int64(0)) }
    }
}
