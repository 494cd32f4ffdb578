package import JSON

/// The terms beyond Activity Streams that a document of ours uses, for readers with a JSON-LD processor.
///
/// Each document names only what is in it: the whole table would be 2 KB more in every delivery.
package struct Context: OptionSet, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package static let sensitive = Context(rawValue: 1 << 0)
    package static let hashtag = Context(rawValue: 1 << 1)
    package static let conversation = Context(rawValue: 1 << 2)
    package static let emoji = Context(rawValue: 1 << 3)
    package static let blurhash = Context(rawValue: 1 << 4)
    package static let focalPoint = Context(rawValue: 1 << 5)
    package static let votersCount = Context(rawValue: 1 << 6)
    package static let manuallyApprovesFollowers = Context(rawValue: 1 << 7)
    package static let movedTo = Context(rawValue: 1 << 8)
    package static let alsoKnownAs = Context(rawValue: 1 << 9)
    package static let featured = Context(rawValue: 1 << 10)
    package static let discoverable = Context(rawValue: 1 << 11)
    package static let indexable = Context(rawValue: 1 << 12)
    package static let propertyValue = Context(rawValue: 1 << 13)
    /// `publicKey` and what is in it.
    package static let security = Context(rawValue: 1 << 14)
    /// FEP-2c59.
    package static let webfinger = Context(rawValue: 1 << 15)
    package static let quote = Context(rawValue: 1 << 16)
    package static let quoteUri = Context(rawValue: 1 << 17)
    package static let quoteUrl = Context(rawValue: 1 << 18)
    /// `_misskey_quote`.
    package static let misskeyQuote = Context(rawValue: 1 << 19)
    /// The field of a quoting post.
    package static let quoteAuthorization = Context(rawValue: 1 << 20)
    /// The type of an activity.
    package static let quoteRequest = Context(rawValue: 1 << 21)
    /// The type `QuoteAuthorization`.
    package static let quoteAuthorizationType = Context(rawValue: 1 << 22)
    package static let interactingObject = Context(rawValue: 1 << 23)
    package static let interactionTarget = Context(rawValue: 1 << 24)
    package static let interactionPolicy = Context(rawValue: 1 << 25)
    package static let canQuote = Context(rawValue: 1 << 26)
    package static let canReply = Context(rawValue: 1 << 27)
    package static let canLike = Context(rawValue: 1 << 28)
    package static let canAnnounce = Context(rawValue: 1 << 29)
    package static let automaticApproval = Context(rawValue: 1 << 30)
    package static let manualApproval = Context(rawValue: 1 << 31)
    package static let featuredTags = Context(rawValue: 1 << 32)
    package static let emojiReact = Context(rawValue: 1 << 33)
    /// `_misskey_reaction`.
    package static let misskeyReaction = Context(rawValue: 1 << 34)
    package static let attributionDomains = Context(rawValue: 1 << 35)
    package static let memorial = Context(rawValue: 1 << 36)
    package static let suspended = Context(rawValue: 1 << 37)
    /// `proof` and what is in it, FEP-8b32.
    package static let dataIntegrity = Context(rawValue: 1 << 38)
    /// `assertionMethod` and what is in it, FEP-521a.
    package static let multikey = Context(rawValue: 1 << 39)
    /// `generator` with `implements`, FEP-844e.
    package static let capabilities = Context(rawValue: 1 << 40)

    /// What a note may use; those who read terms do not mind one that is not there.
    package static let note: Context = [.sensitive, .hashtag, .conversation, .emoji, .blurhash, .focalPoint]

    /// Writes the member `@context`: the bare address when no further term is used, a list otherwise.
    package func write(to writer: inout JSONWriter) {
        if isEmpty { return writer.field("@context", Vocabulary.activityStreams) }
        writer.array("@context") { writer in
            writer.element(Vocabulary.activityStreams)
            var rest = self
            for whole in Context.documents where contains(whole.term) {
                writer.element(whole.iri)
                rest.remove(whole.term)
            }
            if rest.isEmpty { return }
            writer.object { writer in
                for prefix in Context.prefixes where !isDisjoint(with: prefix.terms) {
                    writer.field(prefix.name, prefix.iri)
                }
                for term in Context.terms where contains(term.term) {
                    switch term.meaning {
                    case .plain(let iri): writer.field(term.name, iri)
                    case .id(let iri):
                        writer.object(term.name) {
                            $0.field("@id", iri)
                            $0.field("@type", "@id")
                        }
                    case .list(let iri):
                        writer.object(term.name) {
                            $0.field("@id", iri)
                            $0.field("@container", "@list")
                        }
                    }
                }
            }
        }
    }

    /// The object with `@context` put before its members.
    ///
    /// - Parameter object: an object in JSON that has no context yet.
    package func heading(_ object: [UInt8]) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object(write)
        // The writer closed the brace that the members of the object follow.
        var document = writer.bytes.dropLast()
        document.reserveCapacity(document.count + object.count)
        if object.count > 2 { document.append(UInt8(ascii: ",")) }
        document += object.dropFirst()
        return Array(document)
    }
}
