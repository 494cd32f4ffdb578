import Storage

/// What a post is when the app leaves it open.
struct PostDefaults: Sendable {
    var visibility: Visibility
    var sensitive: Bool
    var language: String?
    /// Who may quote it; nil for what is there already.
    var quoters: InteractionRights.People?
    var format: PostFormat
    /// Whether they are those of a post that is there already.
    let isOfEdit: Bool

    /// Of a new post.
    init(_ owner: Owner) {
        visibility = owner.visibility
        sensitive = owner.sensitive
        language = owner.language
        quoters = owner.quotePolicy == .everybody ? nil : owner.quotePolicy.people
        format = owner.isMarkdown ? .markdown : .plain
        isOfEdit = false
    }

    /// Of a post that is edited: the owner's wishes are for new posts, and what is not named is gone.
    init(editing status: Storage.Status, format: PostFormat) {
        visibility = status.visibility
        sensitive = false
        language = status.language
        self.format = format
        isOfEdit = true
    }
}

/// How the text of a post is written, by the media type that apps name it with.
enum PostFormat: String, Sendable {
    case plain = "text/plain"
    case markdown = "text/markdown"
}

extension QuotePolicy {
    var people: InteractionRights.People {
        switch self {
        case .everybody: .everybody
        case .followers: .followers
        case .nobody: []
        }
    }

    /// As apps name it.
    var name: String {
        switch self {
        case .everybody: "public"
        case .followers: "followers"
        case .nobody: "nobody"
        }
    }

    init?(named name: String) {
        switch name {
        case "public": self = .everybody
        case "followers": self = .followers
        case "nobody": self = .nobody
        default: return nil
        }
    }
}
