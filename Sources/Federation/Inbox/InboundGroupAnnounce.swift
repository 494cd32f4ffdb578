import ActivityPub
import JSON
import Storage

/// A group passes on what a member did, as a whole activity, FEP-1b12. The group's word is a hint where to ask; what
/// counts is what the member's own server says.
///
/// A new post that begins a thread is shown as boosted by the group. Answers are left to be fetched with the thread
/// when somebody opens it: a busy group would make for a fetch each second.
struct InboundGroupAnnounce: InboundActivity {
    static let isRemembered = true

    private enum What: Sendable {
        case post(String, isNew: Bool, answers: String?, addressesOwner: Bool)
        case deletion(String)
        /// Of a post of the owner's, by this activity.
        case like(StatusID, activity: String)
    }

    private let what: What
    private let member: String
    private let boost: BoostIntake

    init?(_ activity: Activity, reading: InboxReading) {
        guard let id = activity.id, let inner = activity.objectActivity, let object = inner.objectID,
            reading.isForeign(inner.actor)
        else { return nil }
        member = inner.actor
        boost = BoostIntake(activity, id: id)
        switch inner.type {
        case "Create", "Update":
            guard reading.isForeign(object), ObjectID.sameOrigin(object, inner.actor) else { return nil }
            let parent = inner.object?["inReplyTo"]?.firstID
            let audience =
                inner.to + inner.cc + (inner.object?["tag"]?.asArray.prefix(100).flatMap { $0.ids() } ?? [])
            what = .post(
                object, isNew: inner.type == "Create", answers: parent,
                addressesOwner: audience.contains(reading.identity.actor))
        case "Delete":
            guard reading.isForeign(object) else { return nil }
            what = .deletion(object)
        case "Like":
            guard let status = reading.identity.ownStatus(object), let like = inner.id,
                reading.isForeign(like), ObjectID.sameOrigin(like, inner.actor)
            else { return nil }
            what = .like(status, activity: like)
        default: return nil
        }
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        guard let group = try Actors.id(forURI: reading.sender, in: snapshot) else { return [] }
        switch what {
        case .post(let uri, let isNew, let parent, let addressesOwner):
            guard try Following.contains(group, in: snapshot), try !Tombstones.contains(uri, in: snapshot)
            else { return [] }
            let isKnown = try Statuses.id(forURI: uri, in: snapshot) != nil
            if isKnown { return isNew ? [] : [.freshStatus(uri)] }
            let isOfInterest =
                parent == nil || addressesOwner || parent.flatMap(reading.identity.ownStatus) != nil
            return isOfInterest ? [.status(uri)] : []
        case .deletion(let uri):
            // Nothing is fetched to learn that something unknown is gone.
            guard try Following.contains(group, in: snapshot) else { return [] }
            return try Statuses.id(forURI: uri, in: snapshot) == nil ? [] : [.goneStatus(uri)]
        case .like(let status, let activity):
            guard try Following.contains(group, in: snapshot),
                try Statuses.find(status, in: snapshot) != nil,
                try !SeenActivities.contains(activity, in: snapshot)
            else { return [] }
            return [.activity(activity)]
        }
    }

    func apply(_ context: InboxContext) throws {
        guard case .post(let uri, _, _, _) = what,
            let status = try Statuses.find(uri: uri, in: context.tx),
            try Actors.id(forURI: member, in: context.tx) == status.actor
        else { return }
        try NewPost.tell(status, context)
        if status.inReplyTo == nil, status.inReplyToURI == nil { try boost.store(of: status, context) }
    }
}
