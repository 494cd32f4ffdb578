import SQLite

/// Table `favourites`: who likes which post.
package enum Favourites {
    /// Records that `actor` likes `status`. Doing it twice changes nothing.
    ///
    /// - Parameter uri: the id of the Like activity.
    /// - Returns: `true` if the row is new, so that the caller notifies the owner only once.
    package static func insert(
        actor: ActorID, status: StatusID, uri: String, in tx: Transaction
    ) throws -> Bool {
        try tx.db.run(
            "INSERT OR IGNORE INTO favourites (actor, status, uri) VALUES (?, ?, ?)", actor, status, uri)
        return tx.db.changes == 1
    }

    /// - Returns: the id of the Like activity, or nil if there was none.
    package static func remove(actor: ActorID, status: StatusID, in tx: Transaction) throws -> String? {
        let uri = try tx.db.first(
            "SELECT uri FROM favourites WHERE status = ? AND actor = ?", status, actor, map: { $0.text(0) })
        if uri != nil {
            try tx.db.run("DELETE FROM favourites WHERE status = ? AND actor = ?", status, actor)
        }
        return uri
    }

    /// The post that `actor` liked with this activity.
    package static func status(forURI uri: String, actor: ActorID, in snapshot: Snapshot) throws -> StatusID?
    {
        try snapshot.db.first("SELECT status FROM favourites WHERE uri = ? AND actor = ?", uri, actor) {
            StatusID($0.int64(0))
        }
    }

    /// The owner's favourites, the newest first.
    package static func page(
        of actor: ActorID, _ page: Page, in snapshot: Snapshot
    ) throws -> [(cursor: Int64, status: StatusID)] {
        try snapshot.db.all(
            "SELECT id, status FROM favourites WHERE actor = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            actor, page.lower, page.upper, page.limit
        ) { ($0.int64(0), StatusID($0.int64(1))) }
    }

    package static func page(
        by status: StatusID, _ page: Page, in snapshot: Snapshot
    ) throws -> [(cursor: Int64, actor: ActorID)] {
        try snapshot.db.all(
            "SELECT id, actor FROM favourites WHERE status = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            status, page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }

    package static func counts(of ids: String, in snapshot: Snapshot) throws -> [StatusID: Int] {
        let counts = try snapshot.db.all(
            """
            SELECT status, count(*) FROM favourites WHERE status IN (SELECT value FROM json_each(?)) GROUP BY status
            """, ids
        ) { (StatusID($0.int64(0)), $0.int(1)) }
        return Dictionary(counts, uniquingKeysWith: { first, _ in first })
    }
}

extension Favourites {
    /// The page of an actor's favourites next to `min_id`, newest first as every page.
    package static func upwardPage(
        of actor: ActorID, _ page: Page, in snapshot: Snapshot
    ) throws -> [(cursor: Int64, status: StatusID)] {
        try snapshot.db.all(
            "SELECT id, status FROM favourites WHERE actor = ? AND id > ? AND id < ? ORDER BY id ASC LIMIT ?",
            actor, page.lower, page.upper, page.limit
        ) { ($0.int64(0), StatusID($0.int64(1))) }.reversed()
    }
}
