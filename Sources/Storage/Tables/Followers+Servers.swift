import SQLite

extension Followers {
    /// How many people follow the owner, and on how many servers.
    package static func reach(in snapshot: Snapshot) throws -> (people: Int, servers: Int) {
        try snapshot.db.first(
            """
            SELECT count(*), count(DISTINCT i.host) FROM followers f JOIN actors a ON a.id = f.actor
            LEFT JOIN inboxes i ON i.id = ifnull(a.shared_inbox, a.inbox)
            """
        ) { ($0.int(0), $0.int(1)) } ?? (0, 0)
    }
}
