import ActivityPub
import Basics
import JSON
import Storage

/// Somebody changed a post, or their profile. <https://www.w3.org/TR/activitypub/#update-activity-inbox>
///
/// A profile is never taken from the activity: it is fetched, so that a stolen key cannot replace a key.
struct InboundUpdate: InboundActivity {
    /// A post that is unknown although it is older than this is not worth storing because of an edit.
    private static let recent = Duration.days(1)
    /// A profile is fetched at most so often; what changes in between waits.
    private static let pause = Duration.minutes(5)

    private enum Object: Sendable {
        case note(NoteIntake)
        case profile
        /// Only the address came.
        case reference(String)
    }

    private let object: Object

    init?(_ activity: Activity, reading: InboxReading) {
        guard let uri = activity.objectID else { return nil }
        if uri == reading.sender {
            object = .profile
            return
        }
        if reading.isTheirs(uri), !activity.isObjectEmbedded {
            object = .reference(uri)
            return
        }
        guard reading.isTheirs(uri), activity.isObjectEmbedded, let value = activity.object,
            let note = NoteIntake(value, in: activity, accepts: reading.accepts),
            note.author == reading.sender
        else { return nil }
        object = .note(note)
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        switch object {
        case .note: return []
        case .profile: return [.freshActor(reading.sender)]
        case .reference(let uri):
            guard let known = try Statuses.find(uri: uri, in: snapshot),
                try Actors.id(forURI: reading.sender, in: snapshot) == known.actor
            else { return [] }
            return [.freshStatus(uri)]
        }
    }

    func earliest(in snapshot: Snapshot, _ reading: InboxReading) throws -> Timestamp? {
        guard case .profile = object else { return nil }
        return try Actors.find(uri: reading.sender, in: snapshot).map { $0.fetchedAt + InboundUpdate.pause }
    }

    /// Whose profile it is says all, and lets one wait for many.
    func digest(_ reading: InboxReading) -> [UInt8]? {
        guard case .profile = object else { return nil }
        var writer = JSONWriter()
        writer.object {
            $0.field("type", "Update")
            $0.field("actor", reading.sender)
            $0.field("object", reading.sender)
        }
        return writer.bytes
    }

    func apply(_ context: InboxContext) throws {
        guard case .note(let note) = object else { return }
        let tx = context.tx
        guard let known = try Statuses.find(uri: note.uri, in: tx) else {
            guard let published = note.published,
                published > (context.receivedAt - InboundUpdate.recent).milliseconds
            else { return }
            return try InboundCreate.store(note, context)
        }
        guard known.actor == context.sender, known.reblogOf == nil else { return }
        let change = try note.renew(known, identity: context.identity, at: context.receivedAt, in: tx)
        guard change != .none else { return }
        // It may name the owner now, or have got the leave to quote them.
        try NewPost.announce(known, context)
        if change == .edited { try EditedPost.tell(known, context) }
    }
}
