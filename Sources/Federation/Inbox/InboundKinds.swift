import ActivityPub

/// Every activity that has an effect, by type. Whatever is not here is taken, counted and forgotten, as others do.
enum InboundKinds {
    /// Readers of one type, of which the first that understands the activity has it.
    private static let all: [String: [any InboundActivity.Type]] = [
        "Accept": [InboundAccept.self, InboundQuoteAnswer.self],
        "Add": [InboundAdd.self, InboundContextAdd.self],
        "Announce": [InboundGroupAnnounce.self, InboundAnnounce.self],
        "Block": [InboundBlock.self],
        "Create": [InboundVote.self, InboundCreate.self],
        "Delete": [InboundDelete.self],
        "EmojiReact": [InboundLike.self],
        "Flag": [InboundFlag.self],
        "Follow": [InboundFollow.self],
        "Like": [InboundLike.self],
        "Move": [InboundMove.self],
        "QuoteRequest": [InboundQuoteRequest.self],
        "Reject": [InboundReject.self, InboundQuoteAnswer.self],
        "Remove": [InboundRemove.self],
        "Undo": [InboundUndo.self],
        "Update": [InboundUpdate.self],
    ]

    /// Types that mean nothing without an id to know them by. Mastodon's Add, Remove and Delete have none.
    private static let named: Set<String> = [
        "Announce", "Create", "EmojiReact", "Follow", "Like", "Move", "QuoteRequest",
    ]

    /// What an activity that came from `reading.sender` is here; nil when it is nothing, or not to be believed.
    static func read(_ activity: Activity, _ reading: InboxReading) -> (any InboundActivity)? {
        // Passed on by somebody else: its own server has to say it.
        guard activity.actor == reading.sender else { return InboundForwarded(activity, reading: reading) }
        // An id of another origin is not the sender's to use up.
        if let id = activity.id, ObjectID.origin(of: id) != nil {
            guard reading.isTheirs(id) else { return nil }
        } else if named.contains(activity.type) {
            return nil
        }
        for kind in all[activity.type] ?? [] {
            if let inbound = kind.init(activity, reading: reading) { return inbound }
        }
        return nil
    }
}
