import ActivityPub
import Basics
import JSON
import Storage

/// The activities that brought the owner's posts and boosts into the world, made again from what is stored.
struct SentActivity {
    private let identity: Identity
    private let notes: NoteRendering
    private let activities: ActivityRendering

    /// - Parameter isEmbedded: whether they are to stand on a page, whose own context serves for all.
    init(identity: Identity, isEmbedded: Bool = false) {
        self.identity = identity
        notes = NoteRendering(identity: identity)
        let whole = ActivityRendering(identity: identity)
        activities = isEmbedded ? whole.embedded : whole
    }

    /// The Create of a post or the Announce of a boost; nil when what it is about is gone.
    func document(_ status: Storage.Status, in snapshot: Snapshot) throws -> [UInt8]? {
        if let original = status.reblogOf {
            return try announce(status, of: original, in: snapshot)
        }
        guard let note = try notes.note(status.id, in: snapshot) else { return nil }
        let audience = try notes.audience(of: status, in: snapshot)
        return activities.create(status: status, note: note, to: audience.to, cc: audience.cc)
    }

    private func announce(
        _ status: Storage.Status, of original: StatusID, in snapshot: Snapshot
    ) throws -> [UInt8]? {
        guard let original = try Statuses.find(original, in: snapshot) else { return nil }
        let author = try Actors.find(original.actor, in: snapshot)?.uri
        let audience = Audience(
            status.visibility.audience, followers: identity.followers,
            mentions: original.actor == identity.owner ? [] : [author].compactMap(\.self))
        return activities.announce(
            id: status.uri, object: original.uri,
            published: max(status.createdAt, original.createdAt).milliseconds, to: audience.to,
            cc: audience.cc)
    }
}
