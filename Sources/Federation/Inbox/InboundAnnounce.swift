import ActivityPub
import Basics
import JSON
import Storage

/// Somebody boosts a post: one of ours, or as somebody whom the owner follows.
/// <https://www.w3.org/TR/activitypub/#announce-activity-inbox>
struct InboundAnnounce: InboundActivity {
    private let id: String
    private let object: String
    private let own: StatusID?
    private let published: Int64?
    private let audience: Audience

    init?(_ activity: Activity, reading: InboxReading) {
        guard let id = activity.id, reading.accepts(id), let object = activity.objectID else { return nil }
        own = reading.identity.ownStatus(object)
        // A group announces whole activities; those are not read yet.
        if activity.isObjectEmbedded, activity.object?["actor"] != nil, activity.object?["object"] != nil {
            return nil
        }
        guard own != nil || reading.accepts(object) && !reading.identity.isOwn(object) else { return nil }
        self.id = id
        self.object = object
        published = activity.published
        audience = Audience(to: activity.to, cc: activity.cc, followers: nil)
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        guard own == nil, try Statuses.id(forURI: object, in: snapshot) == nil,
            let sender = try Actors.id(forURI: reading.sender, in: snapshot),
            try Following.find(sender, in: snapshot)?.reblogs == true
        else { return [] }
        return [.status(object)]
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard let target = try own ?? Statuses.id(forURI: object, in: tx),
            let status = try Statuses.find(target, in: tx),
            status.reblogOf == nil,
            status.visibility.isOpen || status.actor == context.sender,
            try Boosts.find(of: target, by: context.sender, in: tx) == nil,
            try !Blocks.contains(context.sender, in: tx), try !Blocks.contains(status.actor, in: tx)
        else { return }
        let follow = try Following.find(context.sender, in: tx)
        let isFollowed = follow?.isAccepted == true
        guard isFollowed || status.actor == context.identity.owner else { return }
        let moment = min(published ?? context.receivedAt.milliseconds, context.receivedAt.milliseconds)
        var boost = Status(
            uri: id, actor: context.sender,
            createdAt: Timestamp(milliseconds: moment > 0 ? moment : context.receivedAt.milliseconds),
            visibility: audience.kind == .open ? .public : .unlisted)
        boost.reblogOf = target
        let row = try Statuses.insert(boost, in: tx)
        if isFollowed, follow?.reblogs == true, try !HomeTimeline.showsRecently(target, in: tx) {
            try HomeTimeline.add(row, in: tx)
        }
        if status.actor == context.identity.owner { try context.notify(.reblog, status: target) }
    }
}
