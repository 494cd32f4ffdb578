import ActivityPub
import Storage

/// Somebody wants to follow the owner. <https://www.w3.org/TR/activitypub/#follow-activity-inbox>
///
/// A repeated Follow is answered again, with its own id, because the other side has lost the first answer.
struct InboundFollow: InboundActivity {
    private let id: String

    init?(_ activity: Activity, reading: InboxReading) {
        guard let id = activity.id, activity.objectID == reading.identity.actor else { return nil }
        self.id = id
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard try !Blocks.contains(context.sender, in: tx) else {
            return try context.outbox.answer(.reject, follow: id, of: context.sender, in: tx)
        }
        let owner = context.identity.owner
        let isKnown = try Followers.contains(context.sender, in: tx)
        if try !isKnown && Actors.find(owner, in: tx)?.locked == true {
            guard try FollowRequests.insert(context.sender, uri: id, in: tx) else { return }
            return try context.notify(.followRequest, status: nil)
        }
        let isNew = try Followers.insert(context.sender, uri: id, owner: owner, in: tx)
        try context.outbox.answer(.accept, follow: id, of: context.sender, in: tx)
        if isNew { try context.notify(.follow, status: nil) }
    }
}
