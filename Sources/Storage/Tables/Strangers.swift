import Basics
import SQLite

/// Rows of `actors`, `inboxes` and `hosts` that nothing needs any more: people who were once named or looked at, and
/// their servers.
///
/// Looking at all of them would take long where there are many, so each day looks at another part of them: those whose
/// numbers leave a remainder that is the day's.
enum Strangers {
    /// Days until everybody was looked at.
    private static let parts: Int64 = 32
    /// Rows of each table that go in one day.
    private static let batch = 500
    /// How long somebody is kept after their document was last read.
    private static let patience = Duration.days(30)

    static func areDue(at now: Timestamp, in snapshot: Snapshot) throws -> Bool {
        if try !people(at: now, limit: 1, in: snapshot).isEmpty { return true }
        if try !inboxes(at: now, limit: 1, in: snapshot).isEmpty { return true }
        return try !hosts(at: now, limit: 1, in: snapshot).isEmpty
    }

    static func remove(at now: Timestamp, in tx: Transaction) throws {
        for id in try people(at: now, limit: batch, in: tx) {
            try tx.db.run("DELETE FROM featured_tags WHERE actor = ?", id)
            try tx.db.run("DELETE FROM notification_requests WHERE actor = ?", id)
            try tx.db.run("DELETE FROM actors WHERE id = ?", id)
            try PeopleIndex.note(ActorID(id), in: tx)
        }
        for id in try inboxes(at: now, limit: batch, in: tx) {
            try tx.db.run("DELETE FROM inboxes WHERE id = ?", id)
        }
        for id in try hosts(at: now, limit: batch, in: tx) {
            try tx.db.run("DELETE FROM hosts WHERE id = ?", id)
        }
    }

    private static func part(of now: Timestamp) -> Int64 {
        (now.seconds / 86_400) & (parts - 1)
    }

    /// People without a post, a tie to the owner, or a trace in what the owner sees; other accounts of the owner's are
    /// no strangers.
    private static func people(at now: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [Int64] {
        let moment = (now - patience).milliseconds
        return try snapshot.db.all(
            """
            WITH part (id) AS MATERIALIZED (SELECT id FROM actors WHERE id & ?1 = ?2 AND +id < ?3)
            SELECT a.id FROM part CROSS JOIN actors a ON a.id = part.id
            WHERE a.domain IS NOT NULL AND a.fetched_at < ?4 AND a.looked_at < ?4
                AND NOT EXISTS (SELECT 1 FROM statuses WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM mentions WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM favourites WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM notifications WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM notification_permissions WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM following WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM followers WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM follow_requests WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM mutes WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM quote_authorizations WHERE actor = a.id)
                AND NOT EXISTS (SELECT 1 FROM account_notes WHERE actor = a.id)
                AND a.id NOT IN (SELECT actor FROM owner)
                AND a.id NOT IN (SELECT actor FROM reports)
                AND a.id NOT IN (SELECT actor FROM poll_votes)
                AND NOT EXISTS (
                    SELECT 1 FROM owner CROSS JOIN actors s ON s.id = owner.actor WHERE s.moved_to = a.uri
                        OR instr(char(10) || s.also_known_as || char(10), char(10) || a.uri || char(10)))
            LIMIT ?5
            """, parts - 1, part(of: now), moment << 16, moment, limit
        ) { $0.int64(0) }
    }

    /// Inboxes of nobody, for which nothing waits. The newest stays, so that its number is not used again.
    private static func inboxes(at now: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.db.all(
            """
            SELECT i.id FROM inboxes i WHERE i.id & ?1 = ?2 AND i.id < (SELECT max(id) FROM inboxes)
                AND NOT EXISTS (SELECT 1 FROM actors WHERE inbox = i.id)
                AND NOT EXISTS (SELECT 1 FROM actors WHERE shared_inbox = i.id)
                AND NOT EXISTS (SELECT 1 FROM deliveries WHERE inbox = i.id)
            LIMIT ?3
            """, parts - 1, part(of: now), limit
        ) { $0.int64(0) }
    }

    /// Hosts without an inbox that were not asked for anything lately.
    private static func hosts(at now: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.db.all(
            """
            SELECT h.id FROM hosts h WHERE h.id & ?1 = ?2 AND h.id < (SELECT max(id) FROM hosts)
                AND h.asked_on < ?3 AND h.ask_after < ?4
                AND NOT EXISTS (SELECT 1 FROM inboxes WHERE host = h.id)
            LIMIT ?5
            """, parts - 1, part(of: now), (now - patience).seconds / 86_400, now.milliseconds, limit
        ) { $0.int64(0) }
    }
}
