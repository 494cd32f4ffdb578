import JSON

/// A Relationship as pages show it, <https://docs.joinmastodon.org/entities/Relationship/>.
struct Tie: Sendable {
    let id: String
    let isFollowing: Bool
    let isRequested: Bool
    let showsBoosts: Bool
    let notifies: Bool
    /// Empty for all.
    let languages: [String]
    let isFollower: Bool
    let asksToFollow: Bool
    let isBlocked: Bool
    let isMuted: Bool
    let mutesNotifications: Bool
    /// ISO 8601; nil for no end.
    let mutedUntil: String?
    let isDomainBlocked: Bool
    let isEndorsed: Bool
    let note: String

    init(_ json: JSONValue) {
        id = json.text("id")
        isFollowing = json.flag("following")
        isRequested = json.flag("requested")
        showsBoosts = json.flag("showing_reblogs")
        notifies = json.flag("notifying")
        languages = json.list("languages").compactMap { $0.string }
        isFollower = json.flag("followed_by")
        asksToFollow = json.flag("requested_by")
        isBlocked = json.flag("blocking")
        isMuted = json.flag("muting")
        mutesNotifications = json.flag("muting_notifications")
        mutedUntil = json["muting_expires_at"]?.string
        isDomainBlocked = json.flag("domain_blocking")
        isEndorsed = json.flag("endorsed")
        note = json.text("note")
    }

    /// Whether the owner wants to see nothing of them in conversations.
    var isUnwanted: Bool { isBlocked || isMuted || isDomainBlocked }
}
