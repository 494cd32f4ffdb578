package import Basics
import SQLite

/// What the owner would rather not read, <https://docs.joinmastodon.org/entities/Filter/>.
package struct Filter: Sendable {
    /// What apps do with a post that matches. The numbers are stored.
    package enum Action: Int, Sendable {
        case warn = 0
        case hide = 1
        case blur = 2
    }

    /// Where apps apply it. The bits are stored.
    package struct Contexts: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        package static let home = Contexts(rawValue: 1)
        package static let notifications = Contexts(rawValue: 2)
        package static let `public` = Contexts(rawValue: 4)
        package static let thread = Contexts(rawValue: 8)
        package static let account = Contexts(rawValue: 16)
    }

    package var id = FilterID(0)
    package var title: String
    package var contexts: Contexts
    package var action: Action
    /// From then on it does nothing; nil for never.
    package var expiresAt: Timestamp?
    package var keywords: [FilterKeyword] = []
    package var statuses: [FilterStatus] = []

    package init(title: String, contexts: Contexts, action: Action, expiresAt: Timestamp?) {
        self.title = title
        self.contexts = contexts
        self.action = action
        self.expiresAt = expiresAt
    }

    package func holds(at now: Timestamp) -> Bool {
        expiresAt.map { now < $0 } ?? true
    }
}

/// Table `filters`.
package enum Filters {
    /// Adds the filter, without what hangs on it.
    package static func insert(
        _ filter: Filter, at now: Timestamp, in tx: Transaction
    ) throws -> FilterID {
        var id = IDs.next(at: now)
        while try tx.db.exists("SELECT 1 FROM filters WHERE id = ?", id) { id += 1 }
        try tx.db.run(
            "INSERT INTO filters (id, title, contexts, action, expires_at) VALUES (?, ?, ?, ?, ?)", id,
            filter.title, filter.contexts.rawValue, filter.action.rawValue, filter.expiresAt?.milliseconds)
        try noteChange(in: tx)
        return FilterID(id)
    }

    /// Replaces the filter, not what hangs on it.
    package static func update(_ filter: Filter, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE filters SET title = ?, contexts = ?, action = ?, expires_at = ? WHERE id = ?",
            filter.title, filter.contexts.rawValue, filter.action.rawValue, filter.expiresAt?.milliseconds,
            filter.id)
        try noteChange(in: tx)
    }

    /// Removes the filter with all that hangs on it.
    ///
    /// - Returns: `false` when there was none.
    package static func remove(_ id: FilterID, in tx: Transaction) throws -> Bool {
        try tx.db.run("DELETE FROM filters WHERE id = ?", id)
        guard tx.db.changes == 1 else { return false }
        try tx.db.run("DELETE FROM filter_keywords WHERE filter = ?", id)
        try tx.db.run("DELETE FROM filter_statuses WHERE filter = ?", id)
        try noteChange(in: tx)
        return true
    }

    package static func find(_ id: FilterID, in snapshot: Snapshot) throws -> Filter? {
        guard
            var filter = try snapshot.db.first(
                "SELECT id, title, contexts, action, expires_at FROM filters WHERE id = ?", id, map: filter)
        else { return nil }
        filter.keywords = try FilterKeywords.of(id, in: snapshot)
        filter.statuses = try FilterStatuses.of(id, in: snapshot)
        return filter
    }

    /// All of them with what hangs on them, the oldest first, in three statements.
    package static func all(in snapshot: Snapshot) throws -> [Filter] {
        var filters = try snapshot.db.all(
            "SELECT id, title, contexts, action, expires_at FROM filters ORDER BY id", map: filter)
        guard !filters.isEmpty else { return [] }
        let keywords = Dictionary(grouping: try FilterKeywords.all(in: snapshot), by: \.filter)
        let statuses = Dictionary(grouping: try FilterStatuses.all(in: snapshot), by: \.filter)
        for index in filters.indices {
            filters[index].keywords = keywords[filters[index].id] ?? []
            filters[index].statuses = statuses[filters[index].id] ?? []
        }
        return filters
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM filters") { $0.int(0) } ?? 0
    }

    /// A number that grows with every change, for keeping what was made of the filters; nil before the first.
    package static func version(in snapshot: Snapshot) throws -> Int64? {
        try Settings.integer(.filtersVersion, in: snapshot)
    }

    /// Tells whoever keeps filters that they are others now.
    static func noteChange(in tx: Transaction) throws {
        let version = try version(in: tx) ?? 0
        try Settings.set(.filtersVersion, to: String(version &+ 1), in: tx)
        tx.tell(.filtersChanged)
    }

    private static func filter(_ row: borrowing Row) -> Filter {
        var filter = Filter(
            title: row.text(1), contexts: Filter.Contexts(rawValue: row.int(2)),
            action: Filter.Action(rawValue: row.int(3)) ?? .warn,
            expiresAt: row.int64OrNil(4).map { Timestamp(milliseconds: $0) })
        filter.id = FilterID(row.int64(0))
        return filter
    }
}
