package import Basics
import SQLite

/// A file of connections that is being taken over, or was.
package struct ImportJob: Sendable {
    /// The numbers are stored.
    package enum State: Int, Sendable {
        /// Its lines are being stored; what a restart finds so is not whole and goes.
        case reading = 0
        case running = 1
        case done = 2
        case cancelled = 3
    }

    package let id: ImportJobID
    package let kind: ConnectionKind
    /// Whether what is not in the file is undone at the end.
    package let replaces: Bool
    package let state: State
    /// Lines of the file, and how many of them led somewhere or nowhere so far.
    package let lines: Int
    package let done: Int
    package let failed: Int
    /// Connections that were not in the file and were undone.
    package let undone: Int
    package let startedAt: Timestamp
    package let endedAt: Timestamp?
    /// The last row of its kind when the work began. What came later is not undone.
    package let newest: Int64
}

/// Table `import_jobs`.
package enum ImportJobs {
    package static func insert(
        _ kind: ConnectionKind, replaces: Bool, at now: Timestamp, in tx: Transaction
    ) throws -> ImportJobID {
        try tx.db.run(
            "INSERT INTO import_jobs (kind, replaces, state, started_at) VALUES (?, ?, ?, ?)", kind.rawValue,
            replaces, ImportJob.State.reading.rawValue, now.milliseconds)
        let id = try tx.db.first("SELECT max(id) FROM import_jobs") { ImportJobID($0.int64(0)) }
        return id ?? ImportJobID(0)
    }

    package static func find(_ id: ImportJobID, in snapshot: Snapshot) throws -> ImportJob? {
        try snapshot.db.first(
            """
            SELECT id, kind, replaces, state, lines, done, failed, undone, started_at, ended_at, newest
            FROM import_jobs WHERE id = ?
            """, id, map: job)
    }

    /// The newest first.
    package static func all(in snapshot: Snapshot) throws -> [ImportJob] {
        try snapshot.db.all(
            """
            SELECT id, kind, replaces, state, lines, done, failed, undone, started_at, ended_at, newest
            FROM import_jobs ORDER BY id DESC
            """, map: job)
    }

    /// Those that run, the oldest first.
    package static func running(in snapshot: Snapshot) throws -> [ImportJob] {
        try snapshot.db.all(
            """
            SELECT id, kind, replaces, state, lines, done, failed, undone, started_at, ended_at, newest
            FROM import_jobs WHERE state = 1 ORDER BY id
            """, map: job)
    }

    package static func isRunning(_ id: ImportJobID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM import_jobs WHERE id = ? AND state = 1", id)
    }

    /// All lines are stored: the work may begin.
    package static func begin(_ id: ImportJobID, in tx: Transaction) throws {
        guard let job = try find(id, in: tx) else { return }
        let newest = try ConnectionRows.newest(of: job.kind, in: tx)
        try tx.db.run(
            "UPDATE import_jobs SET state = 1, newest = ? WHERE id = ? AND state = 0", newest, id)
        tx.announce(.imports)
    }

    /// Ends it, with what is left of it but the lines that led nowhere.
    ///
    /// - Returns: `false` when it had ended already.
    package static func end(
        _ id: ImportJobID, as state: ImportJob.State, at now: Timestamp, in tx: Transaction
    ) throws -> Bool {
        try tx.db.run(
            "UPDATE import_jobs SET state = ?, ended_at = ? WHERE id = ? AND state < 2", state.rawValue,
            now.milliseconds, id)
        guard tx.db.changes == 1 else { return false }
        try ImportLines.removeSettled(of: id, in: tx)
        tx.announce(.imports)
        return true
    }

    package static func count(
        _ id: ImportJobID, lines: Int = 0, done: Int = 0, failed: Int = 0, undone: Int = 0, in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE import_jobs SET lines = lines + ?, done = done + ?, failed = failed + ?, undone = undone + ?
            WHERE id = ?
            """, lines, done, failed, undone, id)
    }

    /// Removes the job with all its lines.
    package static func remove(_ id: ImportJobID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM import_lines WHERE job = ?", id)
        try tx.db.run("DELETE FROM import_jobs WHERE id = ?", id)
    }

    /// Forgets reports of what ended before a moment.
    static func trim(before moment: Timestamp, in tx: Transaction) throws {
        let old = try tx.db.all("SELECT id FROM import_jobs WHERE ended_at < ?", moment.milliseconds) {
            ImportJobID($0.int64(0))
        }
        for id in old { try remove(id, in: tx) }
    }

    private static func job(_ row: borrowing Row) -> ImportJob {
        ImportJob(
            id: ImportJobID(row.int64(0)), kind: ConnectionKind(rawValue: row.int(1)) ?? .follows,
            replaces: row.bool(2), state: ImportJob.State(rawValue: row.int(3)) ?? .cancelled,
            lines: row.int(4), done: row.int(5), failed: row.int(6), undone: row.int(7),
            startedAt: Timestamp(milliseconds: row.int64(8)),
            endedAt: row.int64OrNil(9).map { Timestamp(milliseconds: $0) }, newest: row.int64(10))
    }
}
