import ActivityPub
import JSON
import Storage

/// Somebody answers the owner's wish to follow them. <https://www.w3.org/TR/activitypub/#accept-activity-inbox>
///
/// The Follow is found by its id or, because some servers lose that, by who asked whom.
struct InboundAccept: InboundActivity {
    init?(_ activity: Activity, reading: InboxReading) {
        guard FollowAnswer.concerns(activity, reading.identity) else { return nil }
    }

    func apply(_ context: InboxContext) throws {
        guard try Following.find(context.sender, in: context.tx) != nil else {
            // The owner has thought better of it, and the other side does not know.
            return
        }
        _ = try Following.accept(context.sender, owner: context.identity.owner, in: context.tx)
    }
}

/// The same, but no: now, or long after a yes. <https://www.w3.org/TR/activitypub/#reject-activity-inbox>
struct InboundReject: InboundActivity {
    init?(_ activity: Activity, reading: InboxReading) {
        guard FollowAnswer.concerns(activity, reading.identity) else { return nil }
    }

    func apply(_ context: InboxContext) throws {
        let removed = try Following.remove(context.sender, owner: context.identity.owner, in: context.tx)
        if removed != nil { try HomeTimeline.remove(from: context.sender, in: context.tx) }
    }
}

private enum FollowAnswer {
    /// Whether the object is, or may be, a Follow of the owner's.
    static func concerns(_ activity: Activity, _ identity: Identity) -> Bool {
        guard let object = activity.object else { return false }
        if let actor = object["actor"]?.firstID {
            return actor == identity.actor && object.has(type: "Follow")
        }
        return activity.objectID.map { identity.isOwn($0) } ?? false
    }
}
