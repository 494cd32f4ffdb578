package import Basics
package import Storage

/// The owner's connections as files that Mastodon takes, and this server again.
///
/// Lines are in the order of their addresses, so that the same connections are the same file wherever they are kept.
/// Follows that nobody accepted yet are in it too: to ask again is what the owner would do elsewhere.
package struct Export: Sendable {
    /// The host of the owner's own handle, for people of this server.
    let home: String
    let clock: Clock

    package init(home: String, clock: Clock) {
        self.home = home
        self.clock = clock
    }

    package func csv(_ kind: ConnectionKind, in snapshot: Snapshot) throws -> [UInt8] {
        var writer = CSVWriter()
        if kind.hasHeader { writer.line(kind.columns) }
        switch kind {
        case .follows:
            try ConnectionRows.follows(home: home, in: snapshot) { address, reblogs, notify, languages in
                writer.line(
                    address, Export.word(reblogs), Export.word(notify),
                    languages.isEmpty ? nil : languages.joined(separator: ", "))
            }
        case .lists:
            try ConnectionRows.listMembers(home: home, in: snapshot) { writer.line($0, $1) }
        case .mutes:
            try ConnectionRows.mutes(home: home, at: clock.now(), in: snapshot) { address, notifications in
                writer.line(address, Export.word(notifications))
            }
        case .blocks:
            try ConnectionRows.blocks(home: home, in: snapshot) { writer.line($0) }
        case .domainBlocks:
            try ConnectionRows.domainBlocks(in: snapshot) { writer.line($0) }
        case .bookmarks:
            try ConnectionRows.bookmarks(in: snapshot) { writer.line($0) }
        case .filters:
            for line in try Export.filterLines(in: snapshot) { writer.line(line.fields) }
        }
        return writer.bytes
    }

    /// The filters as Mastodon exports them, which is JSON.
    package func mastodonFilters(in snapshot: Snapshot) throws -> [UInt8] {
        MastodonFilters.json(try Export.filterLines(in: snapshot))
    }

    /// What `mastodonFilters` is called as a file.
    package static let mastodonFiltersName = "custom_filters.json"

    /// Each line once. Filters that differ in nothing but what they look for are one filter.
    static func filterLines(in snapshot: Snapshot) throws -> [FilterLine] {
        let filters = try Filters.all(in: snapshot)
        let posts = try Statuses.find(filters.flatMap { $0.statuses.map(\.status) }, in: snapshot)
        var lines: Set<FilterLine> = []
        var heads: Set<FilterLine> = []
        for filter in filters {
            heads.insert(FilterLine(filter))
            for keyword in filter.keywords { lines.insert(FilterLine(filter, keyword: keyword)) }
            for status in filter.statuses {
                guard let post = posts[status.status] else { continue }
                lines.insert(FilterLine(filter, post: post.uri))
            }
        }
        let found = Set(lines.map { FilterLine($0.filter) })
        return lines.union(heads.subtracting(found)).map { ($0, CSVWriter.text($0.fields)) }
            .sorted { ($0.0.title, $0.1) < ($1.0.title, $1.1) }.map(\.0)
    }

    private static func word(_ value: Bool) -> String { value ? "true" : "false" }
}
