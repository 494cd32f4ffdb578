import SQLite

/// Which posts of a profile are asked for.
package struct ProfileFilter: Sendable {
    /// The most hidden kind that the reader may see.
    package var visibility = Visibility.unlisted
    package var excludesReplies = false
    package var excludesReblogs = false
    package var onlyMedia = false
    /// Whether the files of the posts lie here, as those of the owner's do: then those with files need not be searched.
    package var hasOwnFiles = false
    /// Only posts with this hashtag, lower case; empty for all.
    package var hashtag = ""

    package init() {}
}

extension Statuses {
    /// The ids of a profile's posts, by the index that what is asked for is rarest in.
    package static func page(
        of actor: ActorID, _ page: Page, filter: ProfileFilter, in snapshot: Snapshot
    ) throws -> [StatusID] {
        let found: [StatusID]
        if !filter.hashtag.isEmpty {
            guard let hashtag = try Hashtags.number(filter.hashtag, in: snapshot) else { return [] }
            found = try tagged(of: actor, hashtag, page, filter, in: snapshot)
        } else if filter.onlyMedia && filter.hasOwnFiles {
            found = try withFiles(of: actor, page, filter, in: snapshot)
        } else {
            found = try all(of: actor, page, filter, in: snapshot)
        }
        return page.isUpward ? found.reversed() : found
    }

    private static func all(
        of actor: ActorID, _ page: Page, _ filter: ProfileFilter, in snapshot: Snapshot
    ) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT id FROM statuses WHERE actor = ?1 AND id > ?2 AND id < ?3 AND visibility <= ?4
                    AND (?5 = 0 OR in_reply_to_actor IS NULL AND in_reply_to_uri IS NULL
                        OR in_reply_to_actor = ?1)
                    AND (?6 = 0 OR reblog_of IS NULL)
                    AND (?7 = 0 OR EXISTS (SELECT 1 FROM attachments WHERE status = statuses.id))
                ORDER BY id ASC LIMIT ?8
                """,
                actor, page.lower, page.upper, filter.visibility.rawValue, filter.excludesReplies,
                filter.excludesReblogs, filter.onlyMedia, page.limit
            ) { StatusID($0.int64(0)) }
        }
        return try snapshot.db.all(
            """
            SELECT id FROM statuses WHERE actor = ?1 AND id > ?2 AND id < ?3 AND visibility <= ?4
                AND (?5 = 0 OR in_reply_to_actor IS NULL AND in_reply_to_uri IS NULL
                    OR in_reply_to_actor = ?1)
                AND (?6 = 0 OR reblog_of IS NULL)
                AND (?7 = 0 OR EXISTS (SELECT 1 FROM attachments WHERE status = statuses.id))
            ORDER BY id DESC LIMIT ?8
            """,
            actor, page.lower, page.upper, filter.visibility.rawValue, filter.excludesReplies,
            filter.excludesReblogs, filter.onlyMedia, page.limit
        ) { StatusID($0.int64(0)) }
    }

    private static func tagged(
        of actor: ActorID, _ hashtag: Int64, _ page: Page, _ filter: ProfileFilter, in snapshot: Snapshot
    ) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT s.id FROM status_hashtags h CROSS JOIN statuses s ON s.id = h.status
                WHERE h.hashtag = ?8 AND h.status > ?2 AND h.status < ?3 AND s.actor = ?1 AND s.visibility <= ?4
                    AND (?5 = 0 OR s.in_reply_to_actor IS NULL AND s.in_reply_to_uri IS NULL
                        OR s.in_reply_to_actor = ?1)
                    AND (?6 = 0 OR s.reblog_of IS NULL)
                    AND (?7 = 0 OR EXISTS (SELECT 1 FROM attachments WHERE status = s.id))
                ORDER BY h.status ASC LIMIT ?9
                """,
                actor, page.lower, page.upper, filter.visibility.rawValue, filter.excludesReplies,
                filter.excludesReblogs, filter.onlyMedia, hashtag, page.limit
            ) { StatusID($0.int64(0)) }
        }
        return try snapshot.db.all(
            """
            SELECT s.id FROM status_hashtags h CROSS JOIN statuses s ON s.id = h.status
            WHERE h.hashtag = ?8 AND h.status > ?2 AND h.status < ?3 AND s.actor = ?1 AND s.visibility <= ?4
                AND (?5 = 0 OR s.in_reply_to_actor IS NULL AND s.in_reply_to_uri IS NULL
                    OR s.in_reply_to_actor = ?1)
                AND (?6 = 0 OR s.reblog_of IS NULL)
                AND (?7 = 0 OR EXISTS (SELECT 1 FROM attachments WHERE status = s.id))
            ORDER BY h.status DESC LIMIT ?9
            """,
            actor, page.lower, page.upper, filter.visibility.rawValue, filter.excludesReplies,
            filter.excludesReblogs, filter.onlyMedia, hashtag, page.limit
        ) { StatusID($0.int64(0)) }
    }

    private static func withFiles(
        of actor: ActorID, _ page: Page, _ filter: ProfileFilter, in snapshot: Snapshot
    ) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT DISTINCT a.status FROM attachments a INDEXED BY attachments_of_own_posts
                    CROSS JOIN statuses s ON s.id = a.status
                WHERE a.file IS NOT NULL AND a.status > ?2 AND a.status < ?3 AND s.actor = ?1 AND s.visibility <= ?4
                    AND (?5 = 0 OR s.in_reply_to_actor IS NULL AND s.in_reply_to_uri IS NULL
                        OR s.in_reply_to_actor = ?1)
                    AND (?6 = 0 OR s.reblog_of IS NULL)
                ORDER BY a.status ASC LIMIT ?7
                """,
                actor, page.lower, page.upper, filter.visibility.rawValue, filter.excludesReplies,
                filter.excludesReblogs, page.limit
            ) { StatusID($0.int64(0)) }
        }
        return try snapshot.db.all(
            """
            SELECT DISTINCT a.status FROM attachments a INDEXED BY attachments_of_own_posts
                CROSS JOIN statuses s ON s.id = a.status
            WHERE a.file IS NOT NULL AND a.status > ?2 AND a.status < ?3 AND s.actor = ?1 AND s.visibility <= ?4
                AND (?5 = 0 OR s.in_reply_to_actor IS NULL AND s.in_reply_to_uri IS NULL
                    OR s.in_reply_to_actor = ?1)
                AND (?6 = 0 OR s.reblog_of IS NULL)
            ORDER BY a.status DESC LIMIT ?7
            """,
            actor, page.lower, page.upper, filter.visibility.rawValue, filter.excludesReplies,
            filter.excludesReblogs, page.limit
        ) { StatusID($0.int64(0)) }
    }
}
