package import Basics
import SQLite

/// Table `featured_tags`: hashtags that people show on their profile, the owner included.
package enum FeaturedTags {
    /// Rows of one person.
    package static let limit = 10

    /// Lower case, the newest first.
    package static func of(_ actor: ActorID, in snapshot: Snapshot) throws -> [String] {
        try snapshot.db.all(
            "SELECT name FROM featured_tags WHERE actor = ? ORDER BY featured_at DESC, name", actor
        ) { $0.text(0) }
    }

    /// - Parameter name: lower case, without `#`.
    /// - Returns: `false` at the bound, and for one that is there already.
    @discardableResult
    package static func insert(
        _ name: String, of actor: ActorID, at now: Timestamp, in tx: Transaction
    ) throws -> Bool {
        let count =
            try tx.db.first("SELECT count(*) FROM featured_tags WHERE actor = ?", actor) { $0.int(0) } ?? 0
        guard count < limit else { return false }
        try tx.db.run(
            "INSERT OR IGNORE INTO featured_tags (actor, name, featured_at) VALUES (?, ?, ?)", actor, name,
            now.milliseconds)
        guard tx.db.changes == 1 else { return false }
        tx.announce(.owner)
        return true
    }

    package static func remove(_ name: String, of actor: ActorID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM featured_tags WHERE actor = ? AND name = ?", actor, name)
        tx.announce(.owner)
    }
}
