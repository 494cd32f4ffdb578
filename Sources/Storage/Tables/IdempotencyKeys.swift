package import Basics
import SQLite

/// Table `idempotency_keys`: which post a request made, for a time, so that its repetition makes no second one.
package enum IdempotencyKeys {
    package static func status(forDigest digest: [UInt8], at now: Timestamp, in snapshot: Snapshot)
        throws -> StatusID?
    {
        try snapshot.db.first(
            "SELECT status FROM idempotency_keys WHERE digest = ? AND until > ?", digest, now.milliseconds
        ) { StatusID($0.int64(0)) }
    }

    /// Puts the post that was published in the place of the one that waited.
    package static func replace(
        _ waiting: ScheduledStatusID, with status: StatusID, in tx: Transaction
    ) throws {
        try tx.db.run("UPDATE idempotency_keys SET status = ? WHERE status = ?", status, waiting)
    }

    /// - Parameter end: until when it is remembered.
    package static func insert(
        digest: [UInt8], status: StatusID, until end: Timestamp, in tx: Transaction
    ) throws {
        try tx.db.run(
            "INSERT OR REPLACE INTO idempotency_keys (digest, status, until) VALUES (?, ?, ?)", digest,
            status,
            end.milliseconds)
    }
}
