package import Storage

/// How each kind looks in a file. Names of columns and files are Mastodon's, `app/models/export.rb` and
/// `app/models/form/import.rb`; filters, which it has only as JSON, have columns of our own.
extension ConnectionKind {
    /// What it is called on the command line and in addresses.
    package var name: String {
        switch self {
        case .follows: "follows"
        case .lists: "lists"
        case .mutes: "mutes"
        case .blocks: "blocks"
        case .domainBlocks: "domain-blocks"
        case .bookmarks: "bookmarks"
        case .filters: "filters"
        }
    }

    package init?(name: String) {
        guard let kind = ConnectionKind.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    /// What the exported file is called.
    package var fileName: String {
        switch self {
        case .follows: "following_accounts.csv"
        case .lists: "lists.csv"
        case .mutes: "muted_accounts.csv"
        case .blocks: "blocked_accounts.csv"
        case .domainBlocks: "blocked_domains.csv"
        case .bookmarks: "bookmarks.csv"
        case .filters: "filters.csv"
        }
    }

    /// The columns, in the order in which they are written.
    var columns: [String] {
        switch self {
        case .follows: ["Account address", "Show boosts", "Notify on new posts", "Languages"]
        case .lists: ["List name", "Account address"]
        case .mutes: ["Account address", "Hide notifications"]
        case .blocks: ["Account address"]
        // An administrator's file says how far a block goes; the owner's own has one column.
        case .domainBlocks: ["#domain", "#severity"]
        case .bookmarks: ["#uri"]
        case .filters:
            ["Filter title", "Contexts", "Action", "Expires at", "Keyword", "Whole word", "Post"]
        }
    }

    /// Whether the file begins with the names of its columns.
    var hasHeader: Bool {
        switch self {
        case .follows, .mutes, .filters: true
        case .lists, .blocks, .domainBlocks, .bookmarks: false
        }
    }

    /// Of which kind a file is whose columns are called so; nil when several have such columns.
    static func telling(_ names: Set<String>) -> ConnectionKind? {
        if names.contains("filter title") { return .filters }
        if names.contains("list name") { return .lists }
        if names.contains("hide notifications") { return .mutes }
        if !names.isDisjoint(with: ["show boosts", "notify on new posts", "languages"]) { return .follows }
        if names.contains("#domain") { return .domainBlocks }
        if names.contains("#uri") { return .bookmarks }
        return nil
    }
}
