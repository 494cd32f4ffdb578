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
    func batch(of ids: [StatusID], people: some Sequence<ActorID>, in snapshot: Snapshot) throws
        -> StatusBatch
    {
        var batch = StatusBatch(identity: identity, viewer: viewer)
        var actors = Set(people)
        var apps: Set<Int64> = []
        var shown: [StatusID] = []
        var boosted: [StatusID] = []
        func take(_ found: [Storage.Status]) {
            for status in found {
                batch.statuses[status.id] = status
                actors.insert(status.actor)
                if let target = status.reblogOf { boosted.append(target) } else { shown.append(status.id) }
                if let app = status.application { apps.insert(app) }
            }
        }
        if !ids.isEmpty {
            batch.statuses.reserveCapacity(ids.count * 2)
            take(try Statuses.all(among: IDList.json(ids), in: snapshot))
            let missing = boosted.filter { batch.statuses[$0] == nil }
            if !missing.isEmpty { take(try Statuses.all(among: IDList.json(missing), in: snapshot)) }
        }
        if !actors.isEmpty {
            let list = IDList.json(actors)
            batch.actors.reserveCapacity(actors.count)
            for actor in try Actors.all(among: list, in: snapshot) { batch.actors[actor.id] = actor }
            if viewer == .owner { batch.hidden = try Blocks.hidden(among: list, at: now, in: snapshot) }
        }
        guard !shown.isEmpty else { return batch }

        let list = IDList.json(shown)
        batch.attachments = try Attachments.of(list, in: snapshot)
        batch.mentions = try Mentions.of(list, in: snapshot)
        batch.hashtags = try Hashtags.of(list, in: snapshot)
        batch.numbers = try StatusNumbers.of(list, in: snapshot)
        if viewer == .owner { batch.marks = try OwnMarks.of(list, owner: identity.owner, in: snapshot) }
        if !apps.isEmpty { batch.apps = try OAuthApps.names(apps, in: snapshot) }
        return batch
    }
}

/// Ids as the JSON array that bulk queries take.
enum IDList {
    static func json<Table>(_ ids: some Collection<ID<Table>>) -> String {
        var text = "["
        text.reserveCapacity(ids.count * 19 + 2)
        for id in ids {
            if text.utf8.count > 1 { text += "," }
            text += String(id.value)
        }
        return text + "]"
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
        statuses[id].map { isVisible($0) } ?? false
    }

    /// Whether the post belongs in a timeline: visible, and neither by nor from somebody blocked or muted.
    func isWanted(_ status: Storage.Status) -> Bool {
        guard isVisible(status) else { return false }
        guard !hidden.isEmpty else { return true }
        guard !hidden.contains(status.actor) else { return false }
        guard let target = status.reblogOf.flatMap({ statuses[$0] }) else { return true }
        return !hidden.contains(target.actor)
    }

    func isWanted(_ id: StatusID) -> Bool {
        statuses[id].map { isWanted($0) } ?? false
    }

    // Looks for the key only: copying a row to ask whether it is there costs more than the question.
    private func isVisible(_ status: Storage.Status) -> Bool {
        guard actors.index(forKey: status.actor) != nil else { return false }
        guard let target = status.reblogOf else { return viewer == .owner || status.visibility.isOpen }
        guard let boosted = statuses[target], actors.index(forKey: boosted.actor) != nil else { return false }
        return viewer == .owner || status.visibility.isOpen && boosted.visibility.isOpen
    }
}
