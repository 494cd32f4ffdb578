import ActivityPub
import HTTP
import JSON
import Storage

/// Reads somebody's outbox page by page, the newest first.
struct OutboxPages: Sendable {
    let fetcher: Fetcher
    /// Whose outbox it is.
    let actor: String

    /// One page, and where the next one is.
    struct OnePage {
        /// Activities, or ids of them, as they came.
        var items: [JSONValue]
        var next: String?
        /// How many posts there are in all, where that is said.
        var total: Int?
    }

    /// The first page, of the collection at `outbox`.
    func first(_ outbox: String) async throws(FetchError) -> OnePage {
        let collection = try await read(outbox)
        let total = collection.totalItems
        if !collection.items.isEmpty {
            return OnePage(items: collection.items, next: collection.next, total: total)
        }
        if let page = collection.firstPage {
            return OnePage(items: page.items, next: page.next, total: total)
        }
        guard let first = collection.first?.firstID else {
            return OnePage(items: [], next: nil, total: total)
        }
        var page = try await self.page(first)
        page.total = total ?? page.total
        return page
    }

    /// A page at this address.
    func page(_ address: String) async throws(FetchError) -> OnePage {
        let collection = try await read(address)
        return OnePage(items: collection.items, next: collection.next, total: collection.totalItems)
    }

    /// How many there are in a collection; nil when that is not told.
    func total(_ address: String) async -> Int? {
        // Whoever hides the number hides it with all kinds of answers.
        (try? await read(address))?.totalItems
    }

    private func read(_ address: String) async throws(FetchError) -> CollectionDocument {
        guard ObjectID.sameOrigin(address, actor) else { throw .refused("a collection of another host") }
        let (value, from) = try await fetcher.page(address)
        guard ObjectID.sameOrigin(from.string, actor) else { throw .refused("it came from another host") }
        guard let collection = CollectionDocument(value) else { throw .refused("not a collection") }
        return collection
    }
}

extension JSONValue {
    /// The post in an item of somebody's outbox or list of featured posts: its document or its address; nil for
    /// boosts and everything else.
    ///
    /// - Parameter author: who must have written it.
    func post(by author: String) -> (document: JSONValue?, id: String)? {
        let isActivity = has(type: "Create")
        guard let object = isActivity ? self["object"]?.first : self, let id = object.firstID,
            ObjectID.sameOrigin(id, author)
        else { return nil }
        if object.kind == .object, object["content"] != nil || object["attributedTo"] != nil {
            return NoteDocument(object)?.attributedTo.contains(author) == true ? (object, id) : nil
        }
        // A bare address: of an activity it says nothing, of an object it can be asked for.
        return isActivity || kind == .string ? (nil, id) : nil
    }
}
