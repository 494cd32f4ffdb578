import ActivityPub
import Basics
import Crypto
import HTTP
import JSON
import Markup
import Storage

/// From an actor's document to the row that is kept of it.
enum StoredActor {
    /// How much of one profile is kept; more than any server sends on purpose.
    enum Limits {
        static let name = 256
        static let username = 128
        /// Bytes of HTML.
        static let summary = 16_384
        static let fields = 16
        static let field = 2_048
        static let emojis = 64
        static let address = 2_048
        static let keys = 8_192
    }

    /// Reads an actor's document.
    ///
    /// - Parameters:
    ///   - id: who it must be about.
    ///   - keyID: which of several keys is wanted.
    static func read(
        _ value: JSONValue, id: String, key keyID: String?, at now: Timestamp
    ) throws(FetchError) -> Actor {
        let document: ActorDocument
        do {
            document = try ActorDocument(value, id: id, keyID: keyID)
        } catch {
            throw .refused("not an actor: \(error)")
        }
        // Whoever names an inbox of somebody else would have us knock there.
        guard ObjectID.sameOrigin(document.inbox, id) else { throw .refused("its inbox is on another host") }
        var actor = make(document, at: now)
        guard isUsable(actor.username) else { throw .refused("a name that cannot be one") }
        if let pem = actor.keyPEM, (try? PublicKey(pem: pem)) == nil, keyID == nil {
            // Somebody whose key is of no use can still be read.
            actor.keyID = nil
            actor.keyPEM = nil
        }
        if let methods = value["assertionMethod"], methods.rawBytes.count <= Limits.keys {
            var writer = JSONWriter()
            writer.object {
                $0.field("id", document.id)
                $0.raw("assertionMethod", methods.rawBytes)
            }
            actor.proofKeys = String(decoding: writer.bytes, as: UTF8.self)
        }
        return actor
    }

    /// The key of this id among those that were stored with an actor.
    static func proofKey(_ keyID: String, in stored: String?, at now: Timestamp) -> PublicKey? {
        guard let stored, let document = try? Document(Array(stored.utf8)) else { return nil }
        return Multikey.all(in: document.root, now: now.seconds).first { $0.id == keyID }?.key
    }

    /// A name that fits into `@name@host` without being taken for something else.
    private static func isUsable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= Limits.username
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.value > 0x20 && !"@/:<>\"'\\".unicodeScalars.contains(scalar)
                    && !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
                    && scalar.properties.generalCategory != .format
            }
    }

    private static func make(_ document: ActorDocument, at now: Timestamp) -> Actor {
        let host = WebURL(document.id)?.authority ?? ""
        // Some write the whole handle, or its sign, where the name belongs.
        let name =
            [document.preferredUsername, document.webfinger ?? ""].lazy
            .compactMap { $0.split(separator: "@").first }.first.map(String.init) ?? ""
        var actor = Actor(
            uri: document.id, username: name, domain: host,
            createdAt: document.published.map { Timestamp(milliseconds: min($0, now.milliseconds)) } ?? now)
        actor.kind =
            switch document.type {
            case "Service": .service
            case "Group": .group
            case "Organization": .organization
            case "Application": .application
            default: .person
            }
        actor.name = String((document.name ?? "").prefix(Limits.name))
        let summary = Sanitizer.sanitize(document.summary ?? "", base: document.id).text
        actor.summary =
            summary.utf8.count <= Limits.summary
            ? summary : HTML(escaping: String(Sanitizer.inlineText(summary).prefix(Limits.summary / 4))).text
        actor.url = document.url
        actor.inbox = document.inbox
        actor.sharedInbox = document.sharedInbox
        actor.followersURI = document.followers.flatMap(address)
        actor.keyID = document.publicKey?.id
        actor.keyPEM = document.publicKey?.pem
        actor.avatar = document.icon
        actor.header = document.image
        actor.fields = fields(document)
        actor.pictures = document.emojis.prefix(Limits.emojis).map { Actor.Picture($0.shortcode, at: $0.url) }
        actor.locked = document.locked
        actor.discoverable = document.discoverable
        actor.indexable = document.indexable
        actor.movedTo = document.movedTo.flatMap(address)
        actor.alsoKnownAs = document.alsoKnownAs.compactMap(address)
        actor.outboxURI = document.outbox.flatMap(address)
        actor.featuredURI = document.featured.flatMap(address)
        actor.isSuspended = document.suspended
        actor.fetchedAt = now
        return actor
    }

    private static func address(_ text: String) -> String? {
        text.utf8.count <= Limits.address && !text.contains("\n") ? text : nil
    }

    /// JSON in the shape of the client API.
    private static func fields(_ document: ActorDocument) -> String? {
        guard !document.fields.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.array { list in
            for (name, value) in document.fields.prefix(Limits.fields) {
                list.object { field in
                    field.field("name", String(name.prefix(Limits.field)))
                    field.field(
                        "value",
                        Sanitizer.sanitize(String(value.prefix(Limits.field)), base: document.id).text)
                    field.null("verified_at")
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// What a post or person keeps of the pictures in its text; nil for none.
    static func keep(
        _ emojis: [(shortcode: String, url: String)], of uri: String, in tx: Transaction
    ) throws -> String? {
        guard !emojis.isEmpty, let host = WebURL(uri)?.authority else { return nil }
        return try Emojis.keep(emojis, of: host, in: tx)
    }
}
