import Storage

/// What decides on which streams a post is shown.
struct StreamedPost: Sendable {
    var visibility: Visibility
    var isBoost = false
    /// Whether the owner wrote it.
    var isOwn = false
    var hasMedia = false
    /// Lower case and without `#`.
    var hashtags: [String] = []
}

extension StreamName {
    /// Whether an event is sent on this stream.
    ///
    /// - Parameter post: what the event is about; while that is not known the answer is whether it could be.
    func takes(_ event: Event, _ post: StreamedPost?) -> Bool {
        switch (event, self) {
        case (.home, .user), (.filtersChanged, .user), (.conversation, .direct): true
        case (.notified, .user), (.notified, .notifications): true
        case (.notificationsMerged, .user), (.notificationsMerged, .notifications): true
        case (.listed(_, let shown), .list(let followed)): shown == followed
        case (.added, .posts), (.added, .hashtag): post.map(shows) ?? true
        // A post that is edited may be on the timeline already, and one that is gone may have been on any.
        case (.edited, .posts), (.edited, .hashtag): post.map(shows) ?? true
        case (.edited, .user), (.edited, .list): true
        case (.removed, .user), (.removed, .posts), (.removed, .hashtag), (.removed, .list): true
        default: false
        }
    }

    /// Whether the event needs `read:notifications`, also on a stream that can be had without.
    static func needsNotifications(_ event: Event) -> Bool {
        switch event {
        case .notified, .notificationsMerged: true
        default: false
        }
    }

    /// The same posts as on the page of that timeline (`Statuses.publicPage`, `Hashtags.page`).
    private func shows(_ post: StreamedPost) -> Bool {
        guard post.visibility == .public, !post.isBoost else { return false }
        switch self {
        case .posts(let origin, let onlyMedia):
            guard post.hasMedia || !onlyMedia else { return false }
            return switch origin {
            case .anywhere: true
            case .here: post.isOwn
            case .elsewhere: !post.isOwn
            }
        case .hashtag(let name, let isLocal):
            return (post.isOwn || !isLocal) && post.hashtags.contains(name)
        case .user, .notifications, .list, .direct:
            return false
        }
    }
}
