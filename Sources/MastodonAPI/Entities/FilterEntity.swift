import Basics
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Filter/>, and what hangs on one.
enum FilterEntity {
    /// The names of the contexts, in the order in which they are listed.
    static let contexts: [(name: String, value: Filter.Contexts)] = [
        ("home", .home), ("notifications", .notifications), ("public", .public), ("thread", .thread),
        ("account", .account),
    ]

    static let actions: [(name: String, value: Filter.Action)] = [
        ("warn", .warn), ("hide", .hide), ("blur", .blur),
    ]

    static func write(_ filter: Filter, to writer: inout JSONWriter) {
        writer.object { writer in
            members(of: filter, to: &writer)
            writer.array("keywords") { writer in
                for keyword in filter.keywords { write(keyword, to: &writer) }
            }
            writer.array("statuses") { writer in
                for status in filter.statuses { write(status, to: &writer) }
            }
        }
    }

    /// Without what hangs on it, as it stands in a result.
    static func writeHead(_ filter: Filter, to writer: inout JSONWriter) {
        writer.object { writer in members(of: filter, to: &writer) }
    }

    /// <https://docs.joinmastodon.org/entities/FilterKeyword/>
    static func write(_ keyword: FilterKeyword, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", keyword.id.description)
            writer.field("keyword", keyword.text)
            writer.field("whole_word", keyword.isWholeWord)
        }
    }

    /// <https://docs.joinmastodon.org/entities/FilterStatus/>
    static func write(_ status: FilterStatus, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", status.id.description)
            writer.field("status_id", status.status.description)
        }
    }

    /// <https://docs.joinmastodon.org/entities/V1_Filter/>: one keyword with its filter.
    static func writeLegacy(_ keyword: FilterKeyword, of filter: Filter, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", keyword.id.description)
            writer.field("phrase", keyword.text)
            writer.field("context", names(of: filter.contexts))
            writer.field("whole_word", keyword.isWholeWord)
            writer.field("expires_at", filter.expiresAt.map { ISO8601.milliseconds($0.milliseconds) })
            writer.field("irreversible", filter.action == .hide)
        }
    }

    private static func members(of filter: Filter, to writer: inout JSONWriter) {
        writer.field("id", filter.id.description)
        writer.field("title", filter.title)
        writer.field("context", names(of: filter.contexts))
        writer.field("expires_at", filter.expiresAt.map { ISO8601.milliseconds($0.milliseconds) })
        writer.field("filter_action", actions.first { $0.value == filter.action }?.name ?? "warn")
    }

    private static func names(of contexts: Filter.Contexts) -> [String] {
        self.contexts.filter { contexts.contains($0.value) }.map(\.name)
    }
}
