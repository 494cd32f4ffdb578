package import ActivityPub
import Basics
import HTTP
import JSON
package import Storage

/// The owner's posts as other servers read them.
///
/// <https://docs.joinmastodon.org/spec/activitypub/#Note>
package struct NoteRendering: Sendable {
    let identity: Identity

    package init(identity: Identity) {
        self.identity = identity
    }

    /// The note without `@context`, to be put into an activity; nil when it is not a post of the owner's.
    package func note(_ id: StatusID, in snapshot: Snapshot) throws -> [UInt8]? {
        try NoteParts.all([id], of: identity.owner, in: snapshot)[id].map(bytes)
    }

    /// The notes among these posts, each with whom it is for. The number of statements does not grow with them.
    func notes(
        _ ids: [StatusID], in snapshot: Snapshot
    ) throws -> [StatusID: (note: [UInt8], audience: Audience)] {
        try NoteParts.all(ids, of: identity.owner, in: snapshot)
            .mapValues { (bytes($0), audience(of: $0)) }
    }

    private func bytes(_ parts: NoteParts) -> [UInt8] {
        var writer = JSONWriter(capacity: 2_048)
        writer.object { write(parts, to: &$0) }
        return writer.bytes
    }

    private func audience(of parts: NoteParts) -> Audience {
        audience(parts.status.visibility, mentions: parts.mentions, group: parts.group)
    }

    /// The note with `@context`, as it is served at its own address; nil when it is not a post of the owner's.
    ///
    /// Whether the reader may see it is for the caller to check.
    package func document(_ id: StatusID, in snapshot: Snapshot) throws -> [UInt8]? {
        try note(id, in: snapshot).map { Context(of: $0).heading($0) }
    }

    /// For whom a post of the owner's is, the same on the note and on what is sent about it.
    package func audience(of status: Storage.Status, in snapshot: Snapshot) throws -> Audience {
        let mentions = try Mentions.of("[\(status.id)]", in: snapshot)[status.id] ?? []
        let group = try NoteParts.group(of: status, in: snapshot)?.uri
        return audience(status.visibility, mentions: mentions, group: group)
    }

    private func audience(
        _ visibility: Visibility, mentions: [Mentions.Mention], group: String?
    ) -> Audience {
        let named = mentions.map(\.uri) + (group.map { [$0] } ?? [])
        return Audience(visibility.audience, followers: identity.followers, mentions: named)
    }

    private func write(_ parts: NoteParts, to writer: inout JSONWriter) {
        let status = parts.status
        let audience = audience(of: parts)
        writer.field("id", status.uri)
        writer.field("type", parts.poll == nil ? "Note" : "Question")
        writer.field("attributedTo", identity.actor)
        write(text: parts, to: &writer)
        writer.field("published", ISO8601.seconds(status.createdAt.milliseconds))
        if let edited = status.editedAt { writer.field("updated", ISO8601.seconds(edited.milliseconds)) }
        writer.field("url", status.url ?? identity.statusPage(status.id))
        writer.field("to", audience.to)
        writer.field("cc", audience.cc)
        if let group = parts.group { writer.field("audience", group) }
        writer.field("inReplyTo", parts.inReplyTo)
        // Mastodon takes `sensitive` literally, also when there is a warning.
        writer.field("summary", status.spoiler.isEmpty ? nil : status.spoiler)
        writer.field("sensitive", status.sensitive || !status.spoiler.isEmpty)
        if let conversation = status.conversation {
            writer.field("context", conversation)
            writer.field("conversation", conversation)
        }
        writer.array("attachment") { writer in
            for attachment in parts.attachments { write(attachment, to: &writer) }
        }
        writer.array("tag") { writeTags(of: parts, to: &$0) }
        if let poll = parts.poll { write(poll, to: &writer) }
        if let quote = parts.quote { write(quote, to: &writer) }
        writePolicy(of: status, to: &writer)
        writeReplies(of: status.uri, to: &writer)
        write(count: parts.likes, of: status.uri + "/likes", as: "likes", to: &writer)
        write(count: parts.shares, of: status.uri + "/shares", as: "shares", to: &writer)
    }

    private func write(text parts: NoteParts, to writer: inout JSONWriter) {
        let content = (parts.quote?.fallback ?? "") + parts.status.content
        writer.field("content", content)
        if let language = parts.status.language {
            writer.object("contentMap") { $0.field(language, content) }
        }
        if let source = parts.source {
            writer.object("source") {
                $0.field("content", source)
                $0.field("mediaType", parts.isMarkdown ? "text/markdown" : "text/plain")
            }
        }
    }

    private func writeReplies(of uri: String, to writer: inout JSONWriter) {
        writer.object("replies") {
            $0.field("id", uri + "/replies")
            $0.field("type", "Collection")
            $0.object("first") {
                $0.field("type", "CollectionPage")
                $0.field("partOf", uri + "/replies")
                $0.field("next", uri + "/replies?page=true")
                $0.field("items", [])
            }
        }
    }

    private func write(count: Int, of collection: String, as name: String, to writer: inout JSONWriter) {
        writer.object(name) {
            $0.field("id", collection)
            $0.field("type", "Collection")
            $0.field("totalItems", count)
        }
    }

    private func write(_ attachment: Attachment, to writer: inout JSONWriter) {
        guard let file = attachment.file else { return }
        writer.object {
            $0.field("type", "Document")
            $0.field("mediaType", attachment.mediaType ?? "application/octet-stream")
            $0.field("url", identity.media(file))
            $0.field("name", attachment.description)
            if let width = attachment.width { $0.field("width", width) }
            if let height = attachment.height { $0.field("height", height) }
            if let blurhash = attachment.blurhash { $0.field("blurhash", blurhash) }
            if let duration = attachment.duration { $0.field("duration", "PT\(duration)S") }
            if let preview = attachment.preview, attachment.kind != .image {
                $0.object("icon") {
                    $0.field("type", "Image")
                    $0.field("mediaType", PictureType.of(preview))
                    $0.field("url", identity.media(preview))
                }
            }
            if let x = attachment.focusX, let y = attachment.focusY {
                $0.array("focalPoint") {
                    $0.element(x)
                    $0.element(y)
                }
            }
        }
    }
}

extension Visibility {
    /// The addressing that says this.
    var audience: Audience.Kind {
        switch self {
        case .public: .open
        case .unlisted: .unlisted
        case .private: .followers
        case .direct: .direct
        }
    }
}
