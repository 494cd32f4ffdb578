import ActivityPub
import Basics
import Storage

/// Somebody wrote a post. <https://www.w3.org/TR/activitypub/#create-activity-inbox>
///
/// It is kept when the owner follows the author, is addressed, or has the post that it answers; the rest of the
/// fediverse is not stored.
struct InboundCreate: InboundActivity {
    private enum Object: Sendable {
        case note(NoteIntake)
        /// Only the address came.
        case reference(String)
    }

    private let object: Object
    private let addressesOwner: Bool

    init?(_ activity: Activity, reading: InboxReading) {
        guard let uri = activity.objectID, !reading.identity.isOwn(uri) else { return nil }
        // An object of another origin is nobody's word: its own server may say it, nobody else.
        guard ObjectID.sameOrigin(uri, reading.sender) else { return nil }
        addressesOwner = (activity.to + activity.cc).contains(reading.identity.actor)
        if activity.isObjectEmbedded, let value = activity.object {
            guard let note = NoteIntake(value, accepts: reading.accepts), note.author == reading.sender else {
                return nil
            }
            object = .note(note)
        } else {
            object = .reference(uri)
        }
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        guard case .reference(let uri) = object else { return [] }
        // Whatever is fetched is kept, so a stranger's word alone must not cause it.
        let sender = try Actors.id(forURI: reading.sender, in: snapshot)
        guard try addressesOwner || sender.map({ try Following.contains($0, in: snapshot) }) ?? false else {
            return []
        }
        return try Statuses.id(forURI: uri, in: snapshot) == nil ? [.status(uri)] : []
    }

    func apply(_ context: InboxContext) throws {
        switch object {
        case .note(let note): try InboundCreate.store(note, context)
        case .reference(let uri):
            guard let status = try Statuses.find(uri: uri, in: context.tx), status.actor == context.sender
            else { return }
            if try Mentions.contains(status: status.id, actor: context.identity.owner, in: context.tx) {
                try context.notify(.mention, status: status.id)
            }
            try InboundCreate.show(status.id, context)
        }
    }

    /// Stores a post that is relevant and new, and shows it where it belongs.
    static func store(_ note: NoteIntake, _ context: InboxContext) throws {
        let tx = context.tx
        guard try Statuses.id(forURI: note.uri, in: tx) == nil,
            try !Tombstones.contains(note.uri, in: tx),
            try isRelevant(note, context),
            try !Blocks.contains(context.sender, in: tx)
        else { return }
        let id = try note.insert(
            author: context.sender, identity: context.identity, at: context.receivedAt, in: tx)
        if note.addresses(context.identity) && !note.names(context.identity) {
            // Addressed without being named: kept as a mention, so that the owner may see it, but not announced.
            try Mentions.insert(status: id, actor: context.identity.owner, in: tx)
        } else if note.names(context.identity) {
            try context.notify(.mention, status: id)
        }
        try show(id, context)
    }

    private static func isRelevant(_ note: NoteIntake, _ context: InboxContext) throws -> Bool {
        if note.addresses(context.identity) { return true }
        if try Following.contains(context.sender, in: context.tx) { return true }
        guard let parent = note.inReplyTo else { return false }
        return try context.identity.ownStatus(parent) != nil
            || Statuses.id(forURI: parent, in: context.tx) != nil
    }

    /// Adds a post of somebody followed to the home timeline; of replies only those to people who are followed, as
    /// Mastodon does, because the others are halves of conversations.
    private static func show(_ id: StatusID, _ context: InboxContext) throws {
        let tx = context.tx
        guard let follow = try Following.find(context.sender, in: tx), follow.isAccepted,
            let status = try Statuses.find(id, in: tx)
        else { return }
        if status.inReplyToURI != nil { return }
        if let parent = status.inReplyToActor, parent != context.sender, parent != context.identity.owner,
            try !Following.contains(parent, in: tx)
        {
            return
        }
        try HomeTimeline.add(id, in: tx)
        if follow.notify && status.inReplyTo == nil { try context.notify(.status, status: id) }
    }
}
