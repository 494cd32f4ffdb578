import ActivityPub
import JSON
import Storage

/// The replies to a note: unordered, in pages that follow each other by the id of the last reply.
struct RepliesDocument {
    /// The address of the collection.
    let id: String
    /// The reply after which this page begins; nil for the first page.
    let after: StatusID?
    let items: [String]
    /// The reply after which the next page begins.
    let next: StatusID?

    /// - Parameter isPage: whether the page itself is asked for, and not the collection around it.
    func bytes(isPage: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 + 80 * items.count)
        writer.object {
            Context().write(to: &$0)
            if isPage { return write(to: &$0) }
            $0.field("id", id)
            $0.field("type", "Collection")
            $0.object("first", write)
        }
        return writer.bytes
    }

    private func write(to writer: inout JSONWriter) {
        writer.field("id", after.map { "\(id)?page=true&min_id=\($0)" } ?? id + "?page=true")
        writer.field("type", "CollectionPage")
        writer.field("partOf", id)
        if let next { writer.field("next", "\(id)?page=true&min_id=\(next)") }
        writer.field("items", items)
    }
}
