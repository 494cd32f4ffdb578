package import JSON

/// The stamp with which an author agrees that one post quotes another: FEP-044f.
///
/// It proves nothing unless it was fetched from its own id, at the author's host.
package struct QuoteAuthorizationDocument: Sendable, Equatable {
    package let id: String
    /// Who agrees: the author of the quoted post.
    package let attributedTo: String
    /// The post that quotes.
    package let interactingObject: String
    /// The post that is quoted.
    package let interactionTarget: String

    /// nil when a field is missing or ambiguous, or the type is another.
    package init?(_ value: JSONValue) {
        guard value.has(type: "QuoteAuthorization"), !value.isTurnedInsideOut,
            let id = QuoteAuthorizationDocument.only(value["id"] ?? value["@id"]),
            let author = QuoteAuthorizationDocument.only(value["attributedTo"]),
            let quoting = QuoteAuthorizationDocument.only(value[term: "interactingObject"]),
            let quoted = QuoteAuthorizationDocument.only(value[term: "interactionTarget"])
        else { return nil }
        self.id = id
        attributedTo = author
        interactingObject = quoting
        interactionTarget = quoted
    }

    private static func only(_ value: JSONValue?) -> String? {
        guard let value, value.kind != .array || value.count == 1 else { return nil }
        return value.firstID.flatMap(ObjectID.onWeb)
    }
}
