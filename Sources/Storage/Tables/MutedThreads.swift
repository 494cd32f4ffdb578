import SQLite

/// Tables `muted_statuses` and `muted_contexts`: threads of which the owner does not want to hear.
///
/// A thread is what replies tie together, and what its authors say to have the same context. Each of its posts is marked,
/// also each that comes later, so that asking is one look however long the thread is.
package enum MutedThreads {
    /// Posts of one thread that are marked when it is muted. Later ones are marked by what they answer.
    private static let most = 10_000

    package static func contains(_ id: StatusID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM muted_statuses WHERE status = ?", id)
    }

    package static func insert(_ id: StatusID, in tx: Transaction) throws {
        let thread = try thread(of: id, in: tx)
        try tx.db.run("INSERT OR IGNORE INTO muted_statuses (status) SELECT value FROM json_each(?)", thread)
        try tx.db.run(
            """
            INSERT OR IGNORE INTO muted_contexts (context) SELECT conversation FROM statuses
            WHERE id IN (SELECT value FROM json_each(?)) AND conversation IS NOT NULL
            """, thread)
    }

    /// Lets the owner hear of the thread again, with the parts that only their context ties to it.
    package static func remove(_ id: StatusID, in tx: Transaction) throws {
        let thread = try thread(of: id, in: tx)
        try tx.db.run(
            """
            DELETE FROM muted_statuses WHERE status IN (
                SELECT m.status FROM muted_statuses m CROSS JOIN statuses s ON s.id = m.status
                WHERE s.conversation IN (SELECT conversation FROM statuses
                    WHERE id IN (SELECT value FROM json_each(?1)) AND conversation IS NOT NULL))
            """, thread)
        try tx.db.run("DELETE FROM muted_statuses WHERE status IN (SELECT value FROM json_each(?))", thread)
        try tx.db.run(
            """
            DELETE FROM muted_contexts WHERE context IN (SELECT conversation FROM statuses
                WHERE id IN (SELECT value FROM json_each(?)) AND conversation IS NOT NULL)
            """, thread)
    }

    /// Marks a post that was just stored when it belongs to a muted thread.
    static func join(_ id: StatusID, parent: StatusID?, context: String?, in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT INTO muted_statuses (status) SELECT ?1
            WHERE EXISTS (SELECT 1 FROM muted_statuses WHERE status = ?2)
                OR EXISTS (SELECT 1 FROM muted_contexts WHERE context = ?3)
                OR EXISTS (SELECT 1 FROM statuses r JOIN muted_statuses m ON m.status = r.id WHERE r.in_reply_to = ?1)
            """, id, parent, context)
        guard tx.db.changes > 0 else { return }
        // A post that came late may tie parts together of which only one was muted.
        let isBridge = try tx.db.exists(
            """
            SELECT 1 FROM (SELECT ?2 AS id UNION ALL SELECT id FROM statuses WHERE in_reply_to = ?1) part
            WHERE part.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM muted_statuses WHERE status = part.id)
            """, id, parent)
        if isBridge { try insert(id, in: tx) }
    }

    /// The ids of what is above and below, as a JSON array. Who replies to what is the word of strangers, so a chain may
    /// end in itself.
    private static func thread(of id: StatusID, in snapshot: Snapshot) throws -> String {
        try snapshot.db.all(
            """
            WITH RECURSIVE up (id) AS (
                SELECT ?1 UNION
                SELECT s.in_reply_to FROM up JOIN statuses s ON s.id = up.id WHERE s.in_reply_to IS NOT NULL
                LIMIT ?2),
            part (id) AS (
                SELECT id FROM up UNION
                SELECT s.id FROM part JOIN statuses s ON s.in_reply_to = part.id LIMIT ?2)
            SELECT id FROM part
            """, id, most
        ) { StatusID($0.int64(0)) }.asJSON()
    }
}
