package import Basics
import SQLite

/// Table `status_edits`: what an edited post said before.
package enum StatusEdits {
    /// Earlier versions of one post; one more, and the oldest goes.
    package static let limit = 20

    /// Keeps the present text of a post before it is replaced.
    package static func keep(_ status: Status, in tx: Transaction) throws {
        try tx.db.run(
            "INSERT INTO status_edits (status, created_at, content, spoiler, sensitive) VALUES (?, ?, ?, ?, ?)",
            status.id, (status.editedAt ?? status.createdAt).milliseconds, status.content, status.spoiler,
            status.sensitive)
        try tx.db.run(
            """
            DELETE FROM status_edits WHERE status = ?1 AND id <= (
                SELECT id FROM status_edits WHERE status = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """, status.id, limit)
    }

    /// Earlier versions, the oldest first.
    package static func of(
        _ id: StatusID, in snapshot: Snapshot
    ) throws -> [(createdAt: Timestamp, content: String, spoiler: String, sensitive: Bool)] {
        try snapshot.db.all(
            """
            SELECT created_at, content, spoiler, sensitive FROM (
                SELECT id, created_at, content, spoiler, sensitive FROM status_edits WHERE status = ?
                ORDER BY id DESC LIMIT ?)
            ORDER BY id
            """, id, limit
        ) { (Timestamp(milliseconds: $0.int64(0)), $0.text(1), $0.text(2), $0.bool(3)) }
    }
}
