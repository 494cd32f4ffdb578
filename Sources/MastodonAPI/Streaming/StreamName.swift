import Storage

/// A stream that an app can follow, <https://docs.joinmastodon.org/methods/streaming/#streams>.
enum StreamName: Hashable, Sendable {
    /// The home timeline, and with the scope for it the notifications.
    case user
    case notifications
    /// What the public timeline shows.
    case posts(from: Origin, onlyMedia: Bool)
    /// Lower case and without `#`.
    case hashtag(String, isLocal: Bool)
    case list(ListID)
    /// Conversations.
    case direct

    enum Origin: Sendable, CaseIterable {
        case anywhere
        case here
        case elsewhere

        var name: String {
            switch self {
            case .anywhere: "public"
            case .here: "public:local"
            case .elsewhere: "public:remote"
            }
        }
    }

    /// A token needs one of these.
    var scopes: [Scope] {
        switch self {
        case .notifications: ["read:notifications"]
        case .list: ["read:lists", "read:statuses"]
        case .user, .posts, .hashtag, .direct: ["read:statuses"]
        }
    }
}

/// A stream as its app asked for it.
struct StreamSubscription: Sendable {
    /// Longest hashtag that can be followed, in bytes; its app gets it back with each post.
    static let longestTag = 400

    let stream: StreamName
    /// `stream` of each frame: the name, and the hashtag or list as it was given.
    let label: [String]

    /// - Parameters:
    ///   - tag: for the streams of a hashtag, with or without `#`.
    ///   - list: for that of a list, its id.
    ///   - onlyMedia: for the public streams, the same as `:media` in their name.
    /// - Throws: 400 for a stream that does not exist or misses its parameter, 404 for a list that is none.
    init(_ name: String, tag: String?, list: String?, onlyMedia: Bool = false) throws {
        if let origin = StreamName.Origin.allCases.first(where: {
            $0.name == name || $0.name + ":media" == name
        }) {
            let onlyMedia = onlyMedia || name != origin.name
            stream = .posts(from: origin, onlyMedia: onlyMedia)
            label = [onlyMedia ? origin.name + ":media" : origin.name]
            return
        }
        switch name {
        case "user":
            (stream, label) = (.user, [name])
        case "user:notification":
            (stream, label) = (.notifications, [name])
        case "direct":
            (stream, label) = (.direct, [name])
        case "hashtag", "hashtag:local":
            guard let tag, tag.utf8.count <= StreamSubscription.longestTag else {
                throw APIError.badRequest("Missing tag name parameter")
            }
            let bare = Hashtags.normalized(tag.hasPrefix("#") ? String(tag.dropFirst()) : tag)
            guard !bare.isEmpty else { throw APIError.badRequest("Missing tag name parameter") }
            (stream, label) = (.hashtag(bare, isLocal: name == "hashtag:local"), [name, tag])
        case "list":
            guard let list, !list.isEmpty else { throw APIError.badRequest("Missing list name parameter") }
            guard let id = ListID(list) else { throw APIError.notFound }
            (stream, label) = (.list(id), [name, list])
        default:
            throw APIError.badRequest("Unknown stream type")
        }
    }
}
