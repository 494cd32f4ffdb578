import SQLite

/// Table `following`: whom the owner follows, or asked to.
package enum Following {
    package struct Follow: Sendable {
        package let actor: ActorID
        /// The id of our Follow activity.
        package let uri: String
        package let isAccepted: Bool
        package let reblogs: Bool
        package let notify: Bool
        /// In which languages the owner wants to read them; nil for all.
        package let languages: [String]?
    }

    package static func find(_ actor: ActorID, in snapshot: Snapshot) throws -> Follow? {
        try snapshot.db.first(
            "SELECT actor, uri, accepted, reblogs, notify, languages FROM following WHERE actor = ?", actor,
            map: follow)
    }

    package static func find(uri: String, in snapshot: Snapshot) throws -> Follow? {
        try snapshot.db.first(
            "SELECT actor, uri, accepted, reblogs, notify, languages FROM following WHERE uri = ?", uri,
            map: follow)
    }

    /// Whether the owner follows the actor and that was accepted.
    package static func contains(_ actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM following WHERE actor = ? AND accepted", actor)
    }

    /// Notes that the owner asked to follow.
    package static func request(
        _ actor: ActorID, uri: String, reblogs: Bool, notify: Bool, in tx: Transaction
    ) throws {
        try tx.db.run(
            "INSERT OR IGNORE INTO following (actor, uri, accepted, reblogs, notify) VALUES (?, ?, 0, ?, ?)",
            actor, uri, reblogs, notify)
    }

    package static func adjust(_ actor: ActorID, reblogs: Bool, notify: Bool, in tx: Transaction) throws {
        try tx.db.run("UPDATE following SET reblogs = ?, notify = ? WHERE actor = ?", reblogs, notify, actor)
    }

    /// - Returns: `true` if it was waiting for this.
    package static func accept(_ actor: ActorID, owner: ActorID, in tx: Transaction) throws -> Bool {
        try tx.db.run("UPDATE following SET accepted = 1 WHERE actor = ? AND NOT accepted", actor)
        guard tx.db.changes == 1 else { return false }
        try Actors.count(owner, following: 1, in: tx)
        return true
    }

    /// Ends a follow or the wish for one; whoever is not followed is on no list either.
    ///
    /// - Returns: the follow that is gone, or nil when there was none.
    package static func remove(_ actor: ActorID, owner: ActorID, in tx: Transaction) throws -> Follow? {
        guard let follow = try find(actor, in: tx) else { return nil }
        try tx.db.run("DELETE FROM following WHERE actor = ?", actor)
        // Only those whom the owner follows are shown on the profile.
        try Endorsements.remove(actor, in: tx)
        try ListMembers.removeAll(actor, in: tx)
        if follow.isAccepted { try Actors.count(owner, following: -1, in: tx) }
        return follow
    }

    /// Accepted ones, the newest first; the first of each pair is the cursor.
    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, actor: ActorID)]
    {
        try snapshot.db.all(
            "SELECT id, actor FROM following WHERE accepted AND id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }

    /// Of these actors (a JSON array of ids), those with a row here.
    package static func among(_ ids: String, in snapshot: Snapshot) throws -> [ActorID: Follow] {
        let found = try snapshot.db.all(
            """
            SELECT actor, uri, accepted, reblogs, notify, languages FROM following
            WHERE actor IN (SELECT value FROM json_each(?))
            """, ids, map: follow)
        return Dictionary(found.map { ($0.actor, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Addresses of accepted ones for the ActivityPub collection, by row.
    package static func uris(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, uri: String)] {
        try snapshot.db.all(
            """
            SELECT f.id, a.uri FROM following f JOIN actors a ON a.id = f.actor
            WHERE f.accepted AND f.id < ? ORDER BY f.id DESC LIMIT ?
            """, page.upper, page.limit
        ) { ($0.int64(0), $0.text(1)) }
    }

    private static func follow(_ row: borrowing Row) -> Follow {
        Follow(
            actor: ActorID(row.int64(0)), uri: row.text(1), isAccepted: row.bool(2), reblogs: row.bool(3),
            notify: row.bool(4),
            languages: row.textOrNil(5).map { $0.split(separator: " ").map(String.init) })
    }
}

extension Following {
    /// Accepted ones in the order of their rows, for going through all of them bit by bit.
    package static func next(
        after row: Int64, limit: Int, in snapshot: Snapshot
    ) throws -> [(row: Int64, actor: ActorID)] {
        try snapshot.db.all(
            "SELECT id, actor FROM following WHERE accepted AND id > ? ORDER BY id LIMIT ?", row, limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }
}
