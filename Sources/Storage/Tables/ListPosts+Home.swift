import SQLite

/// What moves between the home timeline and a list when the list becomes exclusive, or is it no longer.
extension ListPosts {
    /// Posts that come back to the home timeline, the newest.
    private static let returning = 400

    /// Takes what the list's members posted from the home timeline, also what the list itself does not show.
    package static func leaveHome(_ list: ListID, owner: ActorID, in tx: Transaction) throws {
        try tx.db.run(
            """
            DELETE FROM home WHERE id IN (
                SELECT s.id FROM list_members m JOIN statuses s ON s.actor = m.actor
                WHERE m.list = ? AND s.actor <> ?)
            """, list, owner)
    }

    /// Brings the newest posts on the list back to the home timeline, those left out whose authors are on another
    /// exclusive list.
    ///
    /// - Parameter actor: only what this one posted.
    package static func returnHome(_ list: ListID, of actor: ActorID? = nil, in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT OR IGNORE INTO home (id)
            SELECT p.status FROM list_posts p JOIN statuses s ON s.id = p.status
            WHERE p.list = ?1 AND (?2 IS NULL OR s.actor = ?2) AND NOT EXISTS (
                SELECT 1 FROM list_members m JOIN lists l ON l.id = m.list
                WHERE m.actor = s.actor AND l.exclusive AND l.id <> ?1)
            ORDER BY p.status DESC LIMIT ?3
            """, list, actor, returning)
    }
}
