package import Basics
import SQLite

extension Actors {
    /// The address of an actor's followers, by which their posts are addressed.
    package static func followersURI(of id: ActorID, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first("SELECT followers_uri FROM actors WHERE id = ?", id) { $0.textOrNil(0) } ?? nil
    }

    /// Those among these ids (a JSON array), without keys and inboxes, in no order.
    package static func all(among ids: String, in snapshot: Snapshot) throws -> [Actor] {
        try snapshot.db.all(
            """
            SELECT id, uri, username, domain, kind, name, summary, url, avatar, header, fields, emojis, locked,
                   discoverable, indexable, moved_to, statuses_count, followers_count, following_count,
                   last_status_at, created_at, fetched_at, suspended
            FROM actors WHERE id IN (SELECT value FROM json_each(?))
            """, ids, map: listed)
    }
}

extension Actors {
    /// Notes other accounts of the owner's, or where the owner has gone.
    package static func setMove(
        _ id: ActorID, movedTo: String?, alsoKnownAs: [String], in tx: Transaction
    ) throws {
        try tx.db.run(
            "UPDATE actors SET moved_to = ?, also_known_as = ? WHERE id = ?", movedTo,
            alsoKnownAs.isEmpty ? nil : alsoKnownAs.joined(separator: "\n"), id)
        tx.announce(.owner)
    }

    /// When a Move of theirs was last followed.
    package static func movedAt(_ id: ActorID, in snapshot: Snapshot) throws -> Timestamp? {
        try snapshot.db.first("SELECT moved_at FROM actors WHERE id = ?", id) { row in
            row.int64OrNil(0).map { Timestamp(milliseconds: $0) }
        } ?? nil
    }

    package static func setMovedAt(_ id: ActorID, _ now: Timestamp, in tx: Transaction) throws {
        try tx.db.run("UPDATE actors SET moved_at = ? WHERE id = ?", now.milliseconds, id)
    }

    /// When the posts of somebody were last looked through, and the page of their outbox to go on with.
    package static func look(
        at id: ActorID, in snapshot: Snapshot
    ) throws -> (at: Timestamp, rest: String?)? {
        try snapshot.db.first("SELECT looked_at, outbox_rest FROM actors WHERE id = ?", id) {
            (Timestamp(milliseconds: $0.int64(0)), $0.textOrNil(1))
        }
    }

    package static func setLook(
        _ id: ActorID, at now: Timestamp, rest: String?, in tx: Transaction
    ) throws {
        try tx.db.run(
            "UPDATE actors SET looked_at = ?, outbox_rest = ? WHERE id = ?", now.milliseconds, rest, id)
    }

    /// The numbers that somebody's own server tells; nil leaves what is known.
    package static func setCounts(
        _ id: ActorID, statuses: Int?, followers: Int?, following: Int?, lastStatusAt: Timestamp?,
        in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE actors SET statuses_count = ifnull(?, statuses_count),
                followers_count = ifnull(?, followers_count), following_count = ifnull(?, following_count),
                last_status_at = nullif(max(ifnull(last_status_at, 0), ifnull(?, 0)), 0)
            WHERE id = ? AND domain IS NOT NULL
            """, statuses, followers, following, lastStatusAt?.milliseconds, id)
    }

    /// The keys that prove an actor's documents, as they are stored.
    package static func proofKeys(ofURI uri: String, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first(
            "SELECT proof_keys FROM actors WHERE uri_hash = ? AND uri = ?", URIHash.of(uri), uri
        ) { $0.textOrNil(0) } ?? nil
    }
}
