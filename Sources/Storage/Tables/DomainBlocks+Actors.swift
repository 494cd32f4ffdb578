import SQLite

extension DomainBlocks {
    /// Those among these people (a JSON array of ids) whose server is blocked.
    package static func actors(among ids: String, in snapshot: Snapshot) throws -> Set<ActorID> {
        guard try snapshot.db.exists("SELECT 1 FROM domain_blocks") else { return [] }
        let people = try snapshot.db.all(
            """
            SELECT id, uri FROM actors WHERE id IN (SELECT value FROM json_each(?)) AND domain IS NOT NULL
            """, ids
        ) { (ActorID($0.int64(0)), Inboxes.authority(of: $0.text(1)) ?? "") }
        let blocked = try covered(among: Set(people.map { $0.1 }), in: snapshot)
        return Set(people.filter { blocked.contains($0.1) }.map(\.0))
    }

    /// Those among these hosts (lower case, with or without ports) that are blocked, or belong to a domain that is.
    static func covered(among authorities: Set<String>, in snapshot: Snapshot) throws -> Set<String> {
        guard try snapshot.db.exists("SELECT 1 FROM domain_blocks") else { return [] }
        let names = Dictionary(uniqueKeysWithValues: authorities.map { ($0, parents(of: $0)) })
        let blocked = Set(
            try snapshot.db.all(
                "SELECT domain FROM domain_blocks WHERE domain IN (SELECT value FROM json_each(?))",
                json(Set(names.values.joined()))
            ) { $0.text(0) })
        return authorities.filter { !blocked.isDisjoint(with: names[$0] ?? []) }
    }

    /// The host without its port, and every domain it belongs to.
    static func parents(of authority: String) -> [String] {
        var name = authority.prefix { $0 != ":" }
        var names: [String] = []
        while !name.isEmpty {
            names.append(String(name))
            guard let dot = name.firstIndex(of: ".") else { break }
            name = name[name.index(after: dot)...]
        }
        return names
    }

    /// Host names hold nothing that JSON would have to escape; what does is no host name.
    private static func json(_ names: Set<String>) -> String {
        let plain = names.filter { $0.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x5C } }
        return "[" + plain.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    }
}
