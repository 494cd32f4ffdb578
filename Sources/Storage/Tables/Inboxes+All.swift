import SQLite

extension Inboxes {
    /// Every inbox that is known, the shared one where somebody's server has one.
    package static func all(in snapshot: Snapshot) throws -> [Int64] {
        try snapshot.db.all(
            "SELECT DISTINCT ifnull(shared_inbox, inbox) FROM actors WHERE inbox IS NOT NULL"
        ) { $0.int64(0) }
    }
}
