import JSON
import Markup

/// A Status as pages show it, <https://docs.joinmastodon.org/entities/Status/>.
struct Post: Sendable {
    let id: String
    let uri: String
    /// Where its own server shows it.
    let url: String
    /// ISO 8601.
    let createdAt: String
    let editedAt: String?
    let author: Person
    let content: HTML
    let warning: String
    let isSensitive: Bool
    let visibility: String
    let files: [AttachedFile]
    let emojis: [Emoji]
    /// Names without `#`.
    let tags: [String]
    let mentions: [Mention]
    let replies: Int
    let boosts: Int
    let favourites: Int
    let quotes: Int
    let isFavourited: Bool
    let isBoosted: Bool
    let isBookmarked: Bool
    let isMuted: Bool
    let isPinned: Bool
    let inReplyTo: String?
    let inReplyToPerson: String?
    let language: String?
    let poll: PollResult?
    let card: LinkCard?
    let quote: Quote?
    let filters: [Filtered]
    let application: String?
    /// Whether the owner may quote it: `automatic`, `manual` (the author is asked), `denied`, `unknown`.
    let quoting: String
    /// At most one: the post that this one only passes on.
    private let inner: [Post]

    /// The post that this one boosts.
    var boosted: Post? { inner.first }
    /// The post whose text is shown.
    var shown: Post { inner.first ?? self }

    struct Mention: Sendable {
        let id: String
        let acct: String
        /// As it stands in the text.
        let url: String
    }

    /// A filter of the owner's that matches.
    struct Filtered: Sendable {
        let title: String
        let action: Action
        /// Where it counts: `home`, `notifications`, `public`, `thread`, `account`.
        let contexts: [String]

        enum Action: String {
            case warn, hide, blur
        }

        var hides: Bool { action == .hide }
    }

    /// What the post quotes.
    struct Quote: Sendable {
        /// `accepted`, `pending`, `revoked`, …
        let state: String
        fileprivate let inner: [Post]

        /// The post, where it may be shown.
        var post: Post? { inner.first }
    }

    init(_ json: JSONValue) {
        id = json.text("id")
        uri = json.text("uri")
        url = json.text("url")
        createdAt = json.text("created_at")
        editedAt = json["edited_at"]?.string
        author = Person(json["account"] ?? json)
        content = HTML.trusted(json.text("content"))
        warning = json.text("spoiler_text")
        isSensitive = json.flag("sensitive")
        visibility = json.text("visibility")
        files = json.list("media_attachments").map(AttachedFile.init)
        emojis = json.list("emojis").map(Emoji.init)
        tags = json.list("tags").map { $0.text("name") }
        mentions = json.list("mentions").map {
            Mention(id: $0.text("id"), acct: $0.text("acct"), url: $0.text("url"))
        }
        replies = json.number("replies_count")
        boosts = json.number("reblogs_count")
        favourites = json.number("favourites_count")
        quotes = json.number("quotes_count")
        isFavourited = json.flag("favourited")
        isBoosted = json.flag("reblogged")
        isBookmarked = json.flag("bookmarked")
        isMuted = json.flag("muted")
        isPinned = json.flag("pinned")
        inReplyTo = json["in_reply_to_id"]?.string
        inReplyToPerson = json["in_reply_to_account_id"]?.string
        language = json["language"]?.string
        poll = json.present("poll").map(PollResult.init)
        card = json.present("card").map(LinkCard.init)
        quote = json.present("quote").map { quote in
            Quote(
                state: quote.text("state"), inner: quote.present("quoted_status").map { [Post($0)] } ?? [])
        }
        filters = json.list("filtered").map { result in
            let filter = result["filter"] ?? result
            return Filtered(
                title: filter.text("title"),
                action: Filtered.Action(rawValue: filter.text("filter_action")) ?? .warn,
                contexts: filter.list("context").compactMap { $0.string })
        }
        application = json.present("application")?.text("name")
        quoting = json["quote_approval"]?.text("current_user") ?? "denied"
        inner = json.present("reblog").map { [Post($0)] } ?? []
    }
}
