import ActivityPub
import Basics
package import Storage

extension Outbox {
    /// Boosts a post; returns the boost, which is the same when it is done twice.
    package func boost(_ id: StatusID, visibility: Visibility, in tx: Transaction) throws -> StatusID {
        if let known = try Boosts.find(of: id, by: identity.owner, in: tx) { return known }
        guard let target = try Statuses.find(id, in: tx) else { return id }
        let now = clock.now()
        let row = Statuses.newID(at: now)
        var boost = Status(
            uri: "\(identity.status(row))/activity", actor: identity.owner, createdAt: now,
            visibility: visibility)
        boost.reblogOf = id
        _ = try Statuses.insert(boost, id: row, in: tx)
        try HomeTimeline.add(row, in: tx)
        try Actors.count(identity.owner, statuses: 1, lastStatusAt: now, in: tx)
        let audience = try audience(of: boost, author: target.actor, in: tx)
        try Deliveries.enqueue(
            kind: "Announce", status: row,
            body: rendering.announce(
                id: boost.uri, object: target.uri,
                // Misskey drops a boost that seems older than the post.
                published: max(now, target.createdAt).milliseconds, to: audience.to, cc: audience.cc),
            to: inboxes(ofBoost: boost, author: target.actor, in: tx), at: now, in: tx)
        return row
    }

    /// Takes back the boost of this post.
    package func unboost(_ id: StatusID, in tx: Transaction) throws {
        guard let row = try Boosts.find(of: id, by: identity.owner, in: tx),
            let boost = try Statuses.find(row, in: tx), let target = try Statuses.find(id, in: tx)
        else { return }
        let audience = try audience(of: boost, author: target.actor, in: tx)
        let inner = rendering.announce(
            id: boost.uri, object: target.uri, published: max(boost.createdAt, target.createdAt).milliseconds,
            to: audience.to, cc: audience.cc)
        let inboxes = try inboxes(ofBoost: boost, author: target.actor, in: tx)
        try Statuses.delete(row, in: tx)
        try Actors.count(identity.owner, statuses: -1, in: tx)
        try Deliveries.enqueue(
            kind: "Undo",
            body: rendering.undo(id: newActivityID(), inner: inner, to: audience.to, cc: audience.cc),
            to: inboxes, at: clock.now(), in: tx)
    }

    private func audience(of boost: Status, author: ActorID, in tx: Transaction) throws -> Audience {
        let author = try Actors.find(author, in: tx).flatMap { $0.isLocal ? nil : $0.uri }
        let kind: Audience.Kind =
            switch boost.visibility {
            case .public: .open
            case .unlisted: .unlisted
            case .private, .direct: .followers
            }
        return Audience(kind, followers: identity.followers, mentions: author.map { [$0] } ?? [])
    }

    private func inboxes(ofBoost boost: Status, author: ActorID, in tx: Transaction) throws -> [Int64] {
        var inboxes = try Deliveries.followerInboxes(in: tx)
        if author != identity.owner, let inbox = try Deliveries.inbox(of: author, shared: true, in: tx) {
            inboxes.append(inbox)
        }
        return inboxes
    }
}
