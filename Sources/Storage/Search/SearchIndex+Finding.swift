package import Basics
import SQLite

/// Which posts are looked for besides what they say.
package struct SearchRange: Sendable {
    /// Written at this moment or later.
    package var from: Timestamp?
    /// Written before.
    package var until: Timestamp?
    /// Only posts that are the owner's, or name the owner, or that the owner likes or keeps.
    package var libraryOf: ActorID?
    /// Only posts with smaller or larger ids.
    package var maxID: Int64?
    package var minID: Int64?

    package init() {}

    fileprivate var above: Int64 { max(from.map { first(at: $0) - 1 } ?? 0, minID ?? 0, 0) }
    fileprivate var below: Int64 { min(until.map { first(at: $0) } ?? .max, maxID ?? .max) }

    /// The smallest id of the moment.
    private func first(at moment: Timestamp) -> Int64 {
        min(max(moment.milliseconds, 0), 1 << 46) << 16
    }
}

extension SearchIndex {
    /// Posts that are looked at for one answer: those of the matching ones that came last. Beyond them nobody scrolls.
    private static let window = 1_000
    /// The same where most of them are left out, because they are not the owner's.
    private static let libraryWindow = 20_000

    /// Posts that match, the newest first.
    package static func find(
        _ expression: SearchExpression, _ range: SearchRange, limit: Int, offset: Int, in snapshot: Snapshot
    ) throws -> [StatusID] {
        guard let match = expression.text else { return [] }
        if let owner = range.libraryOf {
            return try snapshot.db.all(
                """
                WITH wanted (id) AS MATERIALIZED (
                    SELECT d.status FROM search i CROSS JOIN search_docs d ON d.doc = i.rowid
                    WHERE i.search MATCH ?1 AND d.status > ?2 AND d.status < ?3 ORDER BY i.rowid DESC LIMIT ?4)
                SELECT s.id FROM wanted CROSS JOIN statuses s ON s.id = wanted.id
                WHERE s.actor = ?5 OR EXISTS (SELECT 1 FROM mentions WHERE status = s.id AND actor = ?5)
                    OR EXISTS (SELECT 1 FROM favourites WHERE status = s.id AND actor = ?5)
                    OR EXISTS (SELECT 1 FROM bookmarks WHERE status = s.id)
                ORDER BY s.id DESC LIMIT ?6 OFFSET ?7
                """, match, range.above, range.below, libraryWindow, owner, limit, offset
            ) { StatusID($0.int64(0)) }
        }
        return try snapshot.db.all(
            """
            WITH wanted (id) AS MATERIALIZED (
                SELECT d.status FROM search i CROSS JOIN search_docs d ON d.doc = i.rowid
                WHERE i.search MATCH ?1 AND d.status > ?2 AND d.status < ?3 ORDER BY i.rowid DESC LIMIT ?4)
            SELECT id FROM wanted ORDER BY id DESC LIMIT ?5 OFFSET ?6
            """, match, range.above, range.below, window, limit, offset
        ) { StatusID($0.int64(0)) }
    }
}
