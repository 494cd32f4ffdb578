import Basics
import HTTP
import Storage

/// A line of a file of filters: a filter with one thing that it looks for. A filter with several has several lines.
struct FilterLine: Hashable, Sendable {
    var title: String
    /// Bits of `Filter.Contexts`.
    var contexts: Int
    var action: Filter.Action
    var expiresAt: Timestamp?
    var keyword: String?
    var isWholeWord: Bool
    /// The address of a post.
    var post: String?

    private static let contextNames: [(name: String, value: Filter.Contexts)] = [
        ("home", .home), ("notifications", .notifications), ("public", .public), ("thread", .thread),
        ("account", .account),
    ]
    private static let actionNames: [(name: String, value: Filter.Action)] = [
        ("warn", .warn), ("hide", .hide), ("blur", .blur),
    ]

    init(_ filter: Filter, keyword: FilterKeyword? = nil, post: String? = nil) {
        title = filter.title
        contexts = filter.contexts.rawValue
        action = filter.action
        expiresAt = filter.expiresAt
        self.keyword = keyword?.text
        isWholeWord = keyword?.isWholeWord ?? false
        self.post = post
    }

    init(_ fields: [String], limits: ImportLimits) throws(UnreadableLine) {
        // Spaces around a title or a keyword are part of it.
        func text(_ index: Int) -> String { index < fields.count ? fields[index] : "" }
        func field(_ index: Int) -> String { text(index).trimmed }
        title = text(0)
        guard !title.isEmpty, title.unicodeScalars.count <= limits.filterTitleLength else {
            throw UnreadableLine("The filter has no title, or a too long one.")
        }
        let names = field(1).lowercased().split { $0 == "," || $0.isWhitespace }
        var found: Filter.Contexts = []
        for name in names {
            guard let context = FilterLine.contextNames.first(where: { $0.name == name })?.value else {
                throw UnreadableLine("«\(ImportEntry.shown(String(name)))» is no place where filters work.")
            }
            found.insert(context)
        }
        guard !found.isEmpty else { throw UnreadableLine("The filter does not say where it works.") }
        contexts = found.rawValue
        let name = field(2).lowercased()
        guard let action = FilterLine.actionNames.first(where: { $0.name == (name.isEmpty ? "warn" : name) })
        else { throw UnreadableLine("«\(ImportEntry.shown(name))» is nothing that a filter does.") }
        self.action = action.value
        if !field(3).isEmpty {
            guard let moment = ISO8601.parse(field(3)) else {
                throw UnreadableLine("«\(ImportEntry.shown(field(3)))» is not a moment.")
            }
            expiresAt = Timestamp(milliseconds: moment)
        }
        keyword = text(4).isEmpty ? nil : text(4)
        guard (keyword ?? "").unicodeScalars.count <= limits.filterKeywordLength else {
            throw UnreadableLine("The keyword is too long.")
        }
        isWholeWord = keyword != nil && (ImportEntry.bool(field(5)) ?? true)
        post = field(6).isEmpty ? nil : field(6)
        guard post.map({ WebURL($0) != nil }) ?? true else {
            throw UnreadableLine("«\(ImportEntry.shown(field(6)))» is not the address of a post.")
        }
    }

    /// The filter alone.
    var filter: Filter {
        Filter(
            title: title, contexts: Filter.Contexts(rawValue: contexts), action: action, expiresAt: expiresAt)
    }

    /// The filter alone, with its keyword alone, and with its post alone.
    var parts: [FilterLine] {
        var head = self
        (head.keyword, head.isWholeWord, head.post) = (nil, false, nil)
        var word = self
        word.post = nil
        var named = head
        named.post = post
        return [head, word, named]
    }

    var fields: [String?] {
        [
            title, contextList.joined(separator: ", "), actionName,
            expiresAt.map { ISO8601.milliseconds($0.milliseconds) }, keyword,
            keyword.map { _ in isWholeWord ? "true" : "false" }, post,
        ]
    }

    var contextList: [String] {
        FilterLine.contextNames.filter { contexts & $0.value.rawValue != 0 }.map(\.name)
    }

    var actionName: String {
        FilterLine.actionNames.first { $0.value == action }?.name ?? "warn"
    }

    /// Whether both are of the same filter.
    func isOfSameFilter(as other: FilterLine) -> Bool {
        title == other.title && contexts == other.contexts && action == other.action
            && expiresAt == other.expiresAt
    }
}
