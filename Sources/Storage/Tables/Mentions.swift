import SQLite

/// Table `mentions`: who is named in a post.
package enum Mentions {
    package struct Mention: Sendable {
        package let actor: ActorID
        package let uri: String
        package let username: String
        package let domain: String?
        package let url: String?

        package var acct: String { domain.map { "\(username)@\($0)" } ?? username }
    }

    package static func insert(status: StatusID, actor: ActorID, in tx: Transaction) throws {
        try tx.db.run("INSERT OR IGNORE INTO mentions (status, actor) VALUES (?, ?)", status, actor)
    }

    package static func removeAll(of status: StatusID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM mentions WHERE status = ?", status)
    }

    /// By post, for the posts with these ids (a JSON array).
    package static func of(_ ids: String, in snapshot: Snapshot) throws -> [StatusID: [Mention]] {
        let rows = try snapshot.db.all(
            """
            SELECT m.status, a.id, a.uri, a.username, a.domain, a.url FROM mentions m JOIN actors a ON a.id = m.actor
            WHERE m.status IN (SELECT value FROM json_each(?))
            """, ids
        ) { row in
            (
                StatusID(row.int64(0)),
                Mention(
                    actor: ActorID(row.int64(1)), uri: row.text(2), username: row.text(3),
                    domain: row.textOrNil(4),
                    url: row.textOrNil(5))
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    package static func contains(status: StatusID, actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM mentions WHERE status = ? AND actor = ?", status, actor)
    }
}
