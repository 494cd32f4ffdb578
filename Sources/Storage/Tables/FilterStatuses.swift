package import Basics
import SQLite

/// A post that a filter names, <https://docs.joinmastodon.org/entities/FilterStatus/>.
package struct FilterStatus: Sendable {
    package let id: FilterStatusID
    package let filter: FilterID
    package let status: StatusID
}

/// Table `filter_statuses`.
package enum FilterStatuses {
    /// - Returns: nil when the filter names the post already.
    package static func insert(
        _ status: StatusID, into filter: FilterID, at now: Timestamp, in tx: Transaction
    ) throws -> FilterStatusID? {
        var id = IDs.next(at: now)
        while try tx.db.exists("SELECT 1 FROM filter_statuses WHERE id = ?", id) { id += 1 }
        try tx.db.run(
            "INSERT OR IGNORE INTO filter_statuses (id, filter, status) VALUES (?, ?, ?)", id, filter, status)
        guard tx.db.changes == 1 else { return nil }
        try Filters.noteChange(in: tx)
        return FilterStatusID(id)
    }

    package static func remove(_ id: FilterStatusID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM filter_statuses WHERE id = ?", id)
        try Filters.noteChange(in: tx)
    }

    package static func find(_ id: FilterStatusID, in snapshot: Snapshot) throws -> FilterStatus? {
        try snapshot.db.first(
            "SELECT id, filter, status FROM filter_statuses WHERE id = ?", id, map: status)
    }

    package static func of(_ filter: FilterID, in snapshot: Snapshot) throws -> [FilterStatus] {
        try snapshot.db.all(
            "SELECT id, filter, status FROM filter_statuses WHERE filter = ? ORDER BY id", filter, map: status
        )
    }

    static func all(in snapshot: Snapshot) throws -> [FilterStatus] {
        try snapshot.db.all("SELECT id, filter, status FROM filter_statuses ORDER BY id", map: status)
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM filter_statuses") { $0.int(0) } ?? 0
    }

    private static func status(_ row: borrowing Row) -> FilterStatus {
        FilterStatus(
            id: FilterStatusID(row.int64(0)), filter: FilterID(row.int64(1)), status: StatusID(row.int64(2)))
    }
}
