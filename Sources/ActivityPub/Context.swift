package import JSON

/// The terms beyond Activity Streams that a document of ours uses, for readers with a JSON-LD processor.
///
/// Each document names only what is in it: the whole table would be 2 KB more in every delivery.
package struct Context: OptionSet, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
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

    /// What a note may use; those who read terms do not mind one that is not there.
    package static let note: Context = [.sensitive, .hashtag, .conversation, .emoji, .blurhash, .focalPoint]

    /// A prefix and the terms in it, spelled as Mastodon spells them.
    private static let prefixes: [(name: String, iri: String, terms: Context)] = [
        (
            "toot", "http://joinmastodon.org/ns#",
            [
                .emoji, .blurhash, .focalPoint, .votersCount, .featured, .discoverable, .indexable,
            ]
        ),
        ("ostatus", "http://ostatus.org#", .conversation),
        ("schema", "http://schema.org#", .propertyValue),
    ]

    private static let terms: [(term: Context, name: String, meaning: Meaning)] = [
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
    ]

    private enum Meaning {
        case plain(String)
        /// Its value is the id of something.
        case id(String)
        /// Its value is a list in order.
        case list(String)
    }

    /// Writes the member `@context`: the bare address when no further term is used, a list otherwise.
    package func write(to writer: inout JSONWriter) {
        if isEmpty { return writer.field("@context", Vocabulary.activityStreams) }
        writer.array("@context") { writer in
            writer.element(Vocabulary.activityStreams)
            if contains(.security) { writer.element(Vocabulary.security) }
            if contains(.webfinger) { writer.element(Vocabulary.webFinger) }
            guard !subtracting([.security, .webfinger]).isEmpty else { return }
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
