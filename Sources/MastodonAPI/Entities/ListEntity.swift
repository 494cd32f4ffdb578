import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/List/>
enum ListEntity {
    static let replies: [(name: String, value: Storage.List.Replies)] = [
        ("list", .list), ("followed", .followed), ("none", .none),
    ]

    static func write(_ list: Storage.List, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", list.id.description)
            writer.field("title", list.title)
            writer.field("replies_policy", replies.first { $0.value == list.replies }?.name ?? "list")
            writer.field("exclusive", list.isExclusive)
        }
    }
}
