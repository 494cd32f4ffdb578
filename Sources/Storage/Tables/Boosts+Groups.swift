import SQLite

extension Boosts {
    /// Whoever boosts what is written to them, for their members.
    package struct Group: Sendable {
        package let id: ActorID
        package let uri: String
    }

    /// The groups that brought these posts, or one of the forty above each, to their members; of several the first that
    /// did. By post.
    package static func groups(
        above statuses: [StatusID], in snapshot: Snapshot
    ) throws -> [StatusID: Group] {
        guard !statuses.isEmpty else { return [:] }
        let groups = try snapshot.db.all(
            """
            WITH RECURSIVE up (start, id, depth) AS (
                SELECT value, value, 0 FROM json_each(?1)
                UNION
                SELECT start, s.in_reply_to, depth + 1 FROM up JOIN statuses s ON s.id = up.id
                WHERE depth < 40 AND s.in_reply_to IS NOT NULL)
            SELECT up.start, a.id, a.uri FROM up CROSS JOIN statuses b ON b.reblog_of = up.id
                CROSS JOIN actors a ON a.id = b.actor
            WHERE a.kind = ?2 ORDER BY b.id
            """, statuses.asJSON(), Actor.Kind.group.rawValue
        ) { (StatusID($0.int64(0)), Group(id: ActorID($0.int64(1)), uri: $0.text(2))) }
        return Dictionary(groups, uniquingKeysWith: { first, _ in first })
    }
}
