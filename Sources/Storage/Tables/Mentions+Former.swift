import SQLite

/// People whom an edit took out of a post. Their servers still have it, so they hear of what becomes of it.
///
/// They are rows of `mentions` under the negative number of the post, which no join finds.
extension Mentions {
    package static func keepFormer(
        _ people: some Sequence<ActorID>, of status: StatusID, in tx: Transaction
    ) throws {
        for actor in people { try insert(status: StatusID(-status.value), actor: actor, in: tx) }
    }

    package static func former(of status: StatusID, in snapshot: Snapshot) throws -> [ActorID] {
        try snapshot.db.all("SELECT actor FROM mentions WHERE status = ?", StatusID(-status.value)) {
            ActorID($0.int64(0))
        }
    }

    package static func removeFormer(of status: StatusID, in tx: Transaction) throws {
        try removeAll(of: StatusID(-status.value), in: tx)
    }
}
