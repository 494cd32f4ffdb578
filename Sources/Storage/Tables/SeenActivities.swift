package import Basics
import SQLite

/// Table `seen_activities`: ids of activities whose second arrival must do nothing, kept for thirty days.
///
/// Posts need no row here: their own address, or its tombstone, says that they came. Only the hash of an address is
/// kept, and nothing to compare it with, so it is one that nobody can find a second address for.
package enum SeenActivities {
    package static func contains(_ id: String, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM seen_activities WHERE uri_hash = ?", snapshot.hash(of: id))
    }

    /// When it was seen.
    package static func moment(of id: String, in snapshot: Snapshot) throws -> Timestamp? {
        try snapshot.db.first(
            "SELECT seen_at FROM seen_activities WHERE uri_hash = ?", snapshot.hash(of: id)
        ) { Timestamp(milliseconds: $0.int64(0)) }
    }

    /// - Returns: `true` if it was not seen before.
    package static func mark(_ id: String, at now: Timestamp, in tx: Transaction) throws -> Bool {
        try tx.db.run(
            "INSERT OR IGNORE INTO seen_activities (uri_hash, seen_at) VALUES (?, ?)", tx.hash(of: id),
            now.milliseconds)
        return tx.db.changes == 1
    }
}

/// Table `tombstones`: addresses of what was deleted, so that a late or repeated Create does not bring it back.
package enum Tombstones {
    package static func contains(_ uri: String, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM tombstones WHERE uri_hash = ?", snapshot.hash(of: uri))
    }

    /// - Parameter wasOpen: whether anybody may be told that it was there.
    package static func insert(
        _ uri: String, at now: Timestamp, wasOpen: Bool = false, in tx: Transaction
    ) throws {
        try tx.db.run(
            "INSERT OR REPLACE INTO tombstones (uri_hash, deleted_at, was_open) VALUES (?, ?, ?)",
            tx.hash(of: uri), now.milliseconds, wasOpen)
    }

    /// Whether it was deleted, and anybody may be told that it was there.
    package static func wasOpen(_ uri: String, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists(
            "SELECT 1 FROM tombstones WHERE uri_hash = ? AND was_open", snapshot.hash(of: uri))
    }
}
