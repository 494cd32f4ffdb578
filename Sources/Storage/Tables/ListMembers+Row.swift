import SQLite

extension ListMembers {
    /// The row that says that somebody is on a list.
    package static func row(
        of actor: ActorID, on list: ListID, in snapshot: Snapshot
    ) throws -> Int64? {
        try snapshot.db.first("SELECT id FROM list_members WHERE list = ? AND actor = ?", list, actor) {
            $0.int64(0)
        }
    }

    /// Who is on which list by the word of a row.
    package static func find(
        _ row: Int64, in snapshot: Snapshot
    ) throws -> (list: ListID, actor: ActorID)? {
        try snapshot.db.first("SELECT list, actor FROM list_members WHERE id = ?", row) {
            (ListID($0.int64(0)), ActorID($0.int64(1)))
        }
    }
}
