import SQLite

/// Boosts: rows of `statuses` whose `reblog_of` is set.
package enum Boosts {
    /// The boost of this post by this actor.
    package static func find(of status: StatusID, by actor: ActorID, in snapshot: Snapshot) throws
        -> StatusID?
    {
        try snapshot.db.first(
            "SELECT id FROM statuses WHERE reblog_of = ? AND actor = ?", status, actor
        ) { StatusID($0.int64(0)) }
    }

    package static func counts(of ids: String, in snapshot: Snapshot) throws -> [StatusID: Int] {
        let counts = try snapshot.db.all(
            """
            SELECT reblog_of, count(*) FROM statuses
            WHERE reblog_of IN (SELECT value FROM json_each(?)) GROUP BY reblog_of
            """, ids
        ) { (StatusID($0.int64(0)), $0.int(1)) }
        return Dictionary(counts, uniquingKeysWith: { first, _ in first })
    }

    package static func page(
        of status: StatusID, _ page: Page, in snapshot: Snapshot
    ) throws -> [(cursor: Int64, actor: ActorID)] {
        try snapshot.db.all(
            "SELECT id, actor FROM statuses WHERE reblog_of = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            status, page.lower, page.upper, page.limit
        ) { ($0.int64(0), ActorID($0.int64(1))) }
    }
}

/// What the owner did with posts: one statement for a whole page.
package struct OwnMarks: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let favourited = OwnMarks(rawValue: 1)
    package static let reblogged = OwnMarks(rawValue: 2)
    package static let bookmarked = OwnMarks(rawValue: 4)
    package static let pinned = OwnMarks(rawValue: 8)
    /// It is of a thread that the owner muted.
    package static let muted = OwnMarks(rawValue: 16)

    /// By post, for the posts with these ids (a JSON array).
    package static func of(_ ids: String, owner: ActorID, in snapshot: Snapshot) throws -> [StatusID:
        OwnMarks]
    {
        let marks = try snapshot.db.all(
            """
            WITH page (id) AS MATERIALIZED (SELECT value FROM json_each(?1))
            SELECT f.status, 1 FROM page JOIN favourites f ON f.status = page.id AND f.actor = ?2
            UNION ALL SELECT s.reblog_of, 2 FROM page JOIN statuses s ON s.reblog_of = page.id AND s.actor = ?2
            UNION ALL SELECT b.status, 4 FROM page JOIN bookmarks b ON b.status = page.id
            UNION ALL SELECT p.status, 8 FROM page JOIN pins p ON p.status = page.id
                JOIN statuses s ON s.id = page.id AND s.actor = ?2
            UNION ALL SELECT m.status, 16 FROM page JOIN muted_statuses m ON m.status = page.id
            """, ids, owner
        ) { (StatusID($0.int64(0)), OwnMarks(rawValue: $0.int(1))) }
        return Dictionary(marks, uniquingKeysWith: { $0.union($1) })
    }
}

/// How often a post was boosted, liked and openly answered, as far as this server knows.
package struct StatusNumbers: Sendable {
    package var boosts = 0
    package var favourites = 0
    package var replies = 0

    package init() {}

    /// By post, for the posts with these ids (a JSON array); posts without any are left out. One statement.
    package static func of(_ ids: String, in snapshot: Snapshot) throws -> [StatusID: StatusNumbers] {
        let rows = try snapshot.db.all(
            """
            WITH page (id) AS MATERIALIZED (SELECT value FROM json_each(?1))
            SELECT s.reblog_of, 0, count(*) FROM page JOIN statuses s ON s.reblog_of = page.id GROUP BY 1
            UNION ALL SELECT f.status, 1, count(*) FROM page JOIN favourites f ON f.status = page.id GROUP BY 1
            UNION ALL SELECT s.in_reply_to, 2, count(*) FROM page JOIN statuses s ON s.in_reply_to = page.id
                WHERE s.visibility <= 1 GROUP BY 1
            """, ids
        ) { (StatusID($0.int64(0)), $0.int(1), $0.int(2)) }
        var numbers: [StatusID: StatusNumbers] = [:]
        for (id, kind, count) in rows {
            switch kind {
            case 0: numbers[id, default: StatusNumbers()].boosts = count
            case 1: numbers[id, default: StatusNumbers()].favourites = count
            default: numbers[id, default: StatusNumbers()].replies = count
            }
        }
        return numbers
    }
}
