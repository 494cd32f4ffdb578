import ActivityPub
import JSON
import Storage

/// What somebody did, brought by somebody else: passed on by the server of a thread, or by a relay.
/// <https://www.w3.org/TR/activitypub/#inbox-forwarding>
///
/// Nothing in it is believed but where to ask, and that only where it can matter, so that strangers cannot make us
/// fetch.
struct InboundForwarded: InboundActivity {
    private enum What: Sendable {
        case create(String)
        case update(String)
        case delete(String)
        /// Of this object, by this activity.
        case announce(String, activity: String)
    }

    private let what: What
    private let author: String
    private let addressesOwner: Bool
    /// What the embedded post answers.
    private let parent: String?

    init?(_ activity: Activity, reading: InboxReading) {
        guard reading.isForeign(activity.actor), let object = activity.objectID else { return nil }
        author = activity.actor
        parent = activity.object?["inReplyTo"]?.firstID
        let named = activity.object?["tag"]?.asArray.prefix(100).flatMap { $0.ids() } ?? []
        addressesOwner = (activity.to + activity.cc + named).contains(reading.identity.actor)
        if activity.type == "Announce" {
            guard let id = activity.id, reading.isForeign(id), ObjectID.sameOrigin(id, author) else {
                return nil
            }
            what = .announce(object, activity: id)
            return
        }
        guard reading.isForeign(object), ObjectID.sameOrigin(object, author) else { return nil }
        switch activity.type {
        case "Create": what = .create(object)
        case "Update" where object != author: what = .update(object)
        case "Delete" where object != author: what = .delete(object)
        default: return nil
        }
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        let author = try Actors.id(forURI: author, in: snapshot)
        if let author, try Blocks.contains(author, in: snapshot) { return [] }
        switch what {
        case .create(let uri):
            guard try Statuses.id(forURI: uri, in: snapshot) == nil,
                try !Tombstones.contains(uri, in: snapshot),
                try isOfInterest(author, in: snapshot, reading)
            else { return [] }
            return [.status(uri)]
        case .update(let uri):
            return try concerns(uri, author, in: snapshot, reading) ? [.freshStatus(uri)] : []
        case .delete(let uri):
            return try concerns(uri, author, in: snapshot, reading) ? [.goneStatus(uri)] : []
        case .announce(let object, let activity):
            guard let author, try Statuses.id(forURI: activity, in: snapshot) == nil,
                try !SeenActivities.contains(activity, in: snapshot)
            else { return [] }
            let isWanted =
                try reading.identity.ownStatus(object) != nil
                && isOfInterest(author, in: snapshot, reading)
                || Following.find(author, in: snapshot)?.reblogs == true
            return isWanted ? [.activity(activity)] : []
        }
    }

    func apply(_ context: InboxContext) throws {
        guard case .create(let uri) = what, let status = try Statuses.find(uri: uri, in: context.tx),
            try Actors.id(forURI: author, in: context.tx) == status.actor
        else { return }
        try NewPost.tell(status, context)
    }

    /// Whether it may matter to the owner: a tie with whoever sent or wrote it, their name in it, or an answer to a
    /// post that is here.
    private func isOfInterest(
        _ author: ActorID?, in snapshot: Snapshot, _ reading: InboxReading
    ) throws -> Bool {
        if addressesOwner { return true }
        for actor in [try Actors.id(forURI: reading.sender, in: snapshot), author].compactMap(\.self) {
            if try Following.contains(actor, in: snapshot) { return true }
            if try Followers.contains(actor, in: snapshot) { return true }
        }
        guard let parent else { return false }
        return try reading.identity.ownStatus(parent) != nil
            || Statuses.id(forURI: parent, in: snapshot) != nil
    }

    /// Whether a known post is worth asking for again.
    private func concerns(
        _ uri: String, _ author: ActorID?, in snapshot: Snapshot, _ reading: InboxReading
    ) throws -> Bool {
        guard let status = try Statuses.find(uri: uri, in: snapshot), status.actor == author else {
            return false
        }
        return try status.inReplyToActor == reading.identity.owner
            || isOfInterest(author, in: snapshot, reading)
    }
}
