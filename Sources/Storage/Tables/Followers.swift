package import Basics
import SQLite

/// Table `followers`: who follows the owner.
package enum Followers {
    package static func contains(_ actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM followers WHERE actor = ?", actor)
    }

    /// The id of their Follow activity.
    package static func uri(of actor: ActorID, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first("SELECT uri FROM followers WHERE actor = ?", actor) { $0.text(0) }
    }

    /// - Parameters:
    ///   - uri: the id of their Follow activity; the newest one wins.
    ///   - moment: since when they follow; the policy trusts nobody at once.
    /// - Returns: `true` if they did not follow before.
    package static func insert(
        _ actor: ActorID, uri: String, owner: ActorID, at moment: Timestamp = Timestamp(milliseconds: 0),
        in tx: Transaction
    ) throws -> Bool {
        try tx.db.run("UPDATE followers SET uri = ? WHERE actor = ?", uri, actor)
        guard tx.db.changes == 0 else { return false }
        try tx.db.run(
            "INSERT INTO followers (actor, uri, since) VALUES (?, ?, ?)", actor, uri, moment.milliseconds)
        try Actors.count(owner, followers: 1, in: tx)
        return true
    }

    /// - Returns: the id of their Follow activity, or nil if they did not follow.
    package static func remove(_ actor: ActorID, owner: ActorID, in tx: Transaction) throws -> String? {
        let uri = try tx.db.first("SELECT uri FROM followers WHERE actor = ?", actor) { $0.text(0) }
        guard let uri else { return nil }
        try tx.db.run("DELETE FROM followers WHERE actor = ?", actor)
        try Actors.count(owner, followers: -1, in: tx)
        return uri
    }

    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, actor: ActorID)]
    {
        try snapshot.db.all(
            "SELECT id, actor FROM followers WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }

    package static func among(_ ids: String, in snapshot: Snapshot) throws -> Set<ActorID> {
        Set(
            try snapshot.db.all(
                "SELECT actor FROM followers WHERE actor IN (SELECT value FROM json_each(?))", ids
            ) { ActorID($0.int64(0)) })
    }

    /// Addresses for the ActivityPub collection, by row.
    package static func uris(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, uri: String)] {
        try snapshot.db.all(
            """
            SELECT f.id, a.uri FROM followers f JOIN actors a ON a.id = f.actor
            WHERE f.id < ? ORDER BY f.id DESC LIMIT ?
            """, page.upper, page.limit
        ) { ($0.int64(0), $0.text(1)) }
    }
}

extension Followers {
    /// Addresses of followers whose ids begin with this origin, for comparing (FEP-8fcf).
    package static func uris(onOrigin origin: String, in snapshot: Snapshot) throws -> [String] {
        let pattern =
            origin.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
            + "/%"
        return try snapshot.db.all(
            """
            SELECT a.uri FROM followers f JOIN actors a ON a.id = f.actor
            WHERE a.uri LIKE ? ESCAPE '\\' ORDER BY f.id
            """, pattern
        ) { $0.text(0) }
    }
}
