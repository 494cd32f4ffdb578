import SQLite

/// Own files of posts that wait for their time.
extension Attachments {
    /// Keeps an own file that belongs to no post for one that waits; false when there is no such file.
    package static func reserve(
        _ id: AttachmentID, for scheduled: ScheduledStatusID, position: Int, in tx: Transaction
    ) throws -> Bool {
        try tx.db.run(
            """
            UPDATE attachments SET scheduled = ?, position = ?
            WHERE id = ? AND file IS NOT NULL AND status IS NULL AND scheduled IS NULL
            """, scheduled, position, id)
        return tx.db.changes == 1
    }

    /// By scheduled post in their order, for those with these ids (a JSON array).
    package static func ofScheduled(
        _ ids: String, in snapshot: Snapshot
    ) throws -> [ScheduledStatusID: [Attachment]] {
        let owners = try snapshot.db.all(
            """
            SELECT id, scheduled FROM attachments WHERE scheduled IN (SELECT value FROM json_each(?))
            ORDER BY scheduled, position
            """, ids
        ) { (AttachmentID($0.int64(0)), ScheduledStatusID($0.int64(1))) }
        guard !owners.isEmpty else { return [:] }
        let files = try all(among: owners.map(\.0).asJSON(), in: snapshot)
        let byID = Dictionary(files.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var found: [ScheduledStatusID: [Attachment]] = [:]
        for (file, scheduled) in owners { found[scheduled, default: []] += byID[file].map { [$0] } ?? [] }
        return found
    }

    /// Whether the file waits with a post.
    package static func isReserved(_ id: AttachmentID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM attachments WHERE id = ? AND scheduled IS NOT NULL", id)
    }
}
