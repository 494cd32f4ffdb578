package import Basics
import SQLite

/// Tables `outbox` and `deliveries`: what is to be sent, once, and to which inboxes.
///
/// The body is stored as the exact bytes that go out. When its last delivery is settled, it goes too.
package enum Deliveries {
    /// Rows of `deliveries` in all. At the bound a new act is refused with `DeliveriesFull` before anything of it
    /// is stored, so that nothing is promised that cannot be kept.
    package static let limit = 200_000
    /// Items that wait for one inbox that fails. At the bound the oldest post among them is dropped, and follows,
    /// their answers and deletions only when there is nothing else.
    package static let limitPerFailingInbox = 500
    /// Items of one host that come before the turn of others.
    static let shareOfHost = 4

    package struct Due: Sendable {
        package let inbox: Int64
        package let item: Int64
        package let attempts: Int
        package let url: String
        package let host: Int64
        package let hostName: String
        /// Whether an attempt may have arrived although nothing said so.
        package let isUnsure: Bool
    }

    /// What is sent, besides to whom.
    package struct Letter: Sendable {
        /// The type of the activity.
        package var kind: String
        package var body: [UInt8]
        /// The post that it is about.
        package var status: StatusID?
        /// The address of what it brings, changes or takes away; a later letter about the same may stand for it.
        package var concerns: String?
        /// The address of what it takes back. What was not sent before is then not sent at all.
        package var cancels: String?
        /// Whether the followers on the other side are to be compared (FEP-8fcf).
        package var synchronizes = false
        /// Whether the instance signs it, and not the owner, as it does reports.
        package var asInstance = false

        package init(
            kind: String, body: [UInt8], status: StatusID? = nil, concerns: String? = nil,
            cancels: String? = nil
        ) {
            self.kind = kind
            self.body = body
            self.status = status
            self.concerns = concerns
            self.cancels = cancels
        }
    }

    /// Stores the letter and one delivery for each distinct inbox. Nothing happens when there is none.
    ///
    /// - Parameter first: those who are to have it before the others: people who are named or answered.
    package static func enqueue(
        _ letter: Letter, to inboxes: [Int64], first: [Int64] = [], at now: Timestamp, in tx: Transaction
    ) throws {
        let early = Set(first)
        let distinct = Set(inboxes).union(early)
        guard !distinct.isEmpty else { return }
        guard try count(in: tx) + distinct.count <= limit else { throw DeliveriesFull() }
        // Never a number that was used before, also when everything before it is delivered and gone: the worker knows
        // bodies by their numbers. And never a smaller one, because the order is that of the numbers.
        let newest = try tx.db.first("SELECT max(id) FROM outbox") { $0.int64(0) } ?? 0
        let item = max(newest + 1, IDs.next(at: now))
        try tx.db.run(
            """
            INSERT INTO outbox (id, kind, status, body, pending, created_at, concerns, cancels, synchronizes,
                as_instance)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            item, letter.kind, letter.status, letter.body, distinct.count, now.milliseconds,
            letter.concerns.map(URIHash.of), letter.cancels.map(URIHash.of), letter.synchronizes,
            letter.asInstance)
        for inbox in distinct.sorted() {
            try tx.db.run(
                "INSERT INTO deliveries (inbox, item, rank) VALUES (?, ?, ?)", inbox, item,
                early.contains(inbox) ? 0 : 1)
        }
        try trimFailing(among: distinct, in: tx)
        tx.announce(.deliveries)
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT ifnull(sum(pending), 0) FROM outbox") { $0.int(0) } ?? 0
    }

    /// The first waiting item of each inbox that may be tried now, the oldest items first.
    ///
    /// What one host has more than its share of comes after everybody else's, so that many inboxes of a host that
    /// hangs do not fill the answer.
    package static func due(at now: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [Due] {
        try snapshot.db.all(
            """
            SELECT inbox, item, attempts, url, host, name, unsure FROM (
                SELECT d.inbox, d.item, d.rank, d.attempts, i.url, h.id AS host, h.name, d.unsure,
                    row_number() OVER (PARTITION BY h.id ORDER BY d.item, d.rank, d.inbox) AS place
                FROM (SELECT inbox, min(item) AS item, attempts, next_attempt, rank, unsure FROM deliveries
                    GROUP BY inbox) d
                    JOIN inboxes i ON i.id = d.inbox JOIN hosts h ON h.id = i.host
                WHERE d.next_attempt <= ?1 AND h.next_attempt <= ?1)
            ORDER BY place > ?2, item, rank, inbox LIMIT ?3
            """, now.milliseconds, shareOfHost, limit
        ) { row in
            Due(
                inbox: row.int64(0), item: row.int64(1), attempts: row.int(2), url: row.text(3),
                host: row.int64(4),
                hostName: row.text(5), isUnsure: row.bool(6))
        }
    }

    /// When the next delivery that waits may be tried, nil when nothing waits.
    /// - Parameter moment: only what may be tried later than this.
    package static func nextAttempt(
        after moment: Timestamp = Timestamp(milliseconds: -1), in snapshot: Snapshot
    ) throws -> Timestamp? {
        try snapshot.db.first(
            """
            SELECT min(next) FROM (SELECT max(d.next_attempt, h.next_attempt) AS next
                FROM (SELECT inbox, min(item), next_attempt FROM deliveries GROUP BY inbox) d
                    JOIN inboxes i ON i.id = d.inbox JOIN hosts h ON h.id = i.host)
            WHERE next > ?
            """, moment.milliseconds
        ) { row in row.int64OrNil(0).map { Timestamp(milliseconds: $0) } } ?? nil
    }

    package static func waits(forInbox inbox: Int64, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM deliveries WHERE inbox = ?", inbox)
    }

    /// Ends one delivery, taken or given up.
    package static func settle(inbox: Int64, item: Int64, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM deliveries WHERE inbox = ? AND item = ?", inbox, item)
        guard tx.db.changes == 1 else { return }
        try tx.db.run("UPDATE outbox SET pending = pending - 1 WHERE id = ?", item)
        try tx.db.run("DELETE FROM outbox WHERE id = ? AND pending <= 0", item)
    }

    /// - Parameter isUnsure: whether the attempt may have arrived.
    package static func postpone(
        inbox: Int64, item: Int64, until moment: Timestamp, isUnsure: Bool, in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE deliveries SET attempts = attempts + 1, next_attempt = ?, unsure = max(unsure, ?)
            WHERE inbox = ? AND item = ?
            """, moment.milliseconds, isUnsure, inbox, item)
        try trim(inbox: inbox, in: tx)
    }

    /// Inboxes of all followers, shared ones where there are any.
    package static func followerInboxes(in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.db.all(
            """
            SELECT DISTINCT ifnull(a.shared_inbox, a.inbox) FROM followers f JOIN actors a ON a.id = f.actor
            WHERE a.inbox IS NOT NULL
            """
        ) { $0.int64(0) }
    }

    /// The inbox of somebody.
    /// - Parameter shared: whether their server's common inbox will do.
    package static func inbox(of actor: ActorID, shared: Bool, in snapshot: Snapshot) throws -> Int64? {
        try snapshot.db.first(
            "SELECT CASE WHEN ?2 THEN ifnull(shared_inbox, inbox) ELSE inbox END FROM actors WHERE id = ?1",
            actor,
            shared
        ) { $0.int64OrNil(0) } ?? nil
    }

    /// Inboxes of everybody who has, or answered to, this post.
    package static func reach(of status: StatusID, in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.db.all(
            """
            SELECT DISTINCT ifnull(a.shared_inbox, a.inbox) FROM actors a WHERE a.inbox IS NOT NULL AND a.id IN (
                SELECT actor FROM mentions WHERE status = ?1
                UNION SELECT actor FROM favourites WHERE status = ?1
                UNION SELECT actor FROM statuses WHERE reblog_of = ?1
                UNION SELECT actor FROM statuses WHERE in_reply_to = ?1
                UNION SELECT in_reply_to_actor FROM statuses WHERE id = ?1)
            """, status
        ) { $0.int64(0) }
    }
}

/// The queue of deliveries is at its bound; nothing of the new act was stored.
package struct DeliveriesFull: Error {
    package init() {}
}
