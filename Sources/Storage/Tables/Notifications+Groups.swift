package import Basics
import SQLite

/// Notifications of one kind about one post, or about none, in one stretch of time, shown as one line.
///
/// What of them is shown, and which is the newest, depends on who asks; so groups are found when they are asked for, by
/// `notifications_by_status`, and none is stored.
extension Notifications {
    /// Half a day in the unit of the ids. A piece of the calendar, so that a group stays the same for ever.
    package static let stretch: Int64 = 12 * 3_600_000 * 1_000

    /// Which are asked for.
    package struct Wish: Sendable {
        package var kinds: Set<Notification.Kind>
        /// Kinds that are put together; of others each is a group.
        package var grouped: Set<Notification.Kind>
        /// Only from this one.
        package var actor: ActorID?
        /// Also those that the policy holds back.
        package var includesFiltered = false
        /// For mutes that end.
        package var now: Timestamp

        package init(
            kinds: Set<Notification.Kind>, grouped: Set<Notification.Kind>, actor: ActorID? = nil,
            now: Timestamp
        ) {
            self.kinds = kinds
            self.grouped = grouped
            self.actor = actor
            self.now = now
        }
    }

    /// What may be in one group: of this kind, about this post, among these ids.
    package struct Span: Sendable {
        package var kind: Notification.Kind
        package var status: StatusID?
        package var ids: ClosedRange<Int64>

        package init(kind: Notification.Kind, status: StatusID?, ids: ClosedRange<Int64>) {
            self.kind = kind
            self.status = status
            self.ids = ids
        }
    }

    package struct Group: Sendable {
        package let newest: Notification
        package var count = 1
        /// The oldest member on the page.
        package var oldest: NotificationID
        /// Those who came last, the newest first, each once.
        package var people: [ActorID]
    }

    /// Faces that apps show for one group.
    private static let faces = 8

    /// The newest member of each group, as a page of them: a group is where its newest member is, and nowhere else.
    package static func heads(_ page: Page, _ wish: Wish, in snapshot: Snapshot) throws -> [Notification] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT n.id, n.kind, n.actor, n.status, n.filtered FROM notifications n
                WHERE n.id > ?1 AND n.id < ?2 AND n.kind IN (SELECT value FROM json_each(?3))
                    AND (?4 IS NULL OR n.actor = ?4) AND n.filtered <= ?5
                    AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = n.actor)
                    AND NOT EXISTS (SELECT 1 FROM mutes
                        WHERE actor = n.actor AND notifications AND ifnull(until, ?6) >= ?6)
                    AND NOT (n.kind IN (SELECT value FROM json_each(?7)) AND EXISTS (
                        SELECT 1 FROM notifications m WHERE m.status IS n.status AND m.kind = n.kind
                            AND m.id > n.id AND m.id < (n.id / ?8 + 1) * ?8
                            AND (?4 IS NULL OR m.actor = ?4) AND m.filtered <= ?5
                            AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = m.actor)
                            AND NOT EXISTS (SELECT 1 FROM mutes
                                WHERE actor = m.actor AND notifications AND ifnull(until, ?6) >= ?6)))
                ORDER BY n.id ASC LIMIT ?9
                """, page.lower, page.upper, numbers(wish.kinds), wish.actor, wish.includesFiltered,
                wish.now.milliseconds, numbers(wish.grouped), stretch, page.limit, map: notification
            ).reversed()
        }
        return try snapshot.db.all(
            """
            SELECT n.id, n.kind, n.actor, n.status, n.filtered FROM notifications n
            WHERE n.id > ?1 AND n.id < ?2 AND n.kind IN (SELECT value FROM json_each(?3))
                AND (?4 IS NULL OR n.actor = ?4) AND n.filtered <= ?5
                AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = n.actor)
                AND NOT EXISTS (SELECT 1 FROM mutes
                    WHERE actor = n.actor AND notifications AND ifnull(until, ?6) >= ?6)
                AND NOT (n.kind IN (SELECT value FROM json_each(?7)) AND EXISTS (
                    SELECT 1 FROM notifications m WHERE m.status IS n.status AND m.kind = n.kind
                        AND m.id > n.id AND m.id < (n.id / ?8 + 1) * ?8
                        AND (?4 IS NULL OR m.actor = ?4) AND m.filtered <= ?5
                        AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = m.actor)
                        AND NOT EXISTS (SELECT 1 FROM mutes
                            WHERE actor = m.actor AND notifications AND ifnull(until, ?6) >= ?6)))
            ORDER BY n.id DESC LIMIT ?9
            """, page.lower, page.upper, numbers(wish.kinds), wish.actor, wish.includesFiltered,
            wish.now.milliseconds, numbers(wish.grouped), stretch, page.limit, map: notification)
    }

    /// The groups of these, which are the newest of theirs. Two statements.
    ///
    /// - Parameter floor: the oldest id that the page reaches down to.
    package static func groups(
        of heads: [Notification], downTo floor: NotificationID, _ wish: Wish, in snapshot: Snapshot
    ) throws -> [Group] {
        let spans = "[" + heads.map { entry($0, wish) }.joined(separator: ",") + "]"
        let counts = try snapshot.db.all(
            """
            SELECT h.value ->> 0, count(*), min(CASE WHEN m.id >= ?2 THEN m.id END)
            FROM json_each(?1) h CROSS JOIN notifications m ON m.status IS h.value ->> 2 AND m.kind = h.value ->> 1
                AND m.id <= h.value ->> 0 AND m.id >= h.value ->> 3
            WHERE (?3 IS NULL OR m.actor = ?3) AND m.filtered <= ?4
                AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = m.actor)
                AND NOT EXISTS (SELECT 1 FROM mutes
                    WHERE actor = m.actor AND notifications AND ifnull(until, ?5) >= ?5)
            GROUP BY 1
            """, spans, floor, wish.actor, wish.includesFiltered, wish.now.milliseconds
        ) { (NotificationID($0.int64(0)), (count: $0.int(1), oldest: $0.int64OrNil(2))) }
        let people = try snapshot.db.all(
            """
            SELECT h.value ->> 0, n.actor FROM json_each(?1) h CROSS JOIN notifications n ON n.id IN (
                SELECT m.id FROM notifications m WHERE m.status IS h.value ->> 2 AND m.kind = h.value ->> 1
                    AND m.id <= h.value ->> 0 AND m.id >= h.value ->> 3
                    AND (?2 IS NULL OR m.actor = ?2) AND m.filtered <= ?3
                    AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = m.actor)
                    AND NOT EXISTS (SELECT 1 FROM mutes
                        WHERE actor = m.actor AND notifications AND ifnull(until, ?4) >= ?4)
                ORDER BY m.id DESC LIMIT ?5)
            ORDER BY n.id DESC
            """, spans, wish.actor, wish.includesFiltered, wish.now.milliseconds, faces * 2
        ) { (NotificationID($0.int64(0)), ActorID($0.int64(1))) }
        var groups = Dictionary(
            heads.map { ($0.id, Group(newest: $0, oldest: $0.id, people: [])) },
            uniquingKeysWith: { first, _ in first })
        for (id, found) in counts {
            groups[id]?.count = found.count
            if let oldest = found.oldest { groups[id]?.oldest = NotificationID(oldest) }
        }
        for (id, actor) in people where groups[id]?.people.contains(actor) == false {
            if groups[id]?.people.count ?? faces < faces { groups[id]?.people.append(actor) }
        }
        return heads.compactMap { groups[$0.id] }
    }

    /// Id, kind, post and the lowest id of the group that this is the newest of.
    private static func entry(_ head: Notification, _ wish: Wish) -> String {
        let id = head.id.value
        let first = wish.grouped.contains(head.kind) ? id / stretch * stretch : id
        return "[\(id),\(head.kind.rawValue),\(head.status.map(\.description) ?? "null"),\(first)]"
    }
}
