import SQLite

/// Table `followed_hashtags`: hashtags whose posts go to the home timeline. Names are as in `Hashtags`.
package enum FollowedHashtags {
    package static func insert(_ name: String, in tx: Transaction) throws {
        try tx.db.run("INSERT OR IGNORE INTO followed_hashtags (name) VALUES (?)", name)
    }

    package static func remove(_ name: String, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM followed_hashtags WHERE name = ?", name)
    }

    package static func contains(_ name: String, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM followed_hashtags WHERE name = ?", name)
    }

    /// Whether one of them is in the post.
    package static func areIn(_ status: StatusID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists(
            """
            SELECT 1 FROM status_hashtags h JOIN hashtags t ON t.id = h.hashtag
                JOIN followed_hashtags f ON f.name = t.name
            WHERE h.status = ?
            """, status)
    }

    /// The newest first; the first of each pair is the cursor.
    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, name: String)] {
        try snapshot.db.all(
            "SELECT id, name FROM followed_hashtags WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), $0.text(1)) }
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM followed_hashtags") { $0.int(0) } ?? 0
    }
}
