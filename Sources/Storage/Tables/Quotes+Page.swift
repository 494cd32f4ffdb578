import SQLite

/// What a page of posts shows of quotes.
package struct StatusQuotes: Sendable {
    /// What a post quotes.
    package struct Shown: Sendable {
        package let state: Quote.State
        /// Nil when the quoted post was deleted, or never came here.
        package let quoted: StatusID?
    }

    /// By the post that quotes.
    package var quotes: [StatusID: Shown] = [:]
    /// How often a post is quoted with consent; posts that nobody quotes are left out.
    package var counts: [StatusID: Int] = [:]

    package init() {}

    /// For the posts with these ids (a JSON array), in one statement.
    package static func of(_ ids: String, in snapshot: Snapshot) throws -> StatusQuotes {
        let rows = try snapshot.db.all(
            """
            WITH page (id) AS MATERIALIZED (SELECT value FROM json_each(?1))
            SELECT q.status, q.state, q.quoted, 0 FROM page JOIN quotes q ON q.status = page.id
            UNION ALL SELECT q.quoted, -1, NULL, count(*) FROM page
                JOIN quotes q ON q.quoted = page.id AND q.state = 1 GROUP BY 1
            """, ids
        ) { (StatusID($0.int64(0)), $0.int(1), $0.int64OrNil(2).map { StatusID($0) }, $0.int(3)) }
        var found = StatusQuotes()
        for (id, state, quoted, count) in rows {
            if state < 0 {
                found.counts[id] = count
            } else {
                found.quotes[id] = Shown(state: Quote.State(rawValue: state) ?? .rejected, quoted: quoted)
            }
        }
        return found
    }

    /// Adds what was found of other posts.
    package mutating func merge(_ other: StatusQuotes) {
        quotes.merge(other.quotes) { first, _ in first }
        counts.merge(other.counts) { first, _ in first }
    }
}

extension Quotes {
    /// Posts that quote this one with consent.
    package static func page(
        of quoted: StatusID, _ page: Page, in snapshot: Snapshot
    ) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT status FROM quotes WHERE quoted = ? AND state = 1 AND status > ? AND status < ?
                ORDER BY status ASC LIMIT ?
                """, quoted, page.lower, page.upper, page.limit
            ) { StatusID($0.int64(0)) }.reversed()
        }
        return try snapshot.db.all(
            """
            SELECT status FROM quotes WHERE quoted = ? AND state = 1 AND status > ? AND status < ?
            ORDER BY status DESC LIMIT ?
            """, quoted, page.lower, page.upper, page.limit
        ) { StatusID($0.int64(0)) }
    }
}
