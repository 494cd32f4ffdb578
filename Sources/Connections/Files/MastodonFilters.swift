import Basics
import HTTP
import JSON
import Storage

/// Mastodon's own file of filters, `custom_filters.json`: what it has in the place of CSV,
/// <https://github.com/mastodon/mastodon/pull/39085>.
enum MastodonFilters {
    /// Whether a file looks like JSON.
    static func looksLike(_ bytes: [UInt8]) -> Bool {
        CSVText.withoutMark(bytes).first { $0 > 0x20 } == UInt8(ascii: "{")
    }

    /// The same as CSV in our columns.
    static func csv(_ bytes: [UInt8], limits: ImportLimits) throws(ImportRefusal) -> [UInt8] {
        let jsonLimits = JSONLimits(
            depth: 8, bytes: limits.bytes, nodes: 65_536, stringBytes: 64 << 10, arrayElements: 10_000)
        guard let root = try? Document(Array(CSVText.withoutMark(bytes)), limits: jsonLimits).root,
            let filters = root["custom_filters"]
        else { throw .notFilters }
        var writer = CSVWriter()
        writer.line(ConnectionKind.filters.columns)
        for filter in filters.elements {
            let head: [String?] = [
                filter["title"]?.string,
                filter["context"]?.elements.compactMap(\.string).joined(separator: ", "),
                filter["action"]?.string, (filter["expire_at"] ?? filter["expires_at"])?.string,
            ]
            let keywords = filter["keywords_attributes"]?.elements ?? []
            let posts = filter["statuses"]?.elements.compactMap(\.string) ?? []
            if keywords.isEmpty && posts.isEmpty { writer.line(head) }
            for keyword in keywords {
                let isWhole = keyword["whole_word"]?.bool ?? true
                writer.line(head + [keyword["keyword"]?.string, isWhole ? "true" : "false"])
            }
            for post in posts { writer.line(head + [nil, nil, post]) }
        }
        return writer.bytes
    }

    /// These lines as Mastodon writes them.
    static func json(_ lines: [FilterLine]) -> [UInt8] {
        var groups: [[FilterLine]] = []
        for line in lines {
            if let last = groups.last?.last, last.isOfSameFilter(as: line) {
                groups[groups.count - 1].append(line)
            } else {
                groups.append([line])
            }
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.array("custom_filters") { writer in
                for group in groups { write(group, to: &writer) }
            }
        }
        return writer.bytes
    }

    private static func write(_ group: [FilterLine], to writer: inout JSONWriter) {
        guard let first = group.first else { return }
        writer.object { writer in
            writer.field("title", first.title)
            writer.field("expire_at", first.expiresAt.map { ISO8601.milliseconds($0.milliseconds) })
            writer.field("context", first.contextList)
            writer.field("action", first.actionName)
            writer.array("keywords_attributes") { writer in
                for line in group {
                    guard let keyword = line.keyword else { continue }
                    writer.object { writer in
                        writer.field("keyword", keyword)
                        writer.field("whole_word", line.isWholeWord)
                    }
                }
            }
            writer.field("statuses", group.compactMap(\.post))
        }
    }
}
