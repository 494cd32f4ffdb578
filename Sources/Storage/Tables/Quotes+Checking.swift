package import Basics
import SQLite

extension Quotes {
    /// Quotes by others that wait to be checked, never looked at or last before `moment`. Whoever has not
    /// answered for a month will not.
    package static func unchecked(
        before moment: Timestamp, limit: Int, in snapshot: Snapshot
    ) throws -> [Quote] {
        let rows = try snapshot.db.all(
            """
            SELECT q.status FROM quotes q JOIN statuses s ON s.id = q.status
            WHERE q.state = 0 AND q.request IS NULL AND q.checked_at < max(1, ?1)
                AND (q.checked_at = 0 OR s.created_at > ?2) ORDER BY q.checked_at, q.status LIMIT ?3
            """, moment.milliseconds, (moment - .days(30)).milliseconds, limit
        ) { StatusID($0.int64(0)) }
        return try rows.compactMap { try find($0, in: snapshot) }
    }
}
