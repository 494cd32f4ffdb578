import SQLite

extension Statuses {
    /// Those of these posts that anybody may be shown, in the same order: open ones, by nobody whom the owner blocked,
    /// alone or with their server, or whom their own server suspended.
    package static func forEverybody(_ ids: [StatusID], in snapshot: Snapshot) throws -> [StatusID] {
        let found = try snapshot.db.all(
            """
            SELECT s.id, s.actor FROM statuses s JOIN actors a ON a.id = s.actor
            WHERE s.id IN (SELECT value FROM json_each(?)) AND s.visibility <= 1 AND a.suspended = 0
                AND NOT EXISTS (SELECT 1 FROM blocks WHERE actor = s.actor)
            """, ids.asJSON()
        ) { (StatusID($0.int64(0)), ActorID($0.int64(1))) }
        let authors = Dictionary(found, uniquingKeysWith: { first, _ in first })
        let blocked = try DomainBlocks.actors(among: Set(authors.values).asJSON(), in: snapshot)
        return ids.filter { authors[$0].map { !blocked.contains($0) } ?? false }
    }
}
