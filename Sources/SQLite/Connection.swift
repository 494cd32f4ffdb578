internal import CSQLite

/// One connection to a database file, with its prepared statements.
///
/// It belongs to one thread at a time; whoever holds it sees to that.
package final class Connection {
    /// Where the written-ahead log ends, in pages, after a commit of this connection.
    package private(set) var logPages = 0
    /// How many statements ran so far; tests count with it.
    package private(set) var statementsRun = 0

    private let handle: OpaquePointer
    /// Prepared statements by the address of their text, which is a literal of the program.
    private var prepared: [UnsafePointer<UInt8>: OpaquePointer] = [:]

    /// Opens, and unless `readOnly` creates, the file at `path`.
    package init(path: String, readOnly: Bool = false) throws(SQLiteError) {
        var handle: OpaquePointer?
        // One thread at a time is promised above, so SQLite's own mutex would only cost.
        let access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        let status = sqlite3_open_v2(path, &handle, access | SQLITE_OPEN_NOMUTEX, nil)
        guard status == SQLITE_OK, let handle else {
            let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(handle)
            throw SQLiteError(code: status, message: message, statement: nil)
        }
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5_000)
        _ = islet_defensive(handle)
    }

    deinit {
        for statement in prepared.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Notes the length of the log at each commit instead of checkpointing inside it.
    package func observeLog() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<Connection>.fromOpaque(context).takeUnretainedValue().logPages = Int(pages)
                return SQLITE_OK
            }, context)
    }

    /// Moves the log into the database file and empties it when nobody reads from it.
    package func checkpoint(truncating: Bool) throws(SQLiteError) {
        let mode = truncating ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let status = sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil)
        // A reader in the way is no fault: the next checkpoint gets the rest.
        guard status == SQLITE_OK || status & 0xFF == SQLITE_BUSY else { throw error(status, nil) }
        if truncating && status == SQLITE_OK { logPages = 0 }
    }

    /// Runs a script of several statements that return nothing of interest.
    package func execute(_ script: String) throws(SQLiteError) {
        let status = sqlite3_exec(handle, script, nil, nil, nil)
        guard status == SQLITE_OK else { throw error(status, script) }
    }

    /// Runs a statement that returns no rows.
    package func run(_ sql: StaticString, _ values: any BindableValue...) throws(SQLiteError) {
        try withStatement(sql, values) { (statement: OpaquePointer) throws(SQLiteError) -> Void in
            while true {
                let status = sqlite3_step(statement)
                if status == SQLITE_DONE { return }
                guard status == SQLITE_ROW else { throw error(status, sql.description) }
            }
        }
    }

    /// Every row, mapped.
    package func all<T>(
        _ sql: StaticString, _ values: any BindableValue..., map: (borrowing Row) -> T
    ) throws(SQLiteError) -> [T] {
        try withStatement(sql, values) { (statement: OpaquePointer) throws(SQLiteError) -> [T] in
            var found: [T] = []
            while try step(statement, sql) { found.append(map(Row(statement: statement))) }
            return found
        }
    }

    /// The first row, mapped, or nil when there is none.
    package func first<T>(
        _ sql: StaticString, _ values: any BindableValue..., map: (borrowing Row) -> T
    ) throws(SQLiteError) -> T? {
        try withStatement(sql, values) { (statement: OpaquePointer) throws(SQLiteError) -> T? in
            guard try step(statement, sql) else { return nil }
            return map(Row(statement: statement))
        }
    }

    /// Whether there is a row at all.
    package func exists(_ sql: StaticString, _ values: any BindableValue...) throws(SQLiteError) -> Bool {
        try withStatement(sql, values) { (statement: OpaquePointer) throws(SQLiteError) -> Bool in
            try step(statement, sql)
        }
    }

    /// Rows that the last INSERT, UPDATE or DELETE touched.
    package var changes: Int { Int(sqlite3_changes64(handle)) }
    package var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }
    package var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    private func step(_ statement: OpaquePointer, _ sql: StaticString) throws(SQLiteError) -> Bool {
        let status = sqlite3_step(statement)
        if status == SQLITE_ROW { return true }
        guard status == SQLITE_DONE else { throw error(status, sql.description) }
        return false
    }

    private func withStatement<T>(
        _ sql: StaticString, _ values: [any BindableValue],
        _ body: (OpaquePointer) throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T {
        statementsRun &+= 1
        // Taken out while it runs, so that the same text may run inside its own rows.
        let statement: OpaquePointer
        if let ready = prepared.removeValue(forKey: sql.utf8Start) {
            statement = ready
        } else {
            statement = try prepare(sql)
        }
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
            if let displaced = prepared.updateValue(statement, forKey: sql.utf8Start) {
                sqlite3_finalize(displaced)
            }
        }
        var index: Int32 = 1
        for value in values {
            let status = value.bind(to: statement, at: index)
            guard status == SQLITE_OK else { throw error(status, sql.description) }
            index += 1
        }
        return try body(statement)
    }

    private func prepare(_ sql: StaticString) throws(SQLiteError) -> OpaquePointer {
        var statement: OpaquePointer?
        let status = sql.withUTF8Buffer { text in
            text.withMemoryRebound(to: CChar.self) { characters in
                sqlite3_prepare_v3(
                    handle, characters.baseAddress, Int32(clamping: characters.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
            }
        }
        guard status == SQLITE_OK, let statement else { throw error(status, sql.description) }
        return statement
    }

    private func error(_ status: Int32, _ statement: String?) -> SQLiteError {
        SQLiteError(
            code: sqlite3_extended_errcode(handle) == 0 ? status : sqlite3_extended_errcode(handle),
            message: String(cString: sqlite3_errmsg(handle)), statement: statement)
    }
}
