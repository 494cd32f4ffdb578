package import JSON

/// The envelope of what another server says: who does what, to which object.
package struct Activity: Sendable {
    /// Missing from Mastodon's Add and Remove, and from some Deletes.
    package let id: String?
    /// The first of its types, as local name.
    package let type: String
    package let actor: String
    /// The object, or the first when there are several; a string when only its id is given.
    package let object: JSONValue?
    package let to: [String]
    /// `cc`, and for deciding who is addressed also `bto` and `bcc`.
    package let cc: [String]
    /// Milliseconds since 1970.
    package let published: Int64?
    /// The id of what the object is added to, removed from or moved to.
    package let target: String?
    /// The whole, as it came.
    package let document: JSONValue

    /// Reads an activity; nil when it has no type or names no actor.
    package init?(_ document: JSONValue) {
        guard let type = document.types.first, let actor = document["actor"]?.firstID,
            !document.isTurnedInsideOut
        else { return nil }
        id = (document["id"] ?? document["@id"])?.string.flatMap { $0.isEmpty ? nil : $0 }
        self.type = type
        self.actor = actor
        object = document["object"]?.first
        to = Audience.addressees(document["to"])
        cc = Audience.addressees(document["cc"]) + Audience.hidden(in: document)
        published = document.date("published")
        target = document["target"]?.firstID
        self.document = document
    }

    /// The id of the object, embedded or not.
    package var objectID: String? { object?.firstID }

    /// Whether the object came along, so that something besides its id is known.
    package var isObjectEmbedded: Bool { object?.kind == .object }
}
