import Basics
import SQLite

/// Tables `notification_policy` and `notification_permissions`.
extension NotificationPolicy {
    /// Posts above a letter in which it may have been asked for.
    private static let mostAbove = 100

    package static func load(in snapshot: Snapshot) throws -> NotificationPolicy {
        let rows = try snapshot.db.all("SELECT origin, action FROM notification_policy") {
            (Origin(rawValue: $0.int(0)), Action(rawValue: $0.int(1)))
        }
        var policy = NotificationPolicy()
        for case (let origin?, let action?) in rows { policy[origin] = action }
        return policy
    }

    package func save(in tx: Transaction) throws {
        for origin in Origin.allCases {
            try tx.db.run(
                "INSERT OR REPLACE INTO notification_policy (origin, action) VALUES (?, ?)", origin.rawValue,
                self[origin].rawValue)
        }
    }

    /// What the owner's policy says of this notification.
    static func verdict(
        on kind: Notification.Kind, from actor: ActorID, status: StatusID?, at now: Timestamp,
        in snapshot: Snapshot
    ) throws -> Action {
        let policy = try load(in: snapshot)
        guard !policy.acceptsEverything,
            var sender = try sender(actor, at: now, in: snapshot)
        else { return .accept }
        if kind == .mention, let status {
            sender.isUnasked = try isUnasked(status, by: actor, in: snapshot)
        }
        return policy.decide(kind, from: sender)
    }

    private static func sender(
        _ actor: ActorID, at now: Timestamp, in snapshot: Snapshot
    ) throws -> Sender? {
        try snapshot.db.first(
            """
            SELECT created_at > ?2, kind, EXISTS (SELECT 1 FROM following WHERE actor = a.id AND accepted),
                EXISTS (SELECT 1 FROM followers WHERE actor = a.id AND since <= ?3),
                EXISTS (SELECT 1 FROM notification_permissions WHERE actor = a.id)
            FROM actors a WHERE id = ?1 AND id NOT IN (SELECT actor FROM owner)
            """, actor, (now - newFor).milliseconds, (now - briefFor).milliseconds
        ) { row in
            var sender = Sender()
            sender.isNew = row.bool(0)
            let kind = Actor.Kind(rawValue: row.int(1))
            sender.isBot = kind == .service || kind == .application
            sender.isFollowed = row.bool(2)
            sender.isFollower = row.bool(3)
            sender.isPermitted = row.bool(4)
            return sender
        }
    }

    /// Whether a direct post answers nothing in which the owner names its author.
    private static func isUnasked(
        _ status: StatusID, by actor: ActorID, in snapshot: Snapshot
    ) throws -> Bool {
        guard try Statuses.find(status, in: snapshot)?.visibility == .direct else { return false }
        return try !snapshot.db.exists(
            """
            WITH RECURSIVE up (id) AS (
                SELECT in_reply_to FROM statuses WHERE id = ?1 AND in_reply_to IS NOT NULL
                UNION
                SELECT s.in_reply_to FROM up JOIN statuses s ON s.id = up.id WHERE s.in_reply_to IS NOT NULL
                LIMIT ?3)
            SELECT 1 FROM up JOIN statuses s ON s.id = up.id JOIN mentions m ON m.status = s.id AND m.actor = ?2
            WHERE s.actor IN (SELECT actor FROM owner)
            """, status, actor, mostAbove)
    }
}
