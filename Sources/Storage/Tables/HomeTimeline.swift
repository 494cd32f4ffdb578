import SQLite

/// Table `home`: the ids of what the home timeline shows.
package enum HomeTimeline {
    package static func add(_ id: StatusID, in tx: Transaction) throws {
        try tx.db.run("INSERT OR IGNORE INTO home (id) VALUES (?)", id)
        if tx.db.changes > 0 { tx.tell(.home(id)) }
    }

    /// Whether the post, or a boost of it, is among the newest forty, so that another boost would only repeat it.
    package static func showsRecently(_ id: StatusID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists(
            """
            SELECT 1 FROM (SELECT id FROM home ORDER BY id DESC LIMIT 40) h JOIN statuses s ON s.id = h.id
            WHERE s.id = ?1 OR s.reblog_of = ?1
            """, id)
    }

    package static func remove(from actor: ActorID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM home WHERE id IN (SELECT id FROM statuses WHERE actor = ?)", actor)
    }

    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                "SELECT id FROM home WHERE id > ? AND id < ? ORDER BY id ASC LIMIT ?", page.lower, page.upper,
                page.limit
            ) { StatusID($0.int64(0)) }.reversed()
        }
        return try snapshot.db.all(
            "SELECT id FROM home WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?", page.lower, page.upper,
            page.limit
        ) { StatusID($0.int64(0)) }
    }
}
