import JSON

/// Which post another one quotes, as FEP-044f and its forerunners say it.
struct Quote: Sendable, Equatable {
    let id: String
    /// Said by another field than `quote`, so that nobody was asked.
    let isLegacy: Bool

    /// - Parameter link: the quote among the tags, FEP-e232.
    static func of(_ document: JSONValue, link: String?) -> Quote? {
        if let id = document[term: "quote"].flatMap(address) { return Quote(id: id, isLegacy: false) }
        for key in ["_misskey_quote", "quoteUrl", "quoteUri"] {
            if let id = document[term: key].flatMap(address) { return Quote(id: id, isLegacy: true) }
        }
        return link.map { Quote(id: $0, isLegacy: true) }
    }

    /// The first reference, when it belongs to the web: BookWyrm's `quote` is the quoted text.
    static func address(_ value: JSONValue) -> String? {
        value.firstID.flatMap(ObjectID.onWeb)
    }
}
