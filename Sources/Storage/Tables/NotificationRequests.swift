package import Basics
import SQLite

/// Table `notification_requests`: people whose posts to the owner the policy holds back.
package enum NotificationRequests {
    package struct Request: Sendable {
        package let id: Int64
        package let actor: ActorID
        /// The newest post that is held back.
        package let lastStatus: StatusID?
        /// Posts that are held back.
        package let count: Int
        package let updatedAt: Timestamp

        /// Ids are made from the time of arrival.
        package var createdAt: Timestamp { Timestamp(milliseconds: id >> 16) }
    }

    /// Posts that the summary counts.
    private static let mostCounted = 10_000

    /// Notifications that are held back of one person; the oldest go.
    static let mostOfOne = 100

    /// Keeps what one person can fill here within its bound.
    static func forgetOldest(of actor: ActorID, in tx: Transaction) throws {
        try tx.db.run(
            """
            DELETE FROM notifications WHERE actor = ?1 AND filtered AND id <= (
                SELECT id FROM notifications WHERE actor = ?1 AND filtered ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """, actor, mostOfOne)
    }

    /// Notes that somebody waits. Likes and the like are held back too, but nobody is asked about them alone.
    static func note(
        _ kind: Notification.Kind, from actor: ActorID, at now: Timestamp, in tx: Transaction
    ) throws {
        guard kind == .mention || kind == .quote else { return }
        try tx.db.run(
            "UPDATE notification_requests SET updated_at = ? WHERE actor = ?", now.milliseconds, actor)
        guard tx.db.changes == 0 else { return }
        let newest = try tx.db.first("SELECT max(id) FROM notification_requests") { $0.int64(0) } ?? 0
        try tx.db.run(
            "INSERT INTO notification_requests (id, actor, updated_at) VALUES (?, ?, ?)",
            max(newest + 1, IDs.next(at: now)), actor, now.milliseconds)
    }

    package static func find(_ id: Int64, in snapshot: Snapshot) throws -> Request? {
        try page(
            Page(maxID: id == .max ? id : id + 1, sinceID: id == .min ? id : id - 1, limit: 1), in: snapshot
        )
        .first
    }

    /// Those of whom something is left, the newest first.
    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [Request] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT r.id, r.actor, r.updated_at, count(*), max(n.status)
                FROM notification_requests r CROSS JOIN notifications n ON n.actor = r.actor AND n.filtered
                    AND n.kind IN (0, 8)
                WHERE r.id > ? AND r.id < ? GROUP BY r.id ORDER BY r.id ASC LIMIT ?
                """, page.lower, page.upper, page.limit, map: request
            ).reversed()
        }
        return try snapshot.db.all(
            """
            SELECT r.id, r.actor, r.updated_at, count(*), max(n.status)
            FROM notification_requests r CROSS JOIN notifications n ON n.actor = r.actor AND n.filtered
                AND n.kind IN (0, 8)
            WHERE r.id > ? AND r.id < ? GROUP BY r.id ORDER BY r.id DESC LIMIT ?
            """, page.lower, page.upper, page.limit, map: request)
    }

    /// How many people wait, and how many of their posts; of very many not all are counted.
    package static func summary(in snapshot: Snapshot) throws -> (requests: Int, notifications: Int) {
        try snapshot.db.first(
            """
            SELECT count(DISTINCT id), count(*) FROM (
                SELECT r.id FROM notification_requests r CROSS JOIN notifications n ON n.actor = r.actor
                    AND n.filtered AND n.kind IN (0, 8)
                LIMIT ?)
            """, mostCounted
        ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    }

    /// Lets in what was held back of these people, and what comes of them from now on.
    package static func accept(_ requests: [Request], owner: ActorID, at now: Timestamp, in tx: Transaction)
        throws
    {
        for request in requests {
            let letters = try tx.db.all(
                """
                SELECT n.status FROM notifications n JOIN statuses s ON s.id = n.status AND s.visibility = 3
                WHERE n.actor = ? AND n.filtered AND n.kind = 0 ORDER BY n.status
                """, request.actor
            ) { StatusID($0.int64(0)) }
            try tx.db.run(
                "INSERT OR IGNORE INTO notification_permissions (actor) VALUES (?)", request.actor)
            try tx.db.run(
                "UPDATE notifications SET filtered = 0 WHERE actor = ? AND filtered", request.actor)
            try tx.db.run("DELETE FROM notification_requests WHERE id = ?", request.id)
            for letter in letters { try Conversations.add(letter, owner: owner, at: now, in: tx) }
        }
        if !requests.isEmpty { tx.tell(.notificationsMerged) }
    }

    /// Forgets what was held back of these people; what they write next is a new request.
    package static func dismiss(_ requests: [Request], in tx: Transaction) throws {
        for request in requests {
            try tx.db.run("DELETE FROM notifications WHERE actor = ? AND filtered", request.actor)
            try tx.db.run("DELETE FROM notification_requests WHERE id = ?", request.id)
        }
    }

    private static func request(_ row: borrowing Row) -> Request {
        Request(
            id: row.int64(0), actor: ActorID(row.int64(1)),
            lastStatus: row.int64OrNil(4).map { StatusID($0) },
            count: row.int(3), updatedAt: Timestamp(milliseconds: row.int64(2)))
    }
}
