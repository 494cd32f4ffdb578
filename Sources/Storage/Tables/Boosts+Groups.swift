import SQLite

extension Boosts {
    /// The group that brought one of these posts (a JSON array of ids) to its members, the first that did.
    package static func group(among statuses: String, in snapshot: Snapshot) throws -> ActorID? {
        try snapshot.db.first(
            """
            SELECT a.id FROM statuses b JOIN actors a ON a.id = b.actor
            WHERE b.reblog_of IN (SELECT value FROM json_each(?)) AND a.kind = ? ORDER BY b.id LIMIT 1
            """, statuses, Actor.Kind.group.rawValue
        ) { ActorID($0.int64(0)) }
    }
}
