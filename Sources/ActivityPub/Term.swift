package import JSON

extension JSONValue {
    /// The member for a term of the vocabularies we read, under its plain name or a usual longer spelling, such as
    /// `toot:blurhash` or `http://joinmastodon.org/ns#blurhash`.
    package subscript(term term: String) -> JSONValue? {
        if let value = self[term] { return value }
        guard let namespace = Namespace.of(term) else { return nil }
        return self[namespace.prefix + term] ?? self[namespace.iri + term]
            ?? namespace.otherIRI.flatMap { self[$0 + term] }
    }
}

/// A vocabulary whose terms some servers write with its prefix or in full.
private struct Namespace {
    let prefix: String
    let iri: String
    /// As those write it who took the official spelling instead of Mastodon's.
    var otherIRI: String?

    static let activityStreams = Namespace(prefix: "as:", iri: "https://www.w3.org/ns/activitystreams#")
    static let mastodon = Namespace(prefix: "toot:", iri: "http://joinmastodon.org/ns#")
    static let oStatus = Namespace(prefix: "ostatus:", iri: "http://ostatus.org#")
    static let schema = Namespace(
        prefix: "schema:", iri: "http://schema.org#", otherIRI: "http://schema.org/")
    static let misskey = Namespace(prefix: "misskey:", iri: "https://misskey-hub.net/ns#")
    static let fedibird = Namespace(prefix: "fedibird:", iri: "http://fedibird.com/ns#")
    static let goToSocial = Namespace(prefix: "gts:", iri: "https://gotosocial.org/ns#")
    /// FEP-044f.
    static let quotes = Namespace(prefix: "fep044f:", iri: "https://w3id.org/fep/044f#")
    static let security = Namespace(prefix: "sec:", iri: "https://w3id.org/security#")

    /// Only the terms that are seen spelled out; the core of Activity Streams is always plain.
    static func of(_ term: String) -> Namespace? {
        switch term {
        case "sensitive", "manuallyApprovesFollowers", "movedTo", "alsoKnownAs", "quoteUrl": activityStreams
        case "blurhash", "focalPoint", "featured", "featuredTags", "discoverable", "indexable", "memorial",
            "suspended", "votersCount", "attributionDomains":
            mastodon
        case "conversation", "atomUri", "inReplyToAtomUri": oStatus
        case "value": schema
        case "isCat", "_misskey_quote", "_misskey_reaction", "_misskey_content": misskey
        case "publicKey", "publicKeyPem", "owner": security
        case "quote", "quoteAuthorization": quotes
        case "quoteUri": fedibird
        case "interactionPolicy", "canQuote", "canReply", "canLike", "canAnnounce", "automaticApproval",
            "manualApproval", "always", "approvalRequired", "interactingObject", "interactionTarget",
            "approvedBy", "replyAuthorization":
            goToSocial
        default: nil
        }
    }
}
