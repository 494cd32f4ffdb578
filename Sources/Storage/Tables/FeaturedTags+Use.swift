package import Basics
import SQLite

extension FeaturedTags {
    /// A hashtag that somebody features, and how they use it.
    package struct Use: Sendable {
        /// Lower case.
        package let name: String
        /// Open posts with it that are here.
        package let statuses: Int
        package let lastStatusAt: Timestamp?
    }

    /// The newest first.
    package static func uses(by actor: ActorID, in snapshot: Snapshot) throws -> [Use] {
        try snapshot.db.all(
            """
            SELECT f.name, count(s.id), max(s.created_at) FROM featured_tags f
                LEFT JOIN hashtags t ON t.name = f.name
                LEFT JOIN status_hashtags h ON h.hashtag = t.id
                LEFT JOIN statuses s ON s.id = h.status AND s.actor = f.actor AND s.visibility <= 1
            WHERE f.actor = ? GROUP BY f.name ORDER BY f.featured_at DESC, f.name
            """, actor
        ) { row in
            Use(
                name: row.text(0), statuses: row.int(1),
                lastStatusAt: row.int64OrNil(2).map { Timestamp(milliseconds: $0) })
        }
    }
}
