import Basics
import Federation
import HTTP
import JSON
import Markup
import Storage

/// <https://docs.joinmastodon.org/entities/Status/>
struct StatusEntity {
    private let batch: StatusBatch
    /// Accounts that were written before: in a timeline many authors come more than once.
    private var accounts: [ActorID: ArraySlice<UInt8>] = [:]

    init(_ batch: StatusBatch) {
        self.batch = batch
    }

    /// Writes one post, with the post it boosts inside.
    ///
    /// - Parameter source: the owner's text as typed, for the answer to a deletion.
    mutating func write(_ id: StatusID, source: String? = nil, to writer: inout JSONWriter) {
        if let json = json(id, source: source) { writer.raw(json) }
    }

    /// The same as a member of an object.
    mutating func write(_ id: StatusID, as key: String, to writer: inout JSONWriter) {
        if let json = json(id, source: nil) { writer.raw(key, json) }
    }

    private mutating func json(_ id: StatusID, source: String?) -> [UInt8]? {
        guard let status = batch.statuses[id] else { return nil }
        var writer = EntityWriter(capacity: 4_096)
        writer.open()
        let filtered = batch.filterResults(of: status)
        members(of: status, source: source, filtered: filtered, to: &writer)
        if let target = status.reblogOf, let boosted = batch.statuses[target] {
            writer.openObject("reblog")
            members(of: boosted, source: nil, filtered: filtered, to: &writer)
            writer.constant("reblog", "null")
            writer.close()
        } else {
            writer.constant("reblog", "null")
        }
        writer.close()
        return writer.bytes
    }

    /// - Parameter isQuoted: whether the post stands in one that quotes it, which ends the nesting.
    private mutating func members(
        of status: Storage.Status, source: String?, filtered: [UInt8]?, isQuoted: Bool = false,
        to writer: inout EntityWriter
    ) {
        writer.id("id", status.id.value)
        writer.field("uri", status.uri)
        writer.field("url", status.url ?? status.uri)
        writer.field("created_at", ISO8601.milliseconds(status.createdAt.milliseconds))
        writer.field("edited_at", status.editedAt.map { ISO8601.milliseconds($0.milliseconds) })
        writer.raw("account", account(status.actor))
        if let source { writer.field("text", source) }
        let quote = batch.quote(of: status.id, isNested: isQuoted)
        let showsQuote = !isQuoted && quote?.quoted != nil
        writer.field(
            "content", showsQuote ? QuoteFallback.removed(from: status.content) : status.content)
        writer.field("visibility", StatusEntity.name(of: status.visibility))
        writer.field("sensitive", status.sensitive)
        writer.field("spoiler_text", status.spoiler)
        attachments(status.id, to: &writer)
        mentions(status.id, to: &writer)
        tags(status.id, to: &writer)
        writer.raw("emojis", EmojiEntity.list(status.emojis, batch.identity)[...])
        numbersAndMarks(of: status, to: &writer)
        application(status, to: &writer)
        writer.id("in_reply_to_id", status.inReplyTo?.value)
        writer.id("in_reply_to_account_id", status.inReplyToActor?.value)
        writer.field("language", status.language)
        if let poll = batch.polls[status.id] {
            writer.raw("poll", PollEntity.json(poll, of: status, in: batch)[...])
        } else {
            writer.constant("poll", "null")
        }
        card(status.id, to: &writer)
        if let quote {
            write(quote, isQuoted: isQuoted, to: &writer)
        } else {
            writer.constant("quote", "null")
        }
        approval(of: status, to: &writer)
        writer.constant("tagged_collections", "[]")
        guard batch.viewer == .owner else { return }
        if let filtered { writer.raw("filtered", filtered[...]) } else { writer.constant("filtered", "[]") }
    }

    private mutating func write(_ quote: ShownQuote, isQuoted: Bool, to writer: inout EntityWriter) {
        writer.openObject("quote")
        writer.constantText("state", quote.state)
        if isQuoted {
            writer.id("quoted_status_id", quote.quoted?.value)
        } else if let quoted = quote.quoted.flatMap({ batch.statuses[$0] }) {
            writer.openObject("quoted_status")
            members(
                of: quoted, source: nil, filtered: batch.filterResults(of: quoted), isQuoted: true,
                to: &writer)
            writer.constant("reblog", "null")
            writer.close()
        } else {
            writer.constant("quoted_status", "null")
        }
        writer.close()
    }

    private func card(_ id: StatusID, to writer: inout EntityWriter) {
        guard let preview = batch.links[id].flatMap({ batch.previews[$0] }), let title = preview.title else {
            return writer.constant("card", "null")
        }
        PreviewCardEntity.write(preview, title: title, batch.identity, to: &writer)
    }

    private func approval(of status: Storage.Status, to writer: inout EntityWriter) {
        guard status.reblogOf == nil else {
            return writer.constant(
                "quote_approval", #"{"automatic":[],"manual":[],"current_user":"denied"}"#)
        }
        let approval = QuoteApproval(of: status, owner: batch.identity.owner)
        let answer = approval.answer(
            isFollowed: batch.followed.contains(status.actor),
            isFollower: batch.followers.contains(status.actor))
        approval.write(batch.viewer == .owner ? answer : .denied, to: &writer)
    }

    private mutating func account(_ id: ActorID) -> ArraySlice<UInt8> {
        if let known = accounts[id] { return known }
        guard let actor = batch.actors[id] else { return [] }  // Callers ask `isVisible` first.
        let json = AccountEntity.json(actor, batch.identity)[...]
        accounts[id] = json
        return json
    }

    /// A boost shows the numbers and marks of what it boosts. Of others' posts their own servers know more.
    private func numbersAndMarks(of status: Storage.Status, to writer: inout EntityWriter) {
        let id = status.reblogOf ?? status.id
        let numbers = batch.numbers[id] ?? StatusNumbers()
        let told = status.reblogOf == nil ? status : batch.statuses[id] ?? status
        writer.field("reblogs_count", max(numbers.boosts, told.toldShares ?? 0))
        writer.field("favourites_count", max(numbers.favourites, told.toldLikes ?? 0))
        writer.field("replies_count", numbers.replies)
        writer.field("quotes_count", batch.quotes.counts[id] ?? 0)
        guard batch.viewer == .owner else { return }
        let marks = batch.marks[id] ?? []
        writer.field("favourited", marks.contains(.favourited))
        writer.field("reblogged", marks.contains(.reblogged))
        writer.field("muted", marks.contains(.muted))
        writer.field("bookmarked", marks.contains(.bookmarked))
        if status.actor == batch.identity.owner, status.reblogOf == nil {
            writer.field("pinned", marks.contains(.pinned))
        }
    }

    private func application(_ status: Storage.Status, to writer: inout EntityWriter) {
        guard let app = status.application.flatMap({ batch.apps[$0] }) else {
            return writer.constant("application", "null")
        }
        writer.openObject("application")
        writer.field("name", app.name)
        writer.field("website", app.website)
        writer.close()
    }

    private func attachments(_ id: StatusID, to writer: inout EntityWriter) {
        guard let attachments = batch.attachments[id] else {
            return writer.constant("media_attachments", "[]")
        }
        var list = JSONWriter(capacity: 1_024)
        list.array { list in
            for attachment in attachments {
                MediaAttachmentEntity.write(attachment, batch.identity, to: &list)
            }
        }
        writer.raw("media_attachments", list.bytes[...])
    }

    /// The address must be the very one in the text: apps find the account of a tapped link by comparing
    /// them.
    private func mentions(_ id: StatusID, to writer: inout EntityWriter) {
        guard let mentions = batch.mentions[id] else { return writer.constant("mentions", "[]") }
        writer.openArray("mentions")
        for mention in mentions {
            writer.open()
            writer.id("id", mention.actor.value)
            writer.field("username", mention.username)
            writer.field("acct", mention.acct)
            writer.field("url", mention.url ?? mention.uri)
            writer.close()
        }
        writer.closeArray()
    }

    private func tags(_ id: StatusID, to writer: inout EntityWriter) {
        guard let names = batch.hashtags[id] else { return writer.constant("tags", "[]") }
        writer.openArray("tags")
        for name in names {
            writer.open()
            writer.field("name", name)
            writer.field("url", TagEntity.url(name, batch.identity))
            writer.close()
        }
        writer.closeArray()
    }
}

/// The names of visibilities in the client API.
extension StatusEntity {
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
