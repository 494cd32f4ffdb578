package import Basics
import SQLite

/// What an app is to be told of, and where. The numbers of `policy` are stored.
package struct PushSubscription: Sendable {
    /// Kinds of notifications, as bits.
    package struct Alerts: OptionSet, Hashable, Sendable {
        package let rawValue: Int64

        package init(rawValue: Int64) {
            self.rawValue = rawValue
        }

        package init(_ kind: Notification.Kind) {
            rawValue = 1 << Int64(kind.rawValue)
        }

        // Kinds that apps ask for and that one person's server has none of; what was asked is said back.
        package static let signUp = Alerts(rawValue: 1 << 48)
        package static let severedRelationships = Alerts(rawValue: 1 << 49)
        package static let moderationWarning = Alerts(rawValue: 1 << 50)
    }

    /// Whose notifications are pushed.
    package enum Policy: Int, Sendable, CaseIterable {
        case all = 0
        case followed = 1
        case follower = 2
        case none = 3
    }

    package var id: Int64 = 0
    /// A row of `oauth_tokens`, and the token itself, which every message carries.
    package var token: Int64
    package var accessToken: String
    package var endpoint: String
    /// The app's public point (65 bytes) and secret (16 bytes), RFC 8291.
    package var key: [UInt8]
    package var auth: [UInt8]
    /// RFC 8291, and not the draft before it.
    package var isStandard: Bool
    package var alerts: Alerts
    package var policy: Policy
    /// Attempts in a row that failed.
    package var attempts = 0

    package init(
        token: Int64, accessToken: String, endpoint: String, key: [UInt8], auth: [UInt8], isStandard: Bool,
        alerts: Alerts, policy: Policy
    ) {
        self.token = token
        self.accessToken = accessToken
        self.endpoint = endpoint
        self.key = key
        self.auth = auth
        self.isStandard = isStandard
        self.alerts = alerts
        self.policy = policy
    }
}

/// Table `push_subscriptions`: one for each token, at most `limit`.
package enum PushSubscriptions {
    /// When there are more, the one that was registered first goes. Somebody's devices and browsers are fewer.
    package static let limit = 50

    /// Stores the subscription of a token in place of the one before, whose row and waiting messages it takes over.
    package static func save(
        _ subscription: PushSubscription, at now: Timestamp, in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            INSERT INTO push_subscriptions (token, access_token, endpoint, p256dh, auth, standard, alerts, policy,
                created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (token) DO UPDATE SET access_token = excluded.access_token, endpoint = excluded.endpoint,
                p256dh = excluded.p256dh, auth = excluded.auth, standard = excluded.standard,
                alerts = excluded.alerts, policy = excluded.policy, created_at = excluded.created_at,
                attempts = 0, next_attempt = 0
            """, subscription.token, subscription.accessToken, subscription.endpoint, subscription.key,
            subscription.auth, subscription.isStandard, subscription.alerts.rawValue,
            subscription.policy.rawValue, now.milliseconds)
        let surplus = try tx.db.all(
            "SELECT id FROM push_subscriptions ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?", limit
        ) { $0.int64(0) }
        for id in surplus { try remove(id, in: tx) }
        // What waited for the address before may be sent to this one.
        tx.announce(.pushes)
    }

    /// Changes what is pushed to the app with this token.
    package static func change(
        token: Int64, alerts: PushSubscription.Alerts, policy: PushSubscription.Policy, in tx: Transaction
    ) throws {
        try tx.db.run(
            "UPDATE push_subscriptions SET alerts = ?, policy = ? WHERE token = ?", alerts.rawValue,
            policy.rawValue, token)
    }

    package static func find(token: Int64, in snapshot: Snapshot) throws -> PushSubscription? {
        try snapshot.db.first(
            """
            SELECT id, token, access_token, endpoint, p256dh, auth, standard, alerts, policy, attempts
            FROM push_subscriptions WHERE token = ?
            """, token, map: subscription)
    }

    package static func find(_ id: Int64, in snapshot: Snapshot) throws -> PushSubscription? {
        try snapshot.db.first(
            """
            SELECT id, token, access_token, endpoint, p256dh, auth, standard, alerts, policy, attempts
            FROM push_subscriptions WHERE id = ?
            """, id, map: subscription)
    }

    /// Those that want to hear of this kind.
    static func wanting(
        _ kind: Notification.Kind, in snapshot: Snapshot
    ) throws -> [(id: Int64, policy: PushSubscription.Policy)] {
        try snapshot.db.all(
            "SELECT id, policy FROM push_subscriptions WHERE alerts & ? <> 0",
            PushSubscription.Alerts(kind).rawValue
        ) { ($0.int64(0), PushSubscription.Policy(rawValue: $0.int(1)) ?? .none) }
    }

    package static func remove(_ id: Int64, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM push_subscriptions WHERE id = ?", id)
        try tx.db.run("DELETE FROM pushes WHERE subscription = ?", id)
    }

    package static func remove(token: Int64, in tx: Transaction) throws {
        let id = try tx.db.first("SELECT id FROM push_subscriptions WHERE token = ?", token) { $0.int64(0) }
        if let id { try remove(id, in: tx) }
    }

    package static func removeAll(in tx: Transaction) throws {
        try tx.db.run("DELETE FROM push_subscriptions")
        try tx.db.run("DELETE FROM pushes")
    }

    private static func subscription(_ row: borrowing Row) -> PushSubscription {
        var subscription = PushSubscription(
            token: row.int64(1), accessToken: row.text(2), endpoint: row.text(3), key: row.blob(4),
            auth: row.blob(5), isStandard: row.bool(6),
            alerts: PushSubscription.Alerts(rawValue: row.int64(7)),
            policy: PushSubscription.Policy(rawValue: row.int(8)) ?? .none)
        subscription.id = row.int64(0)
        subscription.attempts = row.int(9)
        return subscription
    }
}
