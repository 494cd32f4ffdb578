import SQLite

/// Table `bookmarks`: what the owner wants to find again. Nobody is told.
package enum Bookmarks {
    package static func insert(_ status: StatusID, in tx: Transaction) throws {
        try tx.db.run("INSERT OR IGNORE INTO bookmarks (status) VALUES (?)", status)
    }

    package static func remove(_ status: StatusID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM bookmarks WHERE status = ?", status)
    }

    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(
        cursor: Int64, status: StatusID
    )] {
        try snapshot.db.all(
            "SELECT id, status FROM bookmarks WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), StatusID($0.int64(1))) }
    }
}

extension Bookmarks {
    /// The page next to `min_id`, newest first as every page.
    package static func upwardPage(_ page: Page, in snapshot: Snapshot) throws -> [(
        cursor: Int64, status: StatusID
    )] {
        try snapshot.db.all(
            "SELECT id, status FROM bookmarks WHERE id > ? AND id < ? ORDER BY id ASC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), StatusID($0.int64(1))) }.reversed()
    }
}
