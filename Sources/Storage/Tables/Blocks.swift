package import Basics
import SQLite

/// Table `blocks`: whom the owner wants nothing to do with.
package enum Blocks {
    package static func contains(_ actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM blocks WHERE actor = ?", actor)
    }

    /// - Returns: `true` if they were not blocked before.
    package static func insert(_ actor: ActorID, uri: String, in tx: Transaction) throws -> Bool {
        try tx.db.run("INSERT OR IGNORE INTO blocks (actor, uri) VALUES (?, ?)", actor, uri)
        let isNew = tx.db.changes == 1
        if isNew { tx.announce(.blocks) }
        return isNew
    }

    /// - Returns: the id of our Block activity, or nil if they were not blocked.
    package static func remove(_ actor: ActorID, in tx: Transaction) throws -> String? {
        let uri = try tx.db.first("SELECT uri FROM blocks WHERE actor = ?", actor) { $0.text(0) }
        if uri != nil { try tx.db.run("DELETE FROM blocks WHERE actor = ?", actor) }
        return uri
    }

    package static func among(_ ids: String, in snapshot: Snapshot) throws -> Set<ActorID> {
        Set(
            try snapshot.db.all(
                "SELECT actor FROM blocks WHERE actor IN (SELECT value FROM json_each(?))", ids
            ) { ActorID($0.int64(0)) })
    }
}

extension Blocks {
    /// Of these (a JSON array of ids), those whom the owner blocked, or muted until after `now`.
    package static func hidden(
        among ids: String, at now: Timestamp, in snapshot: Snapshot
    ) throws -> Set<ActorID> {
        Set(
            try snapshot.db.all(
                """
                SELECT actor FROM blocks WHERE actor IN (SELECT value FROM json_each(?1))
                UNION ALL SELECT actor FROM mutes
                WHERE actor IN (SELECT value FROM json_each(?1)) AND ifnull(until, ?2) >= ?2
                """, ids, now.milliseconds
            ) { ActorID($0.int64(0)) })
    }

    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, actor: ActorID)]
    {
        try snapshot.db.all(
            "SELECT id, actor FROM blocks WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }
}
