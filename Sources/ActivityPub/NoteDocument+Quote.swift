import JSON

/// Quotes and what else needs somebody's leave; each but `quote` is read from the document when it is asked for.
extension NoteDocument {
    /// The id of the quoted post, an address of the web: the first of `quote`, `_misskey_quote`, `quoteUrl`, `quoteUri`
    /// and the Link of FEP-e232.
    package var quote: String? { quoted?.id }

    /// Whether the quote comes from another field than `quote`, by software that asks nobody.
    package var isLegacyQuote: Bool { quoted?.isLegacy == true }

    /// The id of the stamp that allows the quote.
    package var quoteAuthorization: String? {
        document[term: "quoteAuthorization"].flatMap(Quote.address)
    }

    package var interactionPolicy: InteractionPolicy? {
        document[term: "interactionPolicy"].flatMap(InteractionPolicy.init)
    }

    /// The id of what says that the author of a restricted post let this reply pass.
    package var approvedBy: String? {
        (document[term: "approvedBy"] ?? document[term: "replyAuthorization"]).flatMap(Quote.address)
    }
}
