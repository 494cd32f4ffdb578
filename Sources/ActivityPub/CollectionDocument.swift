package import JSON

/// A collection or one page of it, ordered or not, as somebody sent it.
///
/// It follows nothing: what is not in the document has to be fetched by whoever keeps the budget. Everything is read
/// when it is asked for.
package struct CollectionDocument: Sendable {
    /// Most items that are read from one document.
    package static let mostItems = 1_000

    private let value: JSONValue

    /// nil when it is neither by its type nor, without a type, by what it contains.
    package init?(_ value: JSONValue) {
        guard value.kind == .object, !value.isTurnedInsideOut else { return nil }
        let types = value.types
        guard
            types.contains(where: CollectionDocument.types.contains)
                || types.isEmpty && ["items", "orderedItems", "first"].contains(where: { value[$0] != nil })
        else { return nil }
        self.value = value
    }

    private static let types: Set<String> = [
        "Collection", "OrderedCollection", "CollectionPage", "OrderedCollectionPage",
    ]

    package var id: String? {
        (value["id"] ?? value["@id"])?.string.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether it is one page, and not the collection around it.
    package var isPage: Bool {
        value.types.contains { $0 == "CollectionPage" || $0 == "OrderedCollectionPage" } || partOf != nil
    }

    /// The items in the order they came, whichever of the two members they are in; at most 1,000.
    package var items: [JSONValue] {
        let items = value["orderedItems"]?.asArray ?? []
        guard items.isEmpty else { return Array(items.prefix(CollectionDocument.mostItems)) }
        return Array((value["items"]?.asArray ?? []).prefix(CollectionDocument.mostItems))
    }

    /// The ids of those items that have one.
    package var itemIDs: [String] { items.compactMap { $0.kind == .array ? nil : $0.firstID } }

    /// The first page: its id, or the page itself.
    package var first: JSONValue? { value["first"]?.first }

    /// The first page, when it came along.
    package var firstPage: CollectionDocument? { first.flatMap(CollectionDocument.init) }

    /// The id of the next page.
    package var next: String? { value["next"]?.firstID }

    /// The id of the collection that a page belongs to.
    package var partOf: String? { value["partOf"]?.firstID }

    /// How many there are in all, as the owner says; never negative.
    package var totalItems: Int? { value.integer("totalItems").map { max(0, $0) } }

    /// Whose it is.
    package var attributedTo: String? { value["attributedTo"]?.firstID }
}

/// A collection that another document names: by its id, or with the whole or a page in place.
package enum CollectionReference: Sendable {
    case id(String)
    case embedded(CollectionDocument)

    /// nil when it is neither an id nor a collection.
    package init?(_ value: JSONValue) {
        guard let value = value.first else { return nil }
        if let document = CollectionDocument(value) {
            self = .embedded(document)
        } else if let id = value.firstID {
            self = .id(id)
        } else {
            return nil
        }
    }

    package var id: String? {
        switch self {
        case .id(let id): id
        case .embedded(let document): document.id
        }
    }

    /// What came along with it.
    package var document: CollectionDocument? {
        switch self {
        case .id: nil
        case .embedded(let document): document
        }
    }
}
