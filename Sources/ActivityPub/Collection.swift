import JSON

/// Collections of ours, with their context.
///
/// <https://www.w3.org/TR/activitystreams-core/#collections>
package enum Collection {
    /// A collection whose items are on pages, or that only says how many there are.
    ///
    /// - Parameters:
    ///   - first: the address of the first page; nil when the list is hidden.
    ///   - last: the address of the last page, where there is one.
    package static func ordered(id: String, total: Int, first: String?, last: String? = nil) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object {
            Context().write(to: &$0)
            $0.field("id", id)
            $0.field("type", "OrderedCollection")
            $0.field("totalItems", total)
            if let first { $0.field("first", first) }
            if let last { $0.field("last", last) }
        }
        return writer.bytes
    }

    /// A collection that has all its items with it.
    ///
    /// - Parameter attributedTo: whose it is, where that needs saying (FEP-7888).
    package static func ordered(id: String, attributedTo: String? = nil, items: [String]) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + 80 * items.count)
        writer.object {
            Context().write(to: &$0)
            $0.field("id", id)
            $0.field("type", "OrderedCollection")
            if let attributedTo { $0.field("attributedTo", attributedTo) }
            $0.field("totalItems", items.count)
            $0.field("orderedItems", items)
        }
        return writer.bytes
    }

    /// The hashtags that somebody shows on their profile.
    ///
    /// - Parameter tags: names with `#`, and the page of each.
    package static func featuredTags(id: String, tags: [(name: String, href: String)]) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + 128 * tags.count)
        writer.object {
            Context.hashtag.write(to: &$0)
            $0.field("id", id)
            $0.field("type", "Collection")
            $0.field("totalItems", tags.count)
            $0.array("items") { writer in
                for tag in tags {
                    writer.object {
                        $0.field("type", "Hashtag")
                        $0.field("href", tag.href)
                        $0.field("name", tag.name)
                    }
                }
            }
        }
        return writer.bytes
    }

    /// The followers on one host, for that host to compare with what it knows (FEP-8fcf).
    package static func synchronization(id: String, items: [String]) -> [UInt8] {
        ordered(id: id, items: items)
    }

    /// One page of ids.
    package static func page(
        id: String, partOf: String, next: String?, previous: String? = nil, items: [String]
    ) -> [UInt8] {
        page(id: id, partOf: partOf, next: next, previous: previous, context: Context()) { writer in
            for item in items { writer.element(item) }
        }
    }

    /// One page of whole objects, each JSON without a context of its own.
    package static func page(
        id: String, partOf: String, next: String?, previous: String? = nil, context: Context,
        objects: [[UInt8]]
    ) -> [UInt8] {
        page(id: id, partOf: partOf, next: next, previous: previous, context: context) { writer in
            for object in objects { writer.raw(object) }
        }
    }

    private static func page(
        id: String, partOf: String, next: String?, previous: String?, context: Context,
        items: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.object {
            context.write(to: &$0)
            $0.field("id", id)
            $0.field("type", "OrderedCollectionPage")
            $0.field("partOf", partOf)
            if let next { $0.field("next", next) }
            if let previous { $0.field("prev", previous) }
            $0.array("orderedItems", items)
        }
        return writer.bytes
    }

    /// A collection that only says how many there are: likes and shares of a note.
    package static func count(id: String, total: Int) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object {
            Context().write(to: &$0)
            $0.field("id", id)
            $0.field("type", "Collection")
            $0.field("totalItems", total)
        }
        return writer.bytes
    }
}
