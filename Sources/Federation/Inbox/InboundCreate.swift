import ActivityPub
import Basics
import Storage

/// Somebody wrote a post. <https://www.w3.org/TR/activitypub/#create-activity-inbox>
///
/// It is kept when the owner follows the author, is addressed or quoted, or has the post that it answers; the rest
/// of the fediverse is not stored.
struct InboundCreate: InboundActivity {
    private enum Object: Sendable {
        case note(NoteIntake)
        /// Only the address came.
        case reference(String)
    }

    private let object: Object
    private let addressesOwner: Bool

    init?(_ activity: Activity, reading: InboxReading) {
        // An object of another origin is nobody's word: its own server may say it, nobody else.
        guard let uri = activity.objectID, reading.isTheirs(uri) else { return nil }
        addressesOwner = (activity.to + activity.cc).contains(reading.identity.actor)
        if activity.isObjectEmbedded, let value = activity.object {
            guard let note = NoteIntake(value, in: activity, accepts: reading.accepts),
                note.author == reading.sender
            else {
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
            try NewPost.tell(status, context)
        }
    }

    /// Stores a post that is relevant and new, or what is newer about a known one, and shows it where it belongs.
    static func store(_ note: NoteIntake, _ context: InboxContext) throws {
        let tx = context.tx
        if let known = try Statuses.find(uri: note.uri, in: tx) {
            // It may have come with a thread that was looked at, before its own Create.
            guard known.actor == context.sender, known.reblogOf == nil else { return }
            try note.renew(known, identity: context.identity, at: context.receivedAt, in: tx)
            return try NewPost.tell(known, context)
        }
        guard try !Tombstones.contains(note.uri, in: tx), try isRelevant(note, context) else { return }
        let id = try note.insert(
            author: context.sender, identity: context.identity, at: context.receivedAt, in: tx)
        if let status = try Statuses.find(id, in: tx) { try NewPost.tell(status, context) }
    }

    private static func isRelevant(_ note: NoteIntake, _ context: InboxContext) throws -> Bool {
        if note.addresses(context.identity) { return true }
        if try Following.contains(context.sender, in: context.tx) { return true }
        if let quoted = note.quote?.own(context.identity), try context.ownPost(quoted) != nil { return true }
        guard let parent = note.inReplyTo else { return false }
        if let own = context.identity.ownStatus(parent) { return try context.ownPost(own) != nil }
        return try Statuses.id(forURI: parent, in: context.tx) != nil
    }
}
