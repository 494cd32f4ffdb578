package import Basics
import SQLite

/// Table `reports`: what others reported to the owner, who is also the administrator.
package enum Reports {
    /// Rows; beyond it the oldest makes room.
    package static let limit = 1_000
    /// Addresses of posts, and letters of the text, that are kept of one report.
    package static let limits = (statuses: 50, content: 4_000)

    package struct Report: Sendable {
        package let id: Int64
        /// The server, or person, that reports.
        package let actor: ActorID
        /// Addresses of the posts it is about; none means the owner.
        package let statuses: [String]
        /// Plain text.
        package let content: String

        package var createdAt: Timestamp { Timestamp(milliseconds: id / 1000) }
    }

    package static func insert(
        from actor: ActorID, uri: String?, statuses: [String], content: String, at now: Timestamp,
        in tx: Transaction
    ) throws {
        let newest = try tx.db.first("SELECT max(id) FROM reports") { $0.int64(0) } ?? 0
        try tx.db.run(
            "INSERT INTO reports (id, actor, uri, statuses, content) VALUES (?, ?, ?, ?, ?)",
            max(newest + 1, now.milliseconds * 1000), actor, uri,
            statuses.prefix(limits.statuses).joined(separator: "\n"), String(content.prefix(limits.content)))
        try tx.db.run(
            "DELETE FROM reports WHERE id <= (SELECT id FROM reports ORDER BY id DESC LIMIT 1 OFFSET ?)",
            limit)
    }

    /// The newest first.
    package static func newest(_ limit: Int, in snapshot: Snapshot) throws -> [Report] {
        try snapshot.db.all(
            "SELECT id, actor, statuses, content FROM reports ORDER BY id DESC LIMIT ?", limit
        ) { row in
            Report(
                id: row.int64(0), actor: ActorID(row.int64(1)),
                statuses: row.text(2).split(separator: "\n").map(String.init), content: row.text(3))
        }
    }
}
