package import Basics
import SQLite

/// A text that a filter looks for, <https://docs.joinmastodon.org/entities/FilterKeyword/>.
package struct FilterKeyword: Sendable {
    package let id: FilterKeywordID
    package let filter: FilterID
    /// Plain text as typed, never a regular expression.
    package let text: String
    package let isWholeWord: Bool
}

/// Table `filter_keywords`.
package enum FilterKeywords {
    package static func insert(
        _ text: String, isWholeWord: Bool, into filter: FilterID, at now: Timestamp, in tx: Transaction
    ) throws -> FilterKeywordID {
        var id = IDs.next(at: now)
        while try tx.db.exists("SELECT 1 FROM filter_keywords WHERE id = ?", id) { id += 1 }
        try tx.db.run(
            "INSERT INTO filter_keywords (id, filter, keyword, whole_word) VALUES (?, ?, ?, ?)", id, filter,
            text, isWholeWord)
        try Filters.noteChange(in: tx)
        return FilterKeywordID(id)
    }

    package static func update(
        _ id: FilterKeywordID, text: String, isWholeWord: Bool, in tx: Transaction
    ) throws {
        try tx.db.run(
            "UPDATE filter_keywords SET keyword = ?, whole_word = ? WHERE id = ?", text, isWholeWord, id)
        try Filters.noteChange(in: tx)
    }

    package static func remove(_ id: FilterKeywordID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM filter_keywords WHERE id = ?", id)
        try Filters.noteChange(in: tx)
    }

    package static func find(_ id: FilterKeywordID, in snapshot: Snapshot) throws -> FilterKeyword? {
        try snapshot.db.first(
            "SELECT id, filter, keyword, whole_word FROM filter_keywords WHERE id = ?", id, map: keyword)
    }

    package static func of(_ filter: FilterID, in snapshot: Snapshot) throws -> [FilterKeyword] {
        try snapshot.db.all(
            "SELECT id, filter, keyword, whole_word FROM filter_keywords WHERE filter = ? ORDER BY id",
            filter, map: keyword)
    }

    static func all(in snapshot: Snapshot) throws -> [FilterKeyword] {
        try snapshot.db.all(
            "SELECT id, filter, keyword, whole_word FROM filter_keywords ORDER BY id", map: keyword)
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM filter_keywords") { $0.int(0) } ?? 0
    }

    private static func keyword(_ row: borrowing Row) -> FilterKeyword {
        FilterKeyword(
            id: FilterKeywordID(row.int64(0)), filter: FilterID(row.int64(1)), text: row.text(2),
            isWholeWord: row.bool(3))
    }
}
