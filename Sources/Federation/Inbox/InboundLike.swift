import ActivityPub
import Storage

/// Somebody likes one of our posts. <https://www.w3.org/TR/activitypub/#like-activity-inbox>
struct InboundLike: InboundActivity {
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
        guard let known = try Statuses.find(status, in: context.tx), known.actor == context.identity.owner,
            try !Blocks.contains(context.sender, in: context.tx)
        else { return }
        let isNew = try Favourites.insert(actor: context.sender, status: status, uri: id, in: context.tx)
        guard isNew else { return }
        try context.notify(.favourite, status: status)
    }
}
