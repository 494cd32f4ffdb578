import ActivityPub
import Basics
import Storage

/// Somebody changed a post, or their profile. <https://www.w3.org/TR/activitypub/#update-activity-inbox>
///
/// A profile is never taken from the activity: it is fetched, so that a stolen key cannot replace a key.
struct InboundUpdate: InboundActivity {
    /// A post that is unknown although it is older than this is not worth storing because of an edit.
    private static let recent = Duration.days(1)

    private enum Object: Sendable {
        case note(NoteIntake)
        case profile
    }

    private let object: Object

    init?(_ activity: Activity, reading: InboxReading) {
        guard let uri = activity.objectID else { return nil }
        if uri == reading.sender {
            object = .profile
            return
        }
        guard ObjectID.sameOrigin(uri, reading.sender), activity.isObjectEmbedded,
            let value = activity.object,
            let note = NoteIntake(value, accepts: reading.accepts), note.author == reading.sender
        else { return nil }
        object = .note(note)
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        guard case .profile = object else { return [] }
        return [.freshActor(reading.sender)]
    }

    func apply(_ context: InboxContext) throws {
        guard case .note(let note) = object else { return }
        let tx = context.tx
        guard let known = try Statuses.find(uri: note.uri, in: tx) else {
            guard let published = note.published,
                context.receivedAt.milliseconds - published < InboundUpdate.recent.inMilliseconds
            else { return }
            return try InboundCreate.store(note, context)
        }
        guard known.actor == context.sender, note.isEdit(of: known) else { return }
        try note.update(known, identity: context.identity, at: context.receivedAt, in: tx)
        if try Boosts.find(of: known.id, by: context.identity.owner, in: tx) != nil {
            try context.notify(.update, status: known.id)
        }
    }
}
