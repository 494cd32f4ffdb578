import SQLite

extension DomainBlocks {
    /// Those among these people (a JSON array of ids) whose server is blocked.
    package static func actors(among ids: String, in snapshot: Snapshot) throws -> Set<ActorID> {
        guard try !all(in: snapshot).isEmpty else { return [] }
        let people = try snapshot.db.all(
            """
            SELECT id, uri FROM actors WHERE id IN (SELECT value FROM json_each(?)) AND domain IS NOT NULL
            """, ids
        ) { (ActorID($0.int64(0)), Inboxes.authority(of: $0.text(1)) ?? "") }
        let hosts = try Set(people.map(\.1)).filter { try covers($0, in: snapshot) }
        return Set(people.filter { hosts.contains($0.1) }.map(\.0))
    }
}

extension DomainBlocks {
    /// Those who wrote these posts and whose server is blocked.
    package static func authors(of ids: [StatusID], in snapshot: Snapshot) throws -> Set<ActorID> {
        guard !ids.isEmpty, try snapshot.db.exists("SELECT 1 FROM domain_blocks") else { return [] }
        let authors = try snapshot.db.all(
            "SELECT DISTINCT actor FROM statuses WHERE id IN (SELECT value FROM json_each(?))", ids.asJSON()
        ) { ActorID($0.int64(0)) }
        return try actors(among: authors.asJSON(), in: snapshot)
    }
}
