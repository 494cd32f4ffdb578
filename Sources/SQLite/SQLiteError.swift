internal import CSQLite

/// What SQLite said, with the statement but never with bound values.
package struct SQLiteError: Error, CustomStringConvertible {
    /// The extended result code, <https://www.sqlite.org/rescode.html>.
    package let code: Int32
    package let message: String
    package let statement: String?

    package var primaryCode: Int32 { code & 0xFF }

    /// No room on the device, or it does not take writes: reading may go on, writing may work later.
    package var isOutOfSpace: Bool {
        primaryCode == SQLITE_FULL || primaryCode == SQLITE_IOERR || primaryCode == SQLITE_READONLY
            || primaryCode == SQLITE_CANTOPEN
    }

    /// The file is not a database, or it is damaged.
    package var isDamaged: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

    package var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }

    package var description: String {
        "SQLite \(code): \(message)" + (statement.map { " in «\($0)»" } ?? "")
    }
}
