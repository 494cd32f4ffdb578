package import Basics
import SQLite

/// The members of one group.
extension Notifications {
    /// The newest first, without those of silent people.
    package static func members(
        of span: Span, _ page: Page, at now: Timestamp, in snapshot: Snapshot
    ) throws -> [Notification] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT id, kind, actor, status, filtered FROM notifications m
                WHERE status IS ?1 AND kind = ?2 AND id >= ?3 AND id <= ?4 AND id > ?5 AND id < ?6 AND NOT filtered
                    AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = m.actor)
                    AND NOT EXISTS (SELECT 1 FROM mutes
                        WHERE actor = m.actor AND notifications AND ifnull(until, ?7) >= ?7)
                ORDER BY id ASC LIMIT ?8
                """, span.status, span.kind.rawValue, span.ids.lowerBound, span.ids.upperBound, page.lower,
                page.upper, now.milliseconds, page.limit, map: notification
            ).reversed()
        }
        return try snapshot.db.all(
            """
            SELECT id, kind, actor, status, filtered FROM notifications m
            WHERE status IS ?1 AND kind = ?2 AND id >= ?3 AND id <= ?4 AND id > ?5 AND id < ?6 AND NOT filtered
                AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = m.actor)
                AND NOT EXISTS (SELECT 1 FROM mutes
                    WHERE actor = m.actor AND notifications AND ifnull(until, ?7) >= ?7)
            ORDER BY id DESC LIMIT ?8
            """, span.status, span.kind.rawValue, span.ids.lowerBound, span.ids.upperBound, page.lower,
            page.upper, now.milliseconds, page.limit, map: notification)
    }

    package static func dismiss(_ span: Span, in tx: Transaction) throws {
        try tx.db.run(
            "DELETE FROM notifications WHERE status IS ? AND kind = ? AND id >= ? AND id <= ?", span.status,
            span.kind.rawValue, span.ids.lowerBound, span.ids.upperBound)
    }
}
