import SQLite

/// Table `account_notes`: what the owner wrote down about people, for the owner alone.
package enum AccountNotes {
    /// - Parameter comment: empty for none.
    package static func set(_ comment: String, for actor: ActorID, in tx: Transaction) throws {
        if comment.isEmpty {
            try tx.db.run("DELETE FROM account_notes WHERE actor = ?", actor)
        } else {
            try tx.db.run(
                """
                INSERT INTO account_notes (actor, comment) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET comment = excluded.comment
                """, actor, comment)
        }
    }

    /// What is noted about somebody; nil for nothing.
    package static func find(_ actor: ActorID, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first("SELECT comment FROM account_notes WHERE actor = ?", actor) { $0.text(0) }
    }

    /// Of these people (a JSON array of ids), those about whom something is noted.
    package static func among(_ ids: String, in snapshot: Snapshot) throws -> [ActorID: String] {
        let found = try snapshot.db.all(
            "SELECT actor, comment FROM account_notes WHERE actor IN (SELECT value FROM json_each(?))", ids
        ) { (ActorID($0.int64(0)), $0.text(1)) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }
}
