import SQLite

/// A line of an import that led nowhere.
package struct ImportFailure: Sendable {
    /// In the file, the first being 1.
    package let line: Int
    /// The line as CSV, in the columns of its kind.
    package let entry: String
    /// A plain sentence.
    package let reason: String
}

/// Table `import_lines`.
package enum ImportLines {
    /// - Parameters:
    ///   - host: whom to ask about it; empty for nobody.
    ///   - reason: why it leads nowhere, when that is known already.
    package static func insert(
        _ entry: String, line: Int, host: String, reason: String?, of job: ImportJobID, in tx: Transaction
    ) throws {
        try tx.db.run(
            "INSERT INTO import_lines (job, line, host, entry, reason) VALUES (?, ?, ?, ?, ?)", job, line,
            host, entry, reason)
    }

    /// Lines that wait, by their place in the file.
    package static func waiting(
        of job: ImportJobID, in snapshot: Snapshot
    ) throws -> [(line: Int, host: String)] {
        try snapshot.db.all(
            """
            SELECT line, host FROM import_lines WHERE job = ? AND target IS NULL AND reason IS NULL ORDER BY line
            """, job
        ) { ($0.int(0), $0.text(1)) }
    }

    /// A line that waits; nil when it does no longer.
    package static func entry(
        _ line: Int, of job: ImportJobID, in snapshot: Snapshot
    ) throws -> String? {
        try snapshot.db.first(
            """
            SELECT entry FROM import_lines WHERE job = ? AND line = ? AND target IS NULL AND reason IS NULL
            """, job, line
        ) { $0.text(0) }
    }

    /// Notes to which row a line led.
    package static func settle(
        _ line: Int, of job: ImportJobID, target: Int64, in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE import_lines SET target = ? WHERE job = ? AND line = ? AND target IS NULL AND reason IS NULL
            """, target, job, line)
        if tx.db.changes == 1 { try ImportJobs.count(job, done: 1, in: tx) }
    }

    package static func fail(
        _ line: Int, of job: ImportJobID, because reason: String, in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE import_lines SET reason = ? WHERE job = ? AND line = ? AND target IS NULL AND reason IS NULL
            """, reason, job, line)
        if tx.db.changes == 1 { try ImportJobs.count(job, failed: 1, in: tx) }
    }

    /// Lines that led nowhere, by their place in the file.
    package static func failures(
        of job: ImportJobID, after line: Int, limit: Int, in snapshot: Snapshot
    ) throws -> [ImportFailure] {
        try snapshot.db.all(
            """
            SELECT line, entry, reason FROM import_lines WHERE job = ? AND line > ? AND reason IS NOT NULL
            ORDER BY line LIMIT ?
            """, job, line, limit
        ) { ImportFailure(line: $0.int(0), entry: $0.text(1), reason: $0.text(2)) }
    }

    /// The entries that led somewhere, in the order of the file.
    package static func settled(of job: ImportJobID, in snapshot: Snapshot) throws -> [String] {
        try snapshot.db.all(
            "SELECT entry FROM import_lines WHERE job = ? AND target IS NOT NULL ORDER BY line", job
        ) { $0.text(0) }
    }

    /// Keeps only what the report says.
    static func removeSettled(of job: ImportJobID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM import_lines WHERE job = ? AND reason IS NULL", job)
    }
}
