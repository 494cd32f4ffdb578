import SQLite

/// The index of people: `search_people`, by the words of handle and name, and `search_people_changed`.
package enum PeopleIndex {
    /// Has somebody indexed anew, or left out when they are gone.
    static func note(_ id: ActorID, in tx: Transaction) throws {
        try tx.db.run("INSERT OR IGNORE INTO search_people_changed (actor) VALUES (?)", id)
        tx.announce(.unindexed)
    }

    static func catchUp(limit: Int, cut: (String) -> String, in tx: Transaction) throws {
        let waiting = try tx.db.all(
            """
            SELECT w.actor, a.username, a.domain, a.name, p.text
            FROM (SELECT actor FROM search_people_changed part LIMIT ?) w LEFT JOIN actors a ON a.id = w.actor
                LEFT JOIN search_people p ON p.rowid = w.actor
            """, limit
        ) { row in
            (
                id: row.int64(0),
                new: row.isNull(1) ? nil : [row.text(1), row.text(2), row.text(3)].joined(separator: " "),
                old: row.textOrNil(4)
            )
        }
        for (id, new, old) in waiting {
            let text = new.map(cut)
            // Most people are only read again, which changes nothing here.
            if text != old {
                if old != nil { try tx.db.run("DELETE FROM search_people WHERE rowid = ?", id) }
                if let text {
                    try tx.db.run("INSERT INTO search_people (rowid, text) VALUES (?, ?)", id, text)
                }
            }
            try tx.db.run("DELETE FROM search_people_changed WHERE actor = ?", id)
        }
    }

    /// People with all these words, those first whom the owner follows, then who has exactly this name, then who
    /// wrote last. Of very many the ones that are known longest are left out.
    ///
    /// - Parameter name: a username, compared without case.
    package static func find(
        _ expression: SearchExpression, name: String, following: Bool, limit: Int, offset: Int,
        in snapshot: Snapshot
    ) throws -> [ActorID] {
        guard let match = expression.text else { return [] }
        return try snapshot.db.all(
            """
            WITH wanted (id) AS (
                SELECT * FROM (SELECT p.rowid FROM search_people p CROSS JOIN following f ON f.actor = p.rowid
                    WHERE p.search_people MATCH ?1 LIMIT 500)
                UNION SELECT * FROM (SELECT id FROM actors WHERE username = ?2 COLLATE NOCASE LIMIT 50)
                UNION SELECT * FROM (SELECT rowid FROM search_people WHERE search_people MATCH ?1
                    ORDER BY rowid DESC LIMIT 200))
            SELECT a.id FROM wanted JOIN actors a ON a.id = wanted.id LEFT JOIN following f ON f.actor = a.id
            WHERE NOT ?3 OR f.accepted
            ORDER BY f.id IS NULL, a.username <> ?2 COLLATE NOCASE, a.last_status_at DESC, a.id LIMIT ?4 OFFSET ?5
            """, match, name, following, limit, offset
        ) { ActorID($0.int64(0)) }
    }
}
