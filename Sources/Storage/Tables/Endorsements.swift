import SQLite

/// Table `endorsements`: people whom the owner follows and shows on the profile.
package enum Endorsements {
    package static func insert(_ actor: ActorID, in tx: Transaction) throws {
        try tx.db.run("INSERT OR IGNORE INTO endorsements (actor) VALUES (?)", actor)
    }

    package static func remove(_ actor: ActorID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM endorsements WHERE actor = ?", actor)
    }

    /// The newest first; the first of each pair is the cursor.
    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, actor: ActorID)]
    {
        try snapshot.db.all(
            "SELECT id, actor FROM endorsements WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }

    /// Which of these people (a JSON array of ids) are shown.
    package static func among(_ ids: String, in snapshot: Snapshot) throws -> Set<ActorID> {
        Set(
            try snapshot.db.all(
                "SELECT actor FROM endorsements WHERE actor IN (SELECT value FROM json_each(?))", ids
            ) { ActorID($0.int64(0)) })
    }
}
