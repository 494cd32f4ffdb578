package import Basics
import SQLite

/// What of one post is still on its way, for the page that says who has it.
extension Deliveries {
    package struct Waiting: Sendable {
        package let host: String
        package let attempts: Int
        package let nextAttempt: Timestamp
        /// Why the last attempt failed.
        package let lastError: String?
    }

    /// The hosts that wait for anything about this post, the one tried next first.
    package static func waiting(
        for status: StatusID, limit: Int, in snapshot: Snapshot
    ) throws -> [Waiting] {
        try snapshot.db.all(
            """
            SELECT h.name, max(d.attempts), min(max(d.next_attempt, h.next_attempt)) AS next, h.last_error
            FROM outbox o JOIN deliveries d ON d.item = o.id JOIN inboxes i ON i.id = d.inbox
                JOIN hosts h ON h.id = i.host
            WHERE o.status = ? GROUP BY h.id ORDER BY next, h.name LIMIT ?
            """, status, limit
        ) { row in
            Waiting(
                host: row.text(0), attempts: row.int(1), nextAttempt: Timestamp(milliseconds: row.int64(2)),
                lastError: row.textOrNil(3))
        }
    }
}

extension Arrivals {
    package struct Arrival: Sendable {
        package let host: String
        /// Why the host refused it; nil when it took it.
        package let reason: String?
        package let at: Timestamp
    }

    /// What is remembered of one post, by host: refusals first.
    package static func list(of status: StatusID, limit: Int, in snapshot: Snapshot) throws -> [Arrival] {
        try snapshot.db.all(
            """
            SELECT h.name, a.reason, a.at FROM arrivals a JOIN hosts h ON h.id = a.host
            WHERE a.status = ? ORDER BY a.reason IS NULL, h.name LIMIT ?
            """, status, limit
        ) { row in
            Arrival(
                host: row.text(0), reason: row.textOrNil(1), at: Timestamp(milliseconds: row.int64(2)))
        }
    }
}
