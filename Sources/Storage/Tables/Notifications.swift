package import Basics
import SQLite

/// Something that concerns the owner.
package struct Notification: Sendable {
    /// The numbers are stored.
    package enum Kind: Int, Sendable, CaseIterable {
        case mention = 0
        case status = 1
        case reblog = 2
        case follow = 3
        case followRequest = 4
        case favourite = 5
        case update = 6
        case poll = 7
        case quote = 8
        case quotedUpdate = 9
        case report = 10
    }

    package let id: NotificationID
    package let kind: Kind
    package let actor: ActorID
    package let status: StatusID?
    /// The policy holds it back: only who asks for that sees it.
    package let isFiltered: Bool

    /// Ids are made from the time of arrival, in thousandths of milliseconds.
    package var createdAt: Timestamp { Timestamp(milliseconds: id.value / 1000) }
}

/// Table `notifications`. Ids stay below 2^53, because apps read them as JSON numbers.
package enum Notifications {
    /// Adds one, unless the same is there already, its thread is muted, or the owner's policy drops it. What the policy
    /// holds back is stored, but nobody is told.
    package static func add(
        _ kind: Notification.Kind, from actor: ActorID, status: StatusID?, at now: Timestamp,
        in tx: Transaction
    ) throws {
        if let status {
            guard
                try !tx.db.exists(
                    "SELECT 1 FROM notifications WHERE status = ? AND kind = ? AND actor = ?", status,
                    kind.rawValue,
                    actor)
            else { return }
            guard try !MutedThreads.contains(status, in: tx) else { return }
        }
        let verdict = try NotificationPolicy.verdict(on: kind, from: actor, status: status, at: now, in: tx)
        guard verdict != .drop else { return }
        let newest = try tx.db.first("SELECT max(id) FROM notifications") { $0.int64(0) } ?? 0
        let id = NotificationID(max(newest + 1, now.milliseconds * 1000))
        try tx.db.run(
            "INSERT INTO notifications (id, kind, actor, status, filtered) VALUES (?, ?, ?, ?, ?)", id,
            kind.rawValue, actor, status, verdict == .filter)
        // What the policy holds back is neither streamed nor pushed.
        guard verdict == .accept else {
            try NotificationRequests.forgetOldest(of: actor, in: tx)
            return try NotificationRequests.note(kind, from: actor, at: now, in: tx)
        }
        tx.tell(.notified(id))
        try Pushes.add(id, kind, from: actor, at: now, in: tx)
    }

    /// Takes back what an Undo takes back.
    package static func remove(
        _ kind: Notification.Kind, from actor: ActorID, status: StatusID?, in tx: Transaction
    ) throws {
        if let status {
            try tx.db.run(
                "DELETE FROM notifications WHERE status = ? AND kind = ? AND actor = ?", status,
                kind.rawValue, actor)
        } else {
            try tx.db.run(
                "DELETE FROM notifications WHERE kind = ? AND actor = ? AND status IS NULL", kind.rawValue,
                actor)
        }
    }

    /// Forgets all of somebody, also that the owner let them in.
    package static func removeAll(from actor: ActorID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM notifications WHERE actor = ?", actor)
        try tx.db.run("DELETE FROM notification_requests WHERE actor = ?", actor)
        try tx.db.run("DELETE FROM notification_permissions WHERE actor = ?", actor)
    }

    package static func find(_ id: NotificationID, in snapshot: Snapshot) throws -> Notification? {
        try snapshot.db.first(
            "SELECT id, kind, actor, status, filtered FROM notifications WHERE id = ?", id, map: notification)
    }

    /// Those of these that are still there.
    package static func all(
        among ids: [NotificationID], in snapshot: Snapshot
    ) throws -> [NotificationID: Notification] {
        guard !ids.isEmpty else { return [:] }
        let found = try snapshot.db.all(
            """
            SELECT id, kind, actor, status, filtered FROM notifications
            WHERE id IN (SELECT value FROM json_each(?))
            """,
            ids.asJSON(), map: notification)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Parameters:
    ///   - kinds: only these.
    ///   - actor: only from this one.
    ///   - includesFiltered: also those that the policy holds back.
    package static func page(
        _ page: Page, kinds: Set<Notification.Kind>, actor: ActorID?, includesFiltered: Bool = false,
        in snapshot: Snapshot
    ) throws -> [Notification] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT id, kind, actor, status, filtered FROM notifications WHERE id > ?1 AND id < ?2
                    AND kind IN (SELECT value FROM json_each(?3)) AND (?4 IS NULL OR actor = ?4)
                    AND filtered <= ?5
                ORDER BY id ASC LIMIT ?6
                """, page.lower, page.upper, numbers(kinds), actor, includesFiltered, page.limit,
                map: notification
            ).reversed()
        }
        return try snapshot.db.all(
            """
            SELECT id, kind, actor, status, filtered FROM notifications WHERE id > ?1 AND id < ?2
                AND kind IN (SELECT value FROM json_each(?3)) AND (?4 IS NULL OR actor = ?4)
                AND filtered <= ?5
            ORDER BY id DESC LIMIT ?6
            """, page.lower, page.upper, numbers(kinds), actor, includesFiltered, page.limit,
            map: notification)
    }

    package static func dismiss(_ id: NotificationID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM notifications WHERE id = ?", id)
    }

    package static func clear(in tx: Transaction) throws {
        try tx.db.run("DELETE FROM notifications")
        try tx.db.run("DELETE FROM notification_requests")
    }

    static func notification(_ row: borrowing Row) -> Notification {
        Notification(
            id: NotificationID(row.int64(0)), kind: Notification.Kind(rawValue: row.int(1)) ?? .mention,
            actor: ActorID(row.int64(2)), status: row.int64OrNil(3).map { StatusID($0) },
            isFiltered: row.bool(4))
    }

    /// The kinds as a JSON array, for `json_each`.
    static func numbers(_ kinds: Set<Notification.Kind>) -> String {
        "[" + kinds.map { String($0.rawValue) }.joined(separator: ",") + "]"
    }
}

extension Notifications {
    /// How many came after this one, at most `limit`; those from people blocked, or muted with their notifications,
    /// are left out.
    package static func count(
        after id: Int64, kinds: Set<Notification.Kind>, actor: ActorID?, limit: Int, at now: Timestamp,
        in snapshot: Snapshot
    ) throws -> Int {
        try snapshot.db.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM notifications n WHERE n.id > ?1
                AND n.kind IN (SELECT value FROM json_each(?2)) AND (?3 IS NULL OR n.actor = ?3)
                AND (NOT n.filtered OR ?3 IS NOT NULL)
                AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.actor = n.actor)
                AND NOT EXISTS (SELECT 1 FROM mutes m
                    WHERE m.actor = n.actor AND m.notifications AND ifnull(m.until, ?4) >= ?4)
                LIMIT ?5)
            """, id, numbers(kinds), actor, now.milliseconds, limit
        ) { $0.int(0) } ?? 0
    }
}
