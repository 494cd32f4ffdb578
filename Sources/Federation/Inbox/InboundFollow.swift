import ActivityPub
import Basics
import Storage

/// Somebody wants to follow the owner. <https://www.w3.org/TR/activitypub/#follow-activity-inbox>
///
/// A repeated Follow is answered again, with its own id, because the other side has lost the first answer.
struct InboundFollow: InboundActivity {
    static let isHeardFromBlocked = true

    /// How long an Undo may come before what it undoes. Misskey asks again under the same id, but not so soon.
    private static let overtaking = Duration.minutes(10)

    private let id: String

    init?(_ activity: Activity, reading: InboxReading) {
        // Friendica also follows posts, relays everybody.
        guard let id = activity.id, activity.objectID == reading.identity.actor else { return nil }
        self.id = id
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard try !Blocks.contains(context.sender, in: tx) else {
            return try context.outbox.answer(.reject, follow: id, of: context.sender, in: tx)
        }
        let owner = context.identity.owner
        let known = try Followers.uri(of: context.sender, in: tx)
        // What was taken back before it came stays so.
        if known == nil, let undone = try SeenActivities.moment(of: id, in: tx),
            context.receivedAt - undone < InboundFollow.overtaking
        {
            return
        }
        // The very same once more is a copy of what was answered.
        if known == id { return }
        let isKnown = known != nil
        let person = try Actors.find(owner, in: tx)
        // Whoever has gone gets no new followers, as with Mastodon; the profile says where to.
        if !isKnown && person?.movedTo != nil {
            return try context.outbox.answer(.reject, follow: id, of: context.sender, in: tx)
        }
        if !isKnown && person?.locked == true {
            guard try FollowRequests.insert(context.sender, uri: id, in: tx) else { return }
            return try context.notify(.followRequest, status: nil)
        }
        // They may have asked while the account was locked.
        if try FollowRequests.remove(context.sender, in: tx) != nil {
            try Notifications.remove(.followRequest, from: context.sender, status: nil, in: tx)
        }
        let isNew = try Followers.insert(
            context.sender, uri: id, owner: owner, at: context.receivedAt, in: tx)
        try context.outbox.answer(.accept, follow: id, of: context.sender, in: tx)
        if isNew { try context.notify(.follow, status: nil) }
    }
}
