import SQLite

extension Statuses {
    /// Posts for those alone whom they name, which the owner wrote or got.
    package static func directPage(_ page: Page, in snapshot: Snapshot) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT id FROM statuses INDEXED BY statuses_direct
                WHERE visibility = 3 AND id > ? AND id < ? ORDER BY id ASC LIMIT ?
                """, page.lower, page.upper, page.limit
            ) { StatusID($0.int64(0)) }.reversed()
        }
        return try snapshot.db.all(
            """
            SELECT id FROM statuses INDEXED BY statuses_direct
            WHERE visibility = 3 AND id > ? AND id < ? ORDER BY id DESC LIMIT ?
            """, page.lower, page.upper, page.limit
        ) { StatusID($0.int64(0)) }
    }
}
