import SQLite

extension ConnectionRows {
    /// The last row of a kind: whatever is added later has a higher number, unless the last was removed before.
    static func newest(of kind: ConnectionKind, in snapshot: Snapshot) throws -> Int64 {
        let sql: StaticString =
            switch kind {
            case .follows: "SELECT max(id) FROM following"
            case .lists: "SELECT max(id) FROM list_members"
            case .mutes: "SELECT max(id) FROM mutes"
            case .blocks: "SELECT max(id) FROM blocks"
            case .domainBlocks: "SELECT max(id) FROM domain_blocks"
            case .bookmarks: "SELECT max(id) FROM bookmarks"
            // Their numbers are moments, the same for all that belongs to a filter.
            case .filters:
                """
                SELECT max(ifnull((SELECT max(id) FROM filters), 0), ifnull((SELECT max(id) FROM filter_keywords), 0),
                    ifnull((SELECT max(id) FROM filter_statuses), 0))
                """
            }
        return try snapshot.db.first(sql) { $0.int64OrNil(0) ?? 0 } ?? 0
    }
}
