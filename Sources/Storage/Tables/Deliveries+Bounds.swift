import Basics
import SQLite

/// What keeps the queue from growing without end.
extension Deliveries {
    /// How long anything waits that is kept for a host that may come back.
    static let patience = Duration.days(30)

    /// Keeps the queue of an inbox that fails within its bound.
    static func trim(inbox: Int64, in tx: Transaction) throws {
        let waiting =
            try tx.db.first("SELECT count(*) FROM deliveries WHERE inbox = ?", inbox) { $0.int(0) } ?? 0
        guard waiting > limitPerFailingInbox else { return }
        let surplus = try tx.db.all(
            """
            SELECT d.item FROM deliveries d JOIN outbox o ON o.id = d.item WHERE d.inbox = ?
            ORDER BY o.kind IN ('Follow', 'Accept', 'Reject', 'Undo', 'Delete', 'Move'), d.item LIMIT ?
            """, inbox, waiting - limitPerFailingInbox
        ) { $0.int64(0) }
        for item in surplus { try settle(inbox: inbox, item: item, in: tx) }
    }

    /// The same for those of these whose host failed last time. One that is left alone is not tried, so that nothing
    /// else would trim it.
    static func trimFailing(among inboxes: Set<Int64>, in tx: Transaction) throws {
        let list = "[" + inboxes.map { String($0) }.joined(separator: ",") + "]"
        let failing = try tx.db.all(
            """
            SELECT i.id FROM json_each(?) e JOIN inboxes i ON i.id = e.value JOIN hosts h ON h.id = i.host
            WHERE h.failures > 0
            """, list
        ) { $0.int64(0) }
        for inbox in failing { try trim(inbox: inbox, in: tx) }
    }

    /// Whether something waited too long: what was kept for a host to come back, or anything for a dead one.
    static func isOverdue(at now: Timestamp, in snapshot: Snapshot) throws -> Bool {
        let moment = (now - patience).milliseconds
        // Most days this first question is all: the numbers of items grow with time.
        guard
            try snapshot.db.exists(
                "SELECT 1 FROM outbox WHERE id < ? AND created_at < ?", moment << 16, moment)
        else { return false }
        return try !overdue(at: now, limit: 1, in: snapshot).isEmpty
    }

    static func dropOverdue(at now: Timestamp, in tx: Transaction) throws {
        for (inbox, item) in try overdue(at: now, limit: 5_000, in: tx) {
            try settle(inbox: inbox, item: item, in: tx)
        }
    }

    private static func overdue(
        at now: Timestamp, limit: Int, in snapshot: Snapshot
    ) throws -> [(inbox: Int64, item: Int64)] {
        let moment = (now - patience).milliseconds
        return try snapshot.db.all(
            """
            SELECT d.inbox, d.item FROM deliveries d JOIN outbox o ON o.id = d.item
                JOIN inboxes i ON i.id = d.inbox JOIN hosts h ON h.id = i.host
            WHERE d.item < ? AND o.created_at < ? AND (h.is_dead
                OR o.kind IN ('Follow', 'Accept', 'Reject', 'Undo', 'Delete', 'Move')) LIMIT ?
            """, moment << 16, moment, limit
        ) { ($0.int64(0), $0.int64(1)) }
    }

    /// Drops what waits for a host that is given up, except what must arrive should it ever come back.
    package static func abandon(host: Int64, in tx: Transaction) throws {
        let items = try tx.db.all(
            """
            SELECT d.inbox, d.item FROM deliveries d JOIN inboxes i ON i.id = d.inbox JOIN outbox o ON o.id = d.item
            WHERE i.host = ? AND o.kind NOT IN ('Follow', 'Accept', 'Reject', 'Undo', 'Delete', 'Move')
            """, host
        ) { ($0.int64(0), $0.int64(1)) }
        for (inbox, item) in items { try settle(inbox: inbox, item: item, in: tx) }
    }

    /// Ends everything that waits for this inbox, whose owner is gone.
    package static func abandon(inbox: Int64, in tx: Transaction) throws {
        let items = try tx.db.all("SELECT item FROM deliveries WHERE inbox = ?", inbox) { $0.int64(0) }
        for item in items { try settle(inbox: inbox, item: item, in: tx) }
    }

    /// Notes that the first item of each inbox may have arrived: for the start, because the stop
    /// may have come between an exchange and writing down how it went.
    package static func doubtAll(in tx: Transaction) throws {
        try tx.db.run(
            """
            UPDATE deliveries SET unsure = 1
            WHERE (inbox, item) IN (SELECT inbox, min(item) FROM deliveries GROUP BY inbox)
            """)
    }
}
