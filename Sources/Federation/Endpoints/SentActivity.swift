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
        try documents([status], in: snapshot)[status.id]
    }

    /// The same for several. The number of statements does not grow with them.
    func documents(
        _ statuses: [Storage.Status], in snapshot: Snapshot
    ) throws -> [StatusID: [UInt8]] {
        let posts = try notes.notes(
            statuses.compactMap { $0.reblogOf == nil ? $0.id : nil }, in: snapshot)
        let originals = try Statuses.find(statuses.compactMap(\.reblogOf), in: snapshot)
        let authors = try Actors.find(Set(originals.values.map(\.actor)), in: snapshot)
        var documents: [StatusID: [UInt8]] = [:]
        for status in statuses {
            if let original = status.reblogOf.flatMap({ originals[$0] }) {
                documents[status.id] = announce(status, of: original, by: authors[original.actor]?.uri)
            } else if let (note, audience) = posts[status.id] {
                documents[status.id] = activities.create(
                    status: status, note: note, to: audience.to, cc: audience.cc)
            }
        }
        return documents
    }

    private func announce(
        _ status: Storage.Status, of original: Storage.Status, by author: String?
    ) -> [UInt8] {
        let audience = Audience(
            status.visibility.audience, followers: identity.followers,
            mentions: original.actor == identity.owner ? [] : [author].compactMap(\.self))
        return activities.announce(
            id: status.uri, object: original.uri,
            published: max(status.createdAt, original.createdAt).milliseconds, to: audience.to,
            cc: audience.cc)
    }
}
