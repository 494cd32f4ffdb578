package import Basics
import SQLite

/// A post that waits for its time.
package struct ScheduledStatus: Sendable {
    package var id = ScheduledStatusID(0)
    package var at: Timestamp
    /// The request as JSON.
    package var parameters: String
    /// The app that sent it.
    package var application: Int64?

    package init(at: Timestamp, parameters: String, application: Int64?) {
        self.at = at
        self.parameters = parameters
        self.application = application
    }
}

/// Table `scheduled_statuses`.
package enum ScheduledStatuses {
    /// Its id is larger than that of every post and scheduled post so far.
    package static func insert(
        _ status: ScheduledStatus, createdAt now: Timestamp, in tx: Transaction
    ) throws -> ScheduledStatusID {
        let id = ScheduledStatusID(Statuses.newID(at: now).value)
        try tx.db.run(
            "INSERT INTO scheduled_statuses (id, at, parameters, application) VALUES (?, ?, ?, ?)", id,
            status.at.milliseconds, status.parameters, status.application)
        tx.announce(.scheduled)
        return id
    }

    package static func find(_ id: ScheduledStatusID, in snapshot: Snapshot) throws -> ScheduledStatus? {
        try snapshot.db.first(
            "SELECT id, at, parameters, application FROM scheduled_statuses WHERE id = ?", id, map: scheduled)
    }

    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [ScheduledStatus] {
        guard page.isUpward else {
            return try snapshot.db.all(
                """
                SELECT id, at, parameters, application FROM scheduled_statuses WHERE id > ? AND id < ?
                ORDER BY id DESC LIMIT ?
                """, page.lower, page.upper, page.limit, map: scheduled)
        }
        return try snapshot.db.all(
            """
            SELECT id, at, parameters, application FROM scheduled_statuses WHERE id > ? AND id < ?
            ORDER BY id ASC LIMIT ?
            """, page.lower, page.upper, page.limit, map: scheduled
        ).reversed()
    }

    /// How many wait at all, and how many for a moment in `day`.
    package static func counts(
        in day: Range<Timestamp>, in snapshot: Snapshot
    ) throws -> (all: Int, ofDay: Int) {
        try snapshot.db.first(
            "SELECT count(*), count(*) FILTER (WHERE at >= ? AND at < ?) FROM scheduled_statuses",
            day.lowerBound.milliseconds, day.upperBound.milliseconds
        ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    }

    /// Gives it another time, and another chance if it could not be published.
    package static func move(_ id: ScheduledStatusID, to moment: Timestamp, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE scheduled_statuses SET at = ?, failure = NULL WHERE id = ?", moment.milliseconds, id)
        tx.announce(.scheduled)
    }

    /// Takes it out, published or not; its files belong to no post for a day.
    ///
    /// - Returns: false when it is not there, so that nothing is published twice.
    package static func take(_ id: ScheduledStatusID, at now: Timestamp, in tx: Transaction) throws -> Bool {
        try tx.db.run("DELETE FROM scheduled_statuses WHERE id = ?", id)
        guard tx.db.changes == 1 else { return false }
        try tx.db.run(
            "UPDATE attachments SET scheduled = NULL, created_at = ? WHERE scheduled = ?", now.milliseconds,
            id)
        tx.announce(.scheduled)
        return true
    }
}

extension ScheduledStatuses {
    /// The one whose time comes first among those that can be published.
    package static func next(in snapshot: Snapshot) throws -> ScheduledStatus? {
        try snapshot.db.first(
            """
            SELECT id, at, parameters, application FROM scheduled_statuses WHERE failure IS NULL
            ORDER BY at LIMIT 1
            """, map: scheduled)
    }

    /// Notes why it cannot be published. It stays where the owner sees it, until it is moved or cancelled.
    package static func setFailure(
        _ reason: String, of id: ScheduledStatusID, in tx: Transaction
    ) throws {
        try tx.db.run("UPDATE scheduled_statuses SET failure = ? WHERE id = ?", reason, id)
    }

    /// Why those of these posts that could not be published could not.
    ///
    /// - Parameter ids: a JSON array.
    package static func failures(
        of ids: String, in snapshot: Snapshot
    ) throws -> [ScheduledStatusID: String] {
        let rows = try snapshot.db.all(
            """
            SELECT id, failure FROM scheduled_statuses
            WHERE id IN (SELECT value FROM json_each(?)) AND failure IS NOT NULL
            """, ids
        ) { (ScheduledStatusID($0.int64(0)), $0.text(1)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static func scheduled(_ row: borrowing Row) -> ScheduledStatus {
        var status = ScheduledStatus(
            at: Timestamp(milliseconds: row.int64(1)), parameters: row.text(2),
            application: row.int64OrNil(3))
        status.id = ScheduledStatusID(row.int64(0))
        return status
    }
}
