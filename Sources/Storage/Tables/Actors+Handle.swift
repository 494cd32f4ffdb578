import SQLite

extension Actors {
    /// Whether more than one actor says that this handle is theirs; then only their server can tell.
    package static func isDisputed(
        username: String, domain: String, in snapshot: Snapshot
    ) throws -> Bool {
        let claimants = try snapshot.db.all(
            "SELECT id FROM actors WHERE username = ? COLLATE NOCASE AND domain = ? AND fetched_at > 0 LIMIT 2",
            username, domain
        ) { $0.int64(0) }
        return claimants.count > 1
    }
}
