import Basics
import SQLite

/// Table `arrivals`: which hosts have a post of the owner's, and which refused it.
package enum Arrivals {
    /// Posts that are remembered, the newest; each has a row for every host it went to.
    package static let limit = 200

    /// What became of one post.
    package struct Account: Sendable {
        package var has = 0
        /// Deliveries that wait.
        package var waiting = 0
        /// Hosts that refused it, with their reasons.
        package var refused: [(host: String, reason: String)] = []
    }

    /// - Parameter reason: why the host refused it; nil when it took it.
    static func note(
        _ status: StatusID, host: Int64, reason: String?, at now: Timestamp, in tx: Transaction
    ) throws {
        try tx.db.run(
            "INSERT OR REPLACE INTO arrivals (status, host, reason, at) VALUES (?, ?, ?, ?)", status, host,
            reason.map { String($0.prefix(120)) }, now.milliseconds)
    }

    package static func of(_ status: StatusID, in snapshot: Snapshot) throws -> Account {
        var account = Account()
        let rows = try snapshot.db.all(
            "SELECT h.name, a.reason FROM arrivals a JOIN hosts h ON h.id = a.host WHERE a.status = ?", status
        ) { ($0.text(0), $0.textOrNil(1)) }
        for (host, reason) in rows {
            if let reason { account.refused.append((host, reason)) } else { account.has += 1 }
        }
        account.waiting =
            try snapshot.db.first("SELECT ifnull(sum(pending), 0) FROM outbox WHERE status = ?", status) {
                $0.int(0)
            } ?? 0
        return account
    }

    /// The owner's newest posts that went out.
    package static func newestPosts(_ limit: Int, in snapshot: Snapshot) throws -> [StatusID] {
        try snapshot.db.all(
            "SELECT DISTINCT status FROM arrivals ORDER BY status DESC LIMIT ?", limit
        ) { StatusID($0.int64(0)) }
    }

    /// Whether there are rows of more posts than are remembered.
    static func areTooMany(in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT DISTINCT status FROM arrivals LIMIT 1 OFFSET ?", limit)
    }

    static func trim(in tx: Transaction) throws {
        try tx.db.run(
            """
            DELETE FROM arrivals WHERE status <= (
                SELECT DISTINCT status FROM arrivals ORDER BY status DESC LIMIT 1 OFFSET ?)
            """, limit)
    }
}
