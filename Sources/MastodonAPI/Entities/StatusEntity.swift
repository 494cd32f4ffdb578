import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Status/>
struct StatusEntity {
    private let batch: StatusBatch
    /// Accounts that were written before: in a timeline most authors come more than once.
    private var accounts: [ActorID: ArraySlice<UInt8>] = [:]

    init(_ batch: StatusBatch) {
        self.batch = batch
    }

    /// Writes one post, with the post it boosts inside.
    ///
    /// - Parameter source: the owner's text as typed, for the answer to a deletion.
    mutating func write(_ id: StatusID, source: String? = nil, to writer: inout JSONWriter) {
        writer.object { writer in members(of: id, source: source, to: &writer) }
    }

    /// The same without the braces, for a post under a key.
    mutating func members(of id: StatusID, source: String? = nil, to writer: inout JSONWriter) {
        guard let status = batch.statuses[id] else { return }
        single(status, source: source, to: &writer)
        if let target = status.reblogOf, let boosted = batch.statuses[target] {
            writer.object("reblog") { writer in
                single(boosted, to: &writer)
                writer.null("reblog")
            }
        } else {
            writer.null("reblog")
        }
    }

    private mutating func single(_ status: Storage.Status, source: String? = nil, to writer: inout JSONWriter) {
        guard let author = batch.actors[status.actor] else { return }
        head(status, to: &writer)
        account(author, to: &writer)
        if let source { writer.field("text", source) }
        body(status, to: &writer)
    }

    private func head(_ status: Storage.Status, to writer: inout JSONWriter) {
        writer.field("id", status.id.description)
        writer.field("uri", status.uri)
        writer.field("url", status.url ?? status.uri)
        writer.field("created_at", ISO8601.milliseconds(status.createdAt.milliseconds))
        writer.field("edited_at", status.editedAt.map { ISO8601.milliseconds($0.milliseconds) })
    }

    private mutating func account(_ author: Actor, to writer: inout JSONWriter) {
        if let known = accounts[author.id] { return writer.raw("account", known) }
        var single = JSONWriter(capacity: 1_024)
        AccountEntity.write(author, batch.identity, to: &single)
        accounts[author.id] = single.bytes[...]
        writer.raw("account", single.bytes)
    }

    private func body(_ status: Storage.Status, to writer: inout JSONWriter) {
        let isOwn = status.actor == batch.identity.owner
        writer.field("content", status.content)
        writer.field("visibility", StatusEntity.name(of: status.visibility))
        writer.field("sensitive", status.sensitive)
        writer.field("spoiler_text", status.spoiler)
        attachments(status.id, to: &writer)
        mentions(status.id, to: &writer)
        tags(status.id, to: &writer)
        writer.raw("emojis", (status.emojis ?? "[]").utf8)
        numbersAndMarks(of: status.reblogOf ?? status.id, to: &writer)
        if isOwn, status.reblogOf == nil, batch.viewer == .owner {
            writer.field("pinned", batch.marks[status.id]?.contains(.pinned) ?? false)
        }
        if let app = status.application.flatMap({ batch.apps[$0] }) {
            writer.object("application") { writer in
                writer.field("name", app.name)
                writer.field("website", app.website)
            }
        } else {
            writer.null("application")
        }
        writer.field("in_reply_to_id", status.inReplyTo?.description)
        writer.field("in_reply_to_account_id", status.inReplyToActor?.description)
        writer.field("language", status.language)
        writer.null("poll")
        writer.null("card")
        writer.null("quote")
        writer.raw("quote_approval", StatusEntity.nobodyQuotes)
        writer.raw("tagged_collections", StatusEntity.emptyList)
        if batch.viewer == .owner { writer.raw("filtered", StatusEntity.emptyList) }
    }

    /// A boost shows the numbers and marks of what it boosts.
    private func numbersAndMarks(of id: StatusID, to writer: inout JSONWriter) {
        let numbers = batch.numbers[id] ?? StatusNumbers()
        writer.field("reblogs_count", numbers.boosts)
        writer.field("favourites_count", numbers.favourites)
        writer.field("replies_count", numbers.replies)
        writer.field("quotes_count", 0)
        guard batch.viewer == .owner else { return }
        let marks = batch.marks[id] ?? []
        writer.field("favourited", marks.contains(.favourited))
        writer.field("reblogged", marks.contains(.reblogged))
        writer.field("muted", false)
        writer.field("bookmarked", marks.contains(.bookmarked))
    }

    private func attachments(_ id: StatusID, to writer: inout JSONWriter) {
        guard let attachments = batch.attachments[id] else {
            return writer.raw("media_attachments", StatusEntity.emptyList)
        }
        writer.array("media_attachments") { writer in
            for attachment in attachments { MediaAttachmentEntity.write(attachment, batch.identity, to: &writer) }
        }
    }

    /// The address must be the very one in the text: apps find the account of a tapped link by comparing them.
    private func mentions(_ id: StatusID, to writer: inout JSONWriter) {
        guard let mentions = batch.mentions[id] else { return writer.raw("mentions", StatusEntity.emptyList) }
        writer.array("mentions") { writer in
            for mention in mentions {
                writer.object { writer in
                    writer.field("id", mention.actor.description)
                    writer.field("username", mention.username)
                    writer.field("acct", mention.acct)
                    writer.field("url", mention.url ?? mention.uri)
                }
            }
        }
    }

    private func tags(_ id: StatusID, to writer: inout JSONWriter) {
        guard let names = batch.hashtags[id] else { return writer.raw("tags", StatusEntity.emptyList) }
        writer.array("tags") { writer in
            for name in names {
                writer.object { writer in
                    writer.field("name", name)
                    writer.field("url", TagEntity.url(name, batch.identity))
                }
            }
        }
    }

    private static let emptyList = Array("[]".utf8)
    /// There are no quotes yet.
    private static let nobodyQuotes = Array(#"{"automatic":[],"manual":[],"current_user":"denied"}"#.utf8)

    static func name(of visibility: Visibility) -> String {
        switch visibility {
        case .public: "public"
        case .unlisted: "unlisted"
        case .private: "private"
        case .direct: "direct"
        }
    }

    static func visibility(named name: String) -> Visibility? {
        switch name {
        case "public": .public
        case "unlisted": .unlisted
        case "private": .private
        case "direct": .direct
        default: nil
        }
    }
}
