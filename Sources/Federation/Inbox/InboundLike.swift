import ActivityPub
import Storage

/// Somebody likes one of our posts, or reacts to it, which counts the same.
/// <https://www.w3.org/TR/activitypub/#like-activity-inbox>
struct InboundLike: InboundActivity {
    static let isRemembered = true

    private let id: String
    private let status: StatusID

    init?(_ activity: Activity, reading: InboxReading) {
        guard let id = activity.id, let object = activity.objectID,
            let status = reading.identity.ownStatus(object)
        else { return nil }
        self.id = id
        self.status = status
    }

    func apply(_ context: InboxContext) throws {
        guard try context.ownPost(status) != nil,
            try Favourites.insert(actor: context.sender, status: status, uri: id, in: context.tx)
        else { return }
        try context.notify(.favourite, status: status)
    }
}
