import HTTP
package import JSON

/// Somebody's profile as their server describes it; texts are as they came, HTML is not yet sanitised.
package struct ActorDocument: Sendable {
    package let id: String
    /// `Person`, `Service`, `Group`, `Organization` or `Application`.
    package let type: String
    /// The local part of the handle; may be empty when the handle comes from `webfinger` only.
    package let preferredUsername: String
    /// The whole handle, `name@host` without `acct:`, from FEP-2c59; to be verified by asking that host.
    package let webfinger: String?
    /// Plain text by the standard, which some fill with markup.
    package let name: String?
    /// HTML.
    package let summary: String?
    /// The page for people; `nil` when it is on another host than the actor.
    package let url: String?
    package let inbox: String
    /// One inbox for all actors of the host; `nil` when it is on another host.
    package let sharedInbox: String?
    package let outbox: String?
    package let followers: String?
    package let following: String?
    package let featured: String?
    package let featuredTags: String?
    /// The key that was asked for, or the first.
    package let publicKey: ActorKey?
    /// All keys of its own that it lists with their material, at most 8.
    package let publicKeys: [ActorKey]
    package let icon: String?
    package let image: String?
    /// Names in plain text, values in HTML.
    package let fields: [(name: String, value: String)]
    package let emojis: [(shortcode: String, url: String)]
    package let locked: Bool
    package let discoverable: Bool
    package let indexable: Bool
    package let movedTo: String?
    package let alsoKnownAs: [String]
    /// Hosts whose pages may name this actor as author, in lower case and ASCII; at most 256.
    package let attributionDomains: [String]
    /// Milliseconds since 1970.
    package let published: Int64?
    package let suspended: Bool

    /// Reads what was fetched from, or sent by, this actor's server.
    ///
    /// - Parameters:
    ///   - expected: the id that was asked for; the document must be about nobody else.
    ///   - keyID: which of several keys is wanted.
    package init(_ value: JSONValue, id expected: String, keyID: String? = nil) throws(ActorDocumentError) {
        guard value.kind == .object, !value.isTurnedInsideOut else { throw .notAnObject }
        guard let id = (value["id"] ?? value["@id"])?.string, ObjectID.same(id, expected) else {
            throw .otherID((value["id"] ?? value["@id"])?.string)
        }
        guard let type = ActorDocument.type(of: value) else { throw .notAnActor }
        guard let inbox = value["inbox"]?.firstID, ObjectID.origin(of: inbox) != nil else { throw .noInbox }
        let username = value.name("preferredUsername") ?? ""
        let webfinger = value.name("webfinger").flatMap(ActorDocument.handle)
        guard !username.isEmpty || webfinger != nil else { throw .noName }

        self.id = id
        self.type = type
        self.inbox = inbox
        preferredUsername = username
        self.webfinger = webfinger
        name = value.name("name")
        summary = value.text("summary")
        url = value["url"].flatMap(Link.page).flatMap { Link.sameHost($0, id) ? $0 : nil }
        sharedInbox = (value["endpoints"]?.first?["sharedInbox"] ?? value["sharedInbox"])?.firstID
            .flatMap { ObjectID.sameOrigin($0, id) ? $0 : nil }
        outbox = value["outbox"]?.firstID
        followers = value["followers"]?.firstID
        following = value["following"]?.firstID
        featured = value[term: "featured"]?.firstID
        featuredTags = value[term: "featuredTags"]?.firstID
        let keys = ActorKey.all(in: value)
        publicKeys = keys
        publicKey = keyID.flatMap { wanted in keys.first { $0.id == wanted } } ?? keys.first
        icon = value["icon"].flatMap(Link.picture)
        image = value["image"].flatMap(Link.picture)
        fields = ActorDocument.fields(in: value)
        emojis = Emoji.all(in: value)
        locked = value.flag("manuallyApprovesFollowers")
        discoverable = value.flag("discoverable")
        indexable = value.flag("indexable")
        movedTo = value[term: "movedTo"]?.firstID
        alsoKnownAs = Array((value[term: "alsoKnownAs"]?.ids() ?? []).prefix(256))
        attributionDomains = (value[term: "attributionDomains"]?.asArray ?? []).prefix(256).compactMap {
            $0.string.flatMap(WebURL.asciiHost)
        }
        published = value.date("published")
        suspended = value.flag("suspended")
    }

    /// Whether a document describes an actor, going by its type.
    package static func isActor(_ value: JSONValue) -> Bool {
        type(of: value) != nil
    }

    /// The first of its types that is an actor's: some software adds types of its own.
    private static func type(of value: JSONValue) -> String? {
        value.types.first { types.contains($0) }
    }

    private static let types: Set<String> = ["Person", "Service", "Group", "Organization", "Application"]

    private static func handle(_ text: String) -> String? {
        guard case .account(let name, let domain) = WebFinger.resource(text) else { return nil }
        return name + "@" + domain
    }

    /// At most 50, as Mastodon reads them.
    private static func fields(in value: JSONValue) -> [(name: String, value: String)] {
        guard let attachments = value["attachment"] else { return [] }
        var fields: [(name: String, value: String)] = []
        for item in attachments.asArray where item.has(type: "PropertyValue") {
            guard fields.count < 50, let name = item.name("name"), let text = item.text("value") else {
                continue
            }
            fields.append((name, text))
        }
        return fields
    }
}
