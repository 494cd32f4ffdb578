import SQLite

/// Table `follow_requests`: who asks to follow the owner, while the account is locked.
package enum FollowRequests {
    /// - Returns: `true` if they did not ask before.
    package static func insert(_ actor: ActorID, uri: String, in tx: Transaction) throws -> Bool {
        try tx.db.run("UPDATE follow_requests SET uri = ? WHERE actor = ?", uri, actor)
        guard tx.db.changes == 0 else { return false }
        try tx.db.run("INSERT INTO follow_requests (actor, uri) VALUES (?, ?)", actor, uri)
        return true
    }

    /// - Returns: the id of their Follow activity, or nil if they did not ask.
    package static func remove(_ actor: ActorID, in tx: Transaction) throws -> String? {
        let uri = try tx.db.first("SELECT uri FROM follow_requests WHERE actor = ?", actor) { $0.text(0) }
        if uri != nil { try tx.db.run("DELETE FROM follow_requests WHERE actor = ?", actor) }
        return uri
    }

    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, actor: ActorID)]
    {
        try snapshot.db.all(
            "SELECT id, actor FROM follow_requests WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }

    package static func among(_ ids: String, in snapshot: Snapshot) throws -> Set<ActorID> {
        Set(
            try snapshot.db.all(
                "SELECT actor FROM follow_requests WHERE actor IN (SELECT value FROM json_each(?))", ids
            ) { ActorID($0.int64(0)) })
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM follow_requests") { $0.int(0) } ?? 0
    }
}
