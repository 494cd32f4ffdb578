import Basics
import Federation
import Storage

/// For whom entities are written.
enum Viewer: Sendable {
    case owner
    /// Somebody without a token.
    case anybody
}

/// Fetches what a page of posts or people needs, in a number of SELECTs that does not depend on its length.
struct EntityLoader {
    let identity: Identity
    let viewer: Viewer
    let now: Timestamp

    /// Everything about these posts, and about those they boost.
    func statuses(_ ids: [StatusID], in snapshot: Snapshot) throws -> StatusBatch {
        try batch(of: ids, people: [], in: snapshot)
    }

    /// The same, with people who are needed besides.
    func batch(of ids: [StatusID], people: some Sequence<ActorID>, in snapshot: Snapshot) throws -> StatusBatch {
        var batch = StatusBatch(identity: identity, viewer: viewer)
        if !ids.isEmpty {
            batch.statuses = try Statuses.find(ids, in: snapshot)
            let boosted = ids.compactMap { batch.statuses[$0]?.reblogOf }.filter { batch.statuses[$0] == nil }
            if !boosted.isEmpty {
                batch.statuses.merge(try Statuses.find(boosted, in: snapshot)) { first, _ in first }
            }
        }
        var actors = Set(people)
        var shown: [StatusID] = []
        shown.reserveCapacity(batch.statuses.count)
        var apps: Set<Int64> = []
        for status in batch.statuses.values {
            actors.insert(status.actor)
            if status.reblogOf == nil { shown.append(status.id) }
            if let app = status.application { apps.insert(app) }
        }
        if !actors.isEmpty {
            batch.actors = try Actors.find(actors, in: snapshot)
            if viewer == .owner { batch.hidden = try Blocks.hidden(among: actors, at: now, in: snapshot) }
        }
        guard !shown.isEmpty else { return batch }

        let list = "[" + shown.map(\.description).joined(separator: ",") + "]"
        batch.attachments = try Attachments.of(list, in: snapshot)
        batch.mentions = try Mentions.of(list, in: snapshot)
        batch.hashtags = try Hashtags.of(list, in: snapshot)
        batch.numbers = try StatusNumbers.of(list, in: snapshot)
        if viewer == .owner { batch.marks = try OwnMarks.of(list, owner: identity.owner, in: snapshot) }
        if !apps.isEmpty { batch.apps = try OAuthApps.names(apps, in: snapshot) }
        return batch
    }
}

/// A page's rows by id, ready to be written as entities.
struct StatusBatch {
    let identity: Identity
    let viewer: Viewer
    var statuses: [StatusID: Storage.Status] = [:]
    var actors: [ActorID: Actor] = [:]
    /// Whom the owner blocked or muted.
    var hidden: Set<ActorID> = []
    var attachments: [StatusID: [Attachment]] = [:]
    var mentions: [StatusID: [Mentions.Mention]] = [:]
    var hashtags: [StatusID: [String]] = [:]
    var numbers: [StatusID: StatusNumbers] = [:]
    var marks: [StatusID: OwnMarks] = [:]
    var apps: [Int64: (name: String, website: String?)] = [:]

    /// Whether the post is there with its author, and the viewer may see it.
    func isVisible(_ id: StatusID) -> Bool {
        guard let status = statuses[id], actors[status.actor] != nil else { return false }
        guard let target = status.reblogOf else { return viewer == .owner || status.visibility.isOpen }
        guard let boosted = statuses[target], actors[boosted.actor] != nil else { return false }
        return viewer == .owner || status.visibility.isOpen && boosted.visibility.isOpen
    }

    /// Whether the post belongs in a timeline: visible, and neither by nor from somebody blocked or muted.
    func isWanted(_ id: StatusID) -> Bool {
        guard isVisible(id), let status = statuses[id], !hidden.contains(status.actor) else { return false }
        guard let target = status.reblogOf.flatMap({ statuses[$0] }) else { return true }
        return !hidden.contains(target.actor)
    }
}
