package import Basics
import SQLite

/// Table `pins`: posts that the owner shows first.
package enum Pins {
    /// The newest pin first, <https://docs.joinmastodon.org/spec/activitypub/#featured>.
    package static func all(in snapshot: Snapshot) throws -> [StatusID] {
        try snapshot.db.all("SELECT status FROM pins ORDER BY pinned_at DESC") { StatusID($0.int64(0)) }
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
