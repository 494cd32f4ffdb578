/// What the terms mean: the table behind `@context`, spelled as Mastodon and GoToSocial spell it.
extension Context {
    /// Those that are told by the address of a document which defines them.
    static let documents: [(term: Context, iri: String)] = [
        (.security, Vocabulary.security),
        (.dataIntegrity, "https://w3id.org/security/data-integrity/v2"),
        (.multikey, "https://w3id.org/security/multikey/v1"),
        (.webfinger, Vocabulary.webFinger),
        (.capabilities, "https://w3id.org/fep/844e"),
    ]

    /// A prefix and the terms in it, spelled as Mastodon spells them.
    static let prefixes: [(name: String, iri: String, terms: Context)] = [
        (
            "toot", "http://joinmastodon.org/ns#",
            [
                .emoji, .blurhash, .focalPoint, .votersCount, .featured, .featuredTags, .discoverable,
                .indexable, .attributionDomains, .memorial, .suspended,
            ]
        ),
        ("ostatus", "http://ostatus.org#", .conversation),
        ("schema", "http://schema.org#", .propertyValue),
        ("misskey", "https://misskey-hub.net/ns#", [.misskeyQuote, .misskeyReaction]),
        ("fedibird", "http://fedibird.com/ns#", .quoteUri),
        ("litepub", "http://litepub.social/ns#", .emojiReact),
        (
            "gts", "https://gotosocial.org/ns#",
            [
                .interactingObject, .interactionTarget, .interactionPolicy, .canQuote, .canReply, .canLike,
                .canAnnounce, .automaticApproval, .manualApproval,
            ]
        ),
    ]

    static let terms: [(term: Context, name: String, meaning: Meaning)] = [
        (.sensitive, "sensitive", .plain("as:sensitive")),
        (.hashtag, "Hashtag", .plain("as:Hashtag")),
        (.manuallyApprovesFollowers, "manuallyApprovesFollowers", .plain("as:manuallyApprovesFollowers")),
        (.movedTo, "movedTo", .id("as:movedTo")),
        (.alsoKnownAs, "alsoKnownAs", .id("as:alsoKnownAs")),
        (.emoji, "Emoji", .plain("toot:Emoji")),
        (.blurhash, "blurhash", .plain("toot:blurhash")),
        (.focalPoint, "focalPoint", .list("toot:focalPoint")),
        (.votersCount, "votersCount", .plain("toot:votersCount")),
        (.featured, "featured", .id("toot:featured")),
        (.discoverable, "discoverable", .plain("toot:discoverable")),
        (.indexable, "indexable", .plain("toot:indexable")),
        (.propertyValue, "PropertyValue", .plain("schema:PropertyValue")),
        (.propertyValue, "value", .plain("schema:value")),
        (.conversation, "conversation", .plain("ostatus:conversation")),
        (.featuredTags, "featuredTags", .id("toot:featuredTags")),
        (.attributionDomains, "attributionDomains", .id("toot:attributionDomains")),
        (.memorial, "memorial", .plain("toot:memorial")),
        (.suspended, "suspended", .plain("toot:suspended")),
        (.emojiReact, "EmojiReact", .plain("litepub:EmojiReact")),
        (.misskeyReaction, "_misskey_reaction", .plain("misskey:_misskey_reaction")),
        (.misskeyQuote, "_misskey_quote", .plain("misskey:_misskey_quote")),
        (.quoteUrl, "quoteUrl", .plain("as:quoteUrl")),
        (.quoteUri, "quoteUri", .plain("fedibird:quoteUri")),
        (.quote, "quote", .id("https://w3id.org/fep/044f#quote")),
        (.quoteAuthorization, "quoteAuthorization", .id("https://w3id.org/fep/044f#quoteAuthorization")),
        (.quoteRequest, "QuoteRequest", .plain("https://w3id.org/fep/044f#QuoteRequest")),
        (
            .quoteAuthorizationType, "QuoteAuthorization",
            .plain("https://w3id.org/fep/044f#QuoteAuthorization")
        ),
        (.interactingObject, "interactingObject", .id("gts:interactingObject")),
        (.interactionTarget, "interactionTarget", .id("gts:interactionTarget")),
        (.interactionPolicy, "interactionPolicy", .id("gts:interactionPolicy")),
        (.canQuote, "canQuote", .id("gts:canQuote")),
        (.canReply, "canReply", .id("gts:canReply")),
        (.canLike, "canLike", .id("gts:canLike")),
        (.canAnnounce, "canAnnounce", .id("gts:canAnnounce")),
        (.automaticApproval, "automaticApproval", .id("gts:automaticApproval")),
        (.manualApproval, "manualApproval", .id("gts:manualApproval")),
    ]

    enum Meaning {
        case plain(String)
        /// Its value is the id of something.
        case id(String)
        /// Its value is a list in order.
        case list(String)
    }
}
