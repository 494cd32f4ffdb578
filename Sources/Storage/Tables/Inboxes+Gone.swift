package import Basics
import SQLite

/// What happens to the people behind an inbox that is not there.
extension Inboxes {
    /// How long, and how often, an inbox is missed before its people are.
    package static let patience = (times: 3, span: Duration.days(7))

    /// The inbox answered.
    package static func found(_ inbox: Int64, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE inboxes SET misses = 0, missing_since = NULL WHERE id = ? AND misses > 0", inbox)
    }

    /// The inbox was not there (404).
    ///
    /// - Returns: whether that has been so for long enough.
    package static func missed(_ inbox: Int64, at now: Timestamp, in tx: Transaction) throws -> Bool {
        try tx.db.run(
            "UPDATE inboxes SET misses = misses + 1, missing_since = ifnull(missing_since, ?) WHERE id = ?",
            now.milliseconds, inbox)
        return try tx.db.exists(
            "SELECT 1 FROM inboxes WHERE id = ? AND misses >= ? AND missing_since <= ?", inbox,
            patience.times, (now - patience.span).milliseconds)
    }

    /// Whether several people may share it.
    package static func isShared(_ inbox: Int64, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM actors WHERE shared_inbox = ?", inbox)
    }

    /// Followers whose own inbox this is.
    package static func followers(of inbox: Int64, in snapshot: Snapshot) throws -> [ActorID] {
        try snapshot.db.all(
            "SELECT f.actor FROM followers f JOIN actors a ON a.id = f.actor WHERE a.inbox = ?", inbox
        ) { ActorID($0.int64(0)) }
    }

    /// Addresses of people whose own or common inbox this is, followers first.
    package static func actors(of inbox: Int64, limit: Int, in snapshot: Snapshot) throws -> [String] {
        try snapshot.db.all(
            """
            SELECT a.uri FROM actors a LEFT JOIN followers f ON f.actor = a.id
            WHERE a.inbox = ?1 OR a.shared_inbox = ?1 ORDER BY f.id IS NULL LIMIT ?2
            """, inbox, limit
        ) { $0.text(0) }
    }
}
