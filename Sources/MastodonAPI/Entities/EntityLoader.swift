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
    let filters: FilterMemory
    let now: Timestamp
    let wantPreviews: @Sendable ([LinkPreviewWorker.Wish]) -> Void

    /// Everything about these posts, and about those they boost.
    func statuses(_ ids: [StatusID], in snapshot: Snapshot) throws -> StatusBatch {
        try batch(of: ids, people: [], in: snapshot)
    }

    /// The same, with people who are needed besides.
    func batch(of ids: [StatusID], people: some Sequence<ActorID>, in snapshot: Snapshot) throws
        -> StatusBatch
    {
        var batch = StatusBatch(identity: identity, viewer: viewer, now: now)
        var found = Found(people: Set(people))
        if !ids.isEmpty {
            batch.statuses.reserveCapacity(ids.count * 2)
            found.take(try Statuses.all(among: IDList.json(ids), in: snapshot), into: &batch)
            try found.takeMissing(found.boosted, into: &batch, in: snapshot)
        }
        try quotes(of: &found, into: &batch, in: snapshot)
        if !found.actors.isEmpty {
            let list = IDList.json(found.actors)
            batch.actors.reserveCapacity(found.actors.count)
            for actor in try Actors.all(among: list, in: snapshot) {
                batch.actors[actor.id] = actor
                if actor.isSuspended { batch.suspended.insert(actor.id) }
            }
            // Whom the owner only muted, everybody else may see.
            let hidden =
                viewer == .owner
                ? try Blocks.hidden(among: list, at: now, in: snapshot)
                : try Blocks.among(list, in: snapshot)
            // What is known of a server from before it was blocked.
            batch.hidden = hidden.union(try DomainBlocks.actors(among: list, in: snapshot))
        }
        guard !found.shown.isEmpty else { return batch }

        let list = IDList.json(found.shown)
        batch.attachments = try Attachments.of(list, in: snapshot)
        batch.mentions = try Mentions.of(list, in: snapshot)
        batch.hashtags = try Hashtags.of(list, in: snapshot)
        batch.numbers = try StatusNumbers.of(list, in: snapshot)
        batch.polls = try Polls.of(list, in: snapshot)
        try previews(of: found.shown, into: &batch, in: snapshot)
        if viewer == .owner {
            batch.marks = try OwnMarks.of(list, owner: identity.owner, in: snapshot)
            if !batch.polls.isEmpty {
                batch.votes = try Polls.choices(
                    of: identity.owner, among: IDList.json(batch.polls.keys), in: snapshot)
            }
            try ties(into: &batch, in: snapshot)
            batch.filters = try filters.current(in: snapshot)
        }
        if !found.apps.isEmpty { batch.apps = try OAuthApps.names(found.apps, in: snapshot) }
        return batch
    }

    /// What the posts quote, those posts, and what they quote in turn.
    private func quotes(
        of found: inout Found, into batch: inout StatusBatch, in snapshot: Snapshot
    ) throws {
        guard !found.shown.isEmpty else { return }
        batch.quotes = try StatusQuotes.of(IDList.json(found.shown), in: snapshot)
        let quoted = batch.quotes.quotes.values.compactMap { $0.state == .accepted ? $0.quoted : nil }
        let missing = try found.takeMissing(quoted, into: &batch, in: snapshot)
        if !missing.isEmpty { batch.quotes.merge(try StatusQuotes.of(IDList.json(missing), in: snapshot)) }
    }

    /// Which of the authors who ask for it are followed by the owner or follow the owner.
    private func ties(into batch: inout StatusBatch, in snapshot: Snapshot) throws {
        let authors = Set(
            batch.statuses.values.compactMap { status in
                QuoteApproval(of: status, owner: identity.owner).dependsOnTies ? status.actor : nil
            })
        guard !authors.isEmpty else { return }
        let list = IDList.json(authors)
        batch.followed = Set(try Following.among(list, in: snapshot).filter(\.value.isAccepted).keys)
        batch.followers = try Followers.among(list, in: snapshot)
    }
}

/// What a page turns out to be made of while it is loaded.
private struct Found {
    var actors: Set<ActorID>
    var apps: Set<Int64> = []
    /// Posts whose text is shown.
    var shown: [StatusID] = []
    var boosted: [StatusID] = []

    init(people: Set<ActorID>) {
        actors = people
    }

    mutating func take(_ statuses: [Storage.Status], into batch: inout StatusBatch) {
        for status in statuses {
            batch.statuses[status.id] = status
            actors.insert(status.actor)
            if let target = status.reblogOf { boosted.append(target) } else { shown.append(status.id) }
            if let app = status.application { apps.insert(app) }
        }
    }

    /// Loads those that are not there yet; returns them.
    @discardableResult
    mutating func takeMissing(
        _ ids: [StatusID], into batch: inout StatusBatch, in snapshot: Snapshot
    ) throws -> [StatusID] {
        let missing = ids.filter { batch.statuses.index(forKey: $0) == nil }
        if !missing.isEmpty {
            take(try Statuses.all(among: IDList.json(missing), in: snapshot), into: &batch)
        }
        return missing
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
