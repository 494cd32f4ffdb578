package import Basics
import SQLite

/// What is forgotten after its time, so that no table grows for ever.
package enum Retention {
    /// Removes what is out of date; returns the names of own files that no post uses any more.
    package static func run(at now: Timestamp, in tx: Transaction) throws -> [String] {
        try tx.db.run("DELETE FROM seen_activities WHERE seen_at < ?", (now - .days(30)).milliseconds)
        try tx.db.run("DELETE FROM tombstones WHERE deleted_at < ?", (now - .days(180)).milliseconds)
        try tx.db.run("DELETE FROM idempotency_keys WHERE until < ?", now.milliseconds)
        try tx.db.run("DELETE FROM oauth_codes WHERE expires_at < ?", now.milliseconds)
        try tx.db.run("DELETE FROM mutes WHERE until < ?", now.milliseconds)
        try tx.db.run("DELETE FROM reply_reads WHERE read_at < ?", (now - .days(30)).milliseconds)
        try tx.db.run("DELETE FROM arrivals WHERE at < ?", (now - .days(30)).milliseconds)
        try ImportJobs.trim(before: now - .days(30), in: tx)
        try BrowserSessions.endUnused(since: now - .days(365), in: tx)
        try Arrivals.trim(in: tx)
        try LinkPreviews.trim(in: tx)
        try Deliveries.dropOverdue(at: now, in: tx)
        try Strangers.remove(at: now, in: tx)
        return try Attachments.removeUnattached(before: now - .days(1), in: tx)
    }

    /// Whether there is anything to remove, so that an idle server writes nothing.
    package static func isDue(at now: Timestamp, in snapshot: Snapshot) throws -> Bool {
        let isOld = try snapshot.db.exists(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM seen_activities WHERE seen_at < ?1)
                OR EXISTS (SELECT 1 FROM tombstones WHERE deleted_at < ?2)
                OR EXISTS (SELECT 1 FROM idempotency_keys WHERE until < ?3)
                OR EXISTS (SELECT 1 FROM oauth_codes WHERE expires_at < ?3)
                OR EXISTS (SELECT 1 FROM mutes WHERE until < ?3)
                OR EXISTS (SELECT 1 FROM reply_reads WHERE read_at < ?1)
                OR EXISTS (SELECT 1 FROM arrivals WHERE at < ?1)
                OR EXISTS (SELECT 1 FROM oauth_tokens WHERE agent IS NOT NULL AND used_at < ?5)
                OR EXISTS (SELECT 1 FROM import_jobs WHERE ended_at < ?1)
                OR EXISTS (SELECT 1 FROM attachments
                    WHERE status IS NULL AND scheduled IS NULL AND file IS NOT NULL AND created_at < ?4)
            """,
            (now - .days(30)).milliseconds, (now - .days(180)).milliseconds, now.milliseconds,
            (now - .days(1)).milliseconds, (now - .days(365)).milliseconds)
        return try isOld || Arrivals.areTooMany(in: snapshot) || LinkPreviews.areTooMany(in: snapshot)
            || Deliveries.isOverdue(at: now, in: snapshot) || Strangers.areDue(at: now, in: snapshot)
    }
}
