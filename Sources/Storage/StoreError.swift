package import SQLite

/// Why the store did not do what it was asked.
package enum StoreError: Error {
    /// The disk is full or does not take writes; reading goes on, and writing may work later.
    case outOfSpace(String)
    /// Too many writes wait already.
    case overloaded
    /// The store was closed.
    case closed
    /// The file was written by a newer Islet.
    case newer(found: Int, known: Int)
    /// The file is damaged or not a database.
    case damaged(String)
    case sqlite(SQLiteError)

    package init(_ error: SQLiteError) {
        if error.isOutOfSpace {
            self = .outOfSpace(error.description)
        } else if error.isDamaged {
            self = .damaged(error.description)
        } else {
            self = .sqlite(error)
        }
    }

    package var isOutOfSpace: Bool {
        if case .outOfSpace = self { true } else { false }
    }
}
