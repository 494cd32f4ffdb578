package import Basics
import SQLite

/// Table `pins`: posts that people show first on their profile, the owner included.
package enum Pins {
    /// The newest pin first, <https://docs.joinmastodon.org/spec/activitypub/#featured>.
    ///
    /// There are fewer pins than posts of one person, so they are gone through first.
    package static func of(_ actor: ActorID, in snapshot: Snapshot) throws -> [StatusID] {
        try snapshot.db.all(
            """
            SELECT p.status FROM pins p CROSS JOIN statuses s ON s.id = p.status WHERE s.actor = ?
            ORDER BY p.pinned_at DESC, p.status DESC
            """, actor
        ) { StatusID($0.int64(0)) }
    }

    package static func contains(_ status: StatusID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM pins WHERE status = ?", status)
    }
}

extension Pins {
    package static func insert(_ status: StatusID, at now: Timestamp, in tx: Transaction) throws {
        try tx.db.run(
            "INSERT OR IGNORE INTO pins (status, pinned_at) VALUES (?, ?)", status, now.milliseconds)
        tx.announce(.owner)
    }

    package static func remove(_ status: StatusID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM pins WHERE status = ?", status)
        tx.announce(.owner)
    }
}
