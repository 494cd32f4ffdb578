import JSON

/// What lies around a post: its thread, its audience, its place; read from the document when it is asked for.
extension NoteDocument {
    /// The replies that the author's server knows of.
    package var replies: CollectionReference? { document["replies"].flatMap(CollectionReference.init) }

    /// The address at which the posts of the thread are listed; `context` may also be a mere name.
    package var contextCollection: String? { context.flatMap(ObjectID.onWeb) }

    /// How many like it, as its server says.
    package var likesCount: Int? { count("likes") }

    /// How many shared it, as its server says.
    package var sharesCount: Int? { count("shares") }

    /// The groups that it belongs to, at most 32.
    package var audience: [String] { Array(Audience.addressees(document["audience"]).prefix(32)) }

    /// The name of the place of an event, at most 500 characters.
    package var location: String? {
        guard let place = document["location"]?.first else { return nil }
        let name = place.kind == .object ? place.name("name") : document.name("location")
        return name.flatMap { $0.isEmpty ? nil : String($0.prefix(500)) }
    }

    /// The text that an article wants to be shown with in a timeline, HTML (FEP-b2b8).
    package var previewContent: String? {
        guard let preview = document["preview"]?.first, preview.has(type: "Note") else { return nil }
        return preview.text("content").flatMap { $0.isEmpty ? nil : $0 }
    }

    private func count(_ key: String) -> Int? {
        document[key]?.first?.integer("totalItems").map { max(0, $0) }
    }
}
