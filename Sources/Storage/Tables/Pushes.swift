package import Basics
import SQLite

/// Table `pushes`: which notifications wait to be pushed to which subscription, the oldest first.
///
/// When the next attempt is, stands with the subscription: a push service that does not answer will not for the next
/// message either.
package enum Pushes {
    /// Messages that wait for one subscription; when there are more, the oldest go.
    package static let limit = 100
    /// What waited longer is dropped, as push services do with the TTL that is sent.
    package static let lifetime = Duration.seconds(172_800)

    /// Has a new notification pushed to every subscription that wants it. People whose notifications the owner does
    /// not want are not pushed either.
    static func add(
        _ id: NotificationID, _ kind: Notification.Kind, from actor: ActorID, at now: Timestamp,
        in tx: Transaction
    ) throws {
        let subscriptions = try PushSubscriptions.wanting(kind, in: tx)
        guard !subscriptions.isEmpty, try Mutes.silent(among: [actor], at: now, in: tx).isEmpty else {
            return
        }
        for subscription in subscriptions where try subscription.policy.admits(actor, in: tx) {
            try tx.db.run(
                "INSERT OR IGNORE INTO pushes (subscription, notification) VALUES (?, ?)", subscription.id, id
            )
            try tx.db.run(
                """
                DELETE FROM pushes WHERE subscription = ?1 AND notification <=
                    (SELECT notification FROM pushes WHERE subscription = ?1
                     ORDER BY notification DESC LIMIT 1 OFFSET ?2)
                """, subscription.id, limit)
            tx.announce(.pushes)
        }
    }

    /// Subscriptions for which something waits that may be tried.
    package static func due(at now: Timestamp, in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.db.all(
            """
            SELECT s.id FROM push_subscriptions s WHERE s.next_attempt <= ?
                AND EXISTS (SELECT 1 FROM pushes p WHERE p.subscription = s.id)
            """, now.milliseconds
        ) { $0.int64(0) }
    }

    /// When the next attempt is that must not be made yet.
    package static func nextAttempt(after now: Timestamp, in snapshot: Snapshot) throws -> Timestamp? {
        try snapshot.db.first(
            """
            SELECT min(s.next_attempt) FROM push_subscriptions s WHERE s.next_attempt > ?
                AND EXISTS (SELECT 1 FROM pushes p WHERE p.subscription = s.id)
            """, now.milliseconds
        ) { $0.int64OrNil(0).map { Timestamp(milliseconds: $0) } } ?? nil
    }

    /// What waits longest for a subscription.
    package static func first(of subscription: Int64, in snapshot: Snapshot) throws -> NotificationID? {
        try snapshot.db.first(
            "SELECT notification FROM pushes WHERE subscription = ? ORDER BY notification LIMIT 1",
            subscription
        ) { NotificationID($0.int64(0)) }
    }

    /// A message has gone its way.
    package static func settle(
        _ notification: NotificationID, of subscription: Int64, in tx: Transaction
    ) throws {
        try tx.db.run(
            "DELETE FROM pushes WHERE subscription = ? AND notification = ?", subscription, notification)
        try tx.db.run(
            "UPDATE push_subscriptions SET attempts = 0, next_attempt = 0 WHERE id = ? AND attempts > 0",
            subscription)
    }

    /// Drops what waits for a subscription and is from before `moment`.
    package static func drop(
        before moment: Timestamp, of subscription: Int64, in tx: Transaction
    ) throws {
        // Ids of notifications are thousandths of milliseconds.
        try tx.db.run(
            "DELETE FROM pushes WHERE subscription = ? AND notification < ?", subscription,
            moment.milliseconds * 1_000)
    }

    /// An attempt failed, and the next is at `moment`. A subscription that has another address by now is left alone.
    package static func postpone(
        _ subscription: Int64, endpoint: String, until moment: Timestamp, in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE push_subscriptions SET attempts = attempts + 1, next_attempt = ?
            WHERE id = ? AND endpoint = ?
            """, moment.milliseconds, subscription, endpoint)
    }

    /// The address of a subscription is gone; one that has another address by now stays.
    package static func abandon(
        _ subscription: Int64, endpoint: String, in tx: Transaction
    ) throws {
        guard try PushSubscriptions.find(subscription, in: tx)?.endpoint == endpoint else { return }
        try PushSubscriptions.remove(subscription, in: tx)
    }
}

extension PushSubscription.Policy {
    fileprivate func admits(_ actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        switch self {
        case .all: true
        case .followed: try Following.contains(actor, in: snapshot)
        case .follower: try Followers.contains(actor, in: snapshot)
        case .none: false
        }
    }
}
