package import Basics
import SQLite

/// Table `hosts`: other servers as far as delivery is concerned.
package enum Hosts {
    static func id(of name: String, in tx: Transaction) throws -> Int64 {
        if let known = try tx.db.first("SELECT id FROM hosts WHERE name = ?", name, map: { $0.int64(0) }) {
            return known
        }
        try tx.db.run("INSERT INTO hosts (name) VALUES (?)", name)
        return tx.db.lastInsertedID
    }

    /// A host that does not take what we send.
    package struct Trouble: Sendable {
        package let name: String
        package let failures: Int
        package let failingSince: Timestamp
        package let nextAttempt: Timestamp
        package let lastError: String
        package let isDead: Bool
    }

    /// Hosts that failed last time, those in trouble for longest first.
    package static func inTrouble(limit: Int, in snapshot: Snapshot) throws -> [Trouble] {
        try snapshot.db.all(
            """
            SELECT name, failures, failing_since, next_attempt, last_error, is_dead FROM hosts
            WHERE failures > 0 ORDER BY failing_since LIMIT ?
            """, limit
        ) { row in
            Trouble(
                name: row.text(0), failures: row.int(1), failingSince: Timestamp(milliseconds: row.int64(2)),
                nextAttempt: Timestamp(milliseconds: row.int64(3)), lastError: row.text(4),
                isDead: row.bool(5))
        }
    }

    /// Leaves a host alone that said it is gone, until it shows a sign of life.
    package static func close(_ host: Int64, at now: Timestamp, in tx: Transaction) throws {
        try failed(
            host, error: "HTTP 410", at: now, nextAttempt: now + .days(3_650), isDead: true, in: tx)
        try Deliveries.abandon(host: host, in: tx)
    }

    /// Notes a sign of life: a delivery that was taken, or a verified activity.
    package static func succeeded(_ host: Int64, in tx: Transaction) throws {
        try tx.db.run(
            """
            UPDATE hosts SET failures = 0, failing_since = NULL, next_attempt = 0, last_error = NULL, is_dead = 0
            WHERE id = ? AND failures > 0
            """, host)
    }

    /// The same by name; what waits for the host is tried at once.
    package static func revive(named name: String, in tx: Transaction) throws {
        let host = try tx.db.first(
            "SELECT id FROM hosts WHERE name = ? AND failures > 0", name, map: { $0.int64(0) })
        guard let host else { return }
        try succeeded(host, in: tx)
        try tx.db.run(
            "UPDATE deliveries SET next_attempt = 0 WHERE inbox IN (SELECT id FROM inboxes WHERE host = ?)",
            host)
        tx.announce(.deliveries)
    }

    /// Whether a host of this name failed last time.
    package static func isFailing(named name: String, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM hosts WHERE name = ? AND failures > 0", name)
    }

    /// What is known of a host's failures, for deciding how long to leave it alone.
    package static func failures(
        of host: Int64, in snapshot: Snapshot
    ) throws -> (count: Int, since: Timestamp?) {
        try snapshot.db.first("SELECT failures, failing_since FROM hosts WHERE id = ?", host) {
            ($0.int(0), $0.int64OrNil(1).map { Timestamp(milliseconds: $0) })
        } ?? (0, nil)
    }

    /// Notes one more failure, and until when the host is left alone.
    package static func failed(
        _ host: Int64, error: String, at now: Timestamp, nextAttempt: Timestamp, isDead: Bool,
        in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE hosts SET failures = failures + 1, failing_since = ifnull(failing_since, ?), next_attempt = ?,
                last_error = ?, is_dead = ? WHERE id = ?
            """, now.milliseconds, nextAttempt.milliseconds, String(error.prefix(200)), isDead, host)
    }
}

extension Hosts {
    /// How many other servers this one has had to do with.
    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM hosts") { $0.int(0) } ?? 0
    }
}

extension Hosts {
    /// What is remembered of how to ask a host for documents.
    package struct Manners: Sendable {
        /// Which signature it took last; the numbers are Federation's.
        package var signature = 0
        /// The day, counted from 1970, that `asked` is about.
        package var day: Int64 = 0
        package var asked = 0
        /// It asked not to be asked before.
        package var askAfter = Timestamp(milliseconds: 0)

        package init() {}
    }

    /// nil for a host that nothing is known of.
    package static func manners(of name: String, in snapshot: Snapshot) throws -> Manners? {
        try snapshot.db.first(
            "SELECT signature, asked_on, asked, ask_after FROM hosts WHERE name = ?", name
        ) { row in
            var manners = Manners()
            manners.signature = row.int(0)
            manners.day = row.int64(1)
            manners.asked = row.int(2)
            manners.askAfter = Timestamp(milliseconds: row.int64(3))
            return manners
        }
    }

    package static func setManners(_ manners: Manners, of name: String, in tx: Transaction) throws {
        let host = try id(of: name, in: tx)
        try tx.db.run(
            "UPDATE hosts SET signature = ?, asked_on = ?, asked = ?, ask_after = ? WHERE id = ?",
            manners.signature, manners.day, manners.asked, manners.askAfter.milliseconds, host)
    }
}
