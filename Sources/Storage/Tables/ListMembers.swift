import SQLite

/// Table `list_members`: who is on which list.
package enum ListMembers {
    /// - Returns: `true` if they were not on it before.
    package static func insert(_ actor: ActorID, into list: ListID, in tx: Transaction) throws -> Bool {
        try tx.db.run("INSERT OR IGNORE INTO list_members (list, actor) VALUES (?, ?)", list, actor)
        return tx.db.changes == 1
    }

    /// Takes somebody from a list, and their posts from its timeline.
    package static func remove(_ actor: ActorID, from list: ListID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM list_members WHERE list = ? AND actor = ?", list, actor)
        guard tx.db.changes == 1 else { return }
        try ListPosts.remove(of: actor, from: list, in: tx)
    }

    /// Takes somebody from every list, as when they are not followed any more.
    package static func removeAll(_ actor: ActorID, in tx: Transaction) throws {
        for list in try Lists.with(actor, in: tx) { try remove(actor, from: list.id, in: tx) }
    }

    /// Puts somebody on the lists on which another is, who moved to them.
    package static func copy(from old: ActorID, to new: ActorID, in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT OR IGNORE INTO list_members (list, actor)
            SELECT list, ?2 FROM list_members WHERE actor = ?1
            """, old, new)
    }

    package static func contains(
        _ actor: ActorID, in list: ListID, in snapshot: Snapshot
    ) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM list_members WHERE list = ? AND actor = ?", list, actor)
    }

    /// Whether what somebody posts is for a list only, and not for the home timeline.
    package static func areExclusive(_ actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists(
            """
            SELECT 1 FROM list_members m JOIN lists l ON l.id = m.list WHERE m.actor = ? AND l.exclusive
            """, actor)
    }

    /// The newest first; the first of each pair is the cursor.
    package static func page(
        of list: ListID, _ page: Page, in snapshot: Snapshot
    ) throws -> [(cursor: Int64, actor: ActorID)] {
        try snapshot.db.all(
            """
            SELECT id, actor FROM list_members WHERE list = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?
            """, list, page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }

    package static func count(of list: ListID, in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM list_members WHERE list = ?", list) { $0.int(0) } ?? 0
    }
}
