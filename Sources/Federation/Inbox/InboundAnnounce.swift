import ActivityPub
import Storage

/// Somebody boosts a post: one of ours, or as somebody whom the owner follows.
/// <https://www.w3.org/TR/activitypub/#announce-activity-inbox>
struct InboundAnnounce: InboundActivity {
    static let isRemembered = true

    private let boost: BoostIntake
    private let object: String
    private let own: StatusID?
    /// The sender's own post where it came along, as Mastodon does for what only followers may see.
    private let embedded: NoteIntake?

    init?(_ activity: Activity, reading: InboxReading) {
        // Whole activities are announced by groups only.
        guard let id = activity.id, let object = activity.objectID, activity.objectActivity == nil else {
            return nil
        }
        own = reading.identity.ownStatus(object)
        guard own != nil || reading.isForeign(object) else { return nil }
        self.object = object
        embedded = activity.object.flatMap { NoteIntake($0, accepts: reading.accepts) }.flatMap {
            $0.author == reading.sender && reading.isTheirs($0.uri) ? $0 : nil
        }
        boost = BoostIntake(activity, id: id)
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        guard own == nil, embedded == nil, try Statuses.id(forURI: object, in: snapshot) == nil,
            try !Tombstones.contains(object, in: snapshot),
            let sender = try Actors.id(forURI: reading.sender, in: snapshot),
            let follow = try Following.find(sender, in: snapshot), follow.isAccepted, follow.reblogs
        else { return [] }
        return [.status(object)]
    }

    func apply(_ context: InboxContext) throws {
        if let own {
            if let status = try Statuses.find(own, in: context.tx) { try boost.store(of: status, context) }
            return
        }
        if let embedded { try keep(embedded, context) }
        if let status = try context.status(at: object) { try boost.store(of: status, context) }
    }

    private func keep(_ note: NoteIntake, _ context: InboxContext) throws {
        guard try Following.contains(context.sender, in: context.tx),
            try Statuses.id(forURI: note.uri, in: context.tx) == nil,
            try !Tombstones.contains(note.uri, in: context.tx)
        else { return }
        _ = try note.insert(
            author: context.sender, identity: context.identity, at: context.receivedAt, in: context.tx)
    }
}
