import ActivityPub
import Basics
import Storage

/// Somebody deleted a post, or their account. <https://www.w3.org/TR/activitypub/#delete-activity-inbox>
struct InboundDelete: InboundActivity {
    private let object: String
    private let isAccount: Bool

    init?(_ activity: Activity, reading: InboxReading) {
        guard let uri = activity.objectID, ObjectID.sameOrigin(uri, reading.sender) else { return nil }
        object = uri
        isAccount = uri == reading.sender
    }

    func apply(_ context: InboxContext) throws {
        if isAccount {
            return try Actors.remove(context.sender, owner: context.identity.owner, in: context.tx)
        }
        guard let known = try Statuses.find(uri: object, in: context.tx) else {
            // The Create may still be on its way.
            return try Tombstones.insert(object, at: context.receivedAt, in: context.tx)
        }
        guard known.actor == context.sender else { return }
        try Statuses.delete(known.id, in: context.tx)
        try Tombstones.insert(object, at: context.receivedAt, in: context.tx)
    }
}
