package import Basics
import SQLite

/// Table `inbound`: verified activities that wait until something they need is fetched.
package enum Inbound {
    /// Rows; one more is refused, and the sender asked to come again.
    package static let limit = 1_000

    package struct Item: Sendable {
        package let id: Int64
        package let sender: String
        package let body: [UInt8]
        package let receivedAt: Timestamp
        package let attempts: Int
    }

    /// - Returns: `false` when the queue is full.
    package static func append(
        sender: String, body: [UInt8], at now: Timestamp, in tx: Transaction
    ) throws -> Bool {
        guard try count(in: tx) < limit else { return false }
        try tx.db.run(
            "INSERT INTO inbound (sender, body, received_at, next_attempt) VALUES (?, ?, ?, ?)",
            sender, body, now.milliseconds, now.milliseconds)
        tx.announce(.fetches)
        return true
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM inbound") { $0.int(0) } ?? 0
    }

    /// What may be tried now, the oldest first.
    package static func due(at now: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [Item] {
        try snapshot.db.all(
            """
            SELECT id, sender, body, received_at, attempts FROM inbound WHERE next_attempt <= ? ORDER BY id LIMIT ?
            """, now.milliseconds, limit
        ) { row in
            Item(
                id: row.int64(0), sender: row.text(1), body: row.blob(2),
                receivedAt: Timestamp(milliseconds: row.int64(3)), attempts: row.int(4))
        }
    }

    package static func nextAttempt(in snapshot: Snapshot) throws -> Timestamp? {
        try snapshot.db.first("SELECT min(next_attempt) FROM inbound") { row in
            row.int64OrNil(0).map { Timestamp(milliseconds: $0) }
        } ?? nil
    }

    package static func postpone(_ id: Int64, until moment: Timestamp, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE inbound SET attempts = attempts + 1, next_attempt = ? WHERE id = ?", moment.milliseconds,
            id)
    }

    package static func remove(_ id: Int64, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM inbound WHERE id = ?", id)
    }

    /// What may be tried now, the oldest first, without the bodies.
    package static func heads(
        at now: Timestamp, limit: Int, in snapshot: Snapshot
    ) throws -> [(id: Int64, sender: String)] {
        try snapshot.db.all(
            "SELECT id, sender FROM inbound WHERE next_attempt <= ? ORDER BY id LIMIT ?", now.milliseconds,
            limit
        ) { ($0.int64(0), $0.text(1)) }
    }

    package static func find(_ id: Int64, in snapshot: Snapshot) throws -> Item? {
        try snapshot.db.first(
            "SELECT id, sender, body, received_at, attempts FROM inbound WHERE id = ?", id
        ) { row in
            Item(
                id: row.int64(0), sender: row.text(1), body: row.blob(2),
                receivedAt: Timestamp(milliseconds: row.int64(3)), attempts: row.int(4))
        }
    }

    /// When the next of those that must not be tried yet may be.
    package static func nextAttempt(after now: Timestamp, in snapshot: Snapshot) throws -> Timestamp? {
        try snapshot.db.first(
            "SELECT min(next_attempt) FROM inbound WHERE next_attempt > ?", now.milliseconds
        ) { row in row.int64OrNil(0).map { Timestamp(milliseconds: $0) } } ?? nil
    }
}
