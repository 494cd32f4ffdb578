import ActivityPub
import Storage

/// Somebody wants nothing to do with the owner, who need not be told. Both follows end.
/// <https://www.w3.org/TR/activitypub/#block-activity-outbox>
struct InboundBlock: InboundActivity {
    static let isRemembered = true
    static let isHeardFromBlocked = true

    init?(_ activity: Activity, reading: InboxReading) {
        // With a target it is Lemmy's: from a community, which is nothing between two people.
        guard activity.objectID == reading.identity.actor, activity.target == nil else { return nil }
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        let owner = context.identity.owner
        _ = try Followers.remove(context.sender, owner: owner, in: tx)
        _ = try FollowRequests.remove(context.sender, in: tx)
        try Notifications.remove(.follow, from: context.sender, status: nil, in: tx)
        try Notifications.remove(.followRequest, from: context.sender, status: nil, in: tx)
        guard try Following.remove(context.sender, owner: owner, in: tx) != nil else { return }
        try HomeTimeline.remove(from: context.sender, in: tx)
    }
}
