package import Basics
import SQLite

/// Table `markers`: how far the owner has read.
package enum Markers {
    package struct Marker: Sendable {
        package let timeline: String
        package let lastRead: String
        package let version: Int
        package let updatedAt: Timestamp

        package init(timeline: String, lastRead: String, version: Int, updatedAt: Timestamp) {
            self.timeline = timeline
            self.lastRead = lastRead
            self.version = version
            self.updatedAt = updatedAt
        }
    }

    package static func all(in snapshot: Snapshot) throws -> [Marker] {
        try snapshot.db.all("SELECT timeline, last_read, version, updated_at FROM markers", map: marker)
    }

    package static func set(
        _ timeline: String, to lastRead: String, at now: Timestamp, in tx: Transaction
    ) throws -> Marker? {
        try tx.db.run(
            """
            INSERT INTO markers (timeline, last_read, version, updated_at) VALUES (?, ?, 1, ?)
            ON CONFLICT DO UPDATE SET last_read = excluded.last_read, version = version + 1,
                updated_at = excluded.updated_at
            """, timeline, lastRead, now.milliseconds)
        return try tx.db.first(
            "SELECT timeline, last_read, version, updated_at FROM markers WHERE timeline = ?", timeline,
            map: marker)
    }

    private static func marker(_ row: borrowing Row) -> Marker {
        Marker(
            timeline: row.text(0), lastRead: row.text(1), version: row.int(2),
            updatedAt: Timestamp(milliseconds: row.int64(3)))
    }
}
