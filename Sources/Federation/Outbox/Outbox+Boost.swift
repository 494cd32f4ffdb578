import ActivityPub
import Basics
package import Storage

extension Outbox {
    /// Boosts a post; returns the boost, which is the same when it is done twice.
    ///
    /// The owner's own post for followers is boosted for followers only. A boost that the author has to let pass goes
    /// to the author alone.
    package func boost(_ id: StatusID, visibility: Visibility, in tx: Transaction) throws -> StatusID {
        if let known = try Boosts.find(of: id, by: identity.owner, in: tx) { return known }
        guard let target = try Statuses.find(id, in: tx) else { return id }
        let now = clock.now()
        let row = Statuses.newID(at: now)
        var boost = Status(
            uri: "\(identity.status(row))/activity", actor: identity.owner, createdAt: now,
            visibility: target.visibility.isOpen ? visibility : .private)
        boost.reblogOf = id
        _ = try Statuses.insert(boost, id: row, in: tx)
        try HomeTimeline.add(row, in: tx)
        try ListPosts.add(row, by: identity.owner, owner: identity.owner, in: tx)
        try Actors.count(identity.owner, statuses: 1, lastStatusAt: now, in: tx)
        let recipients = try recipients(ofBoost: target, in: tx)
        try Deliveries.enqueue(
            Deliveries.Letter(
                kind: "Announce", body: try announce(boost, of: target, with: rendering, in: tx), status: row,
                concerns: boost.uri),
            to: recipients.others, first: recipients.first, at: now, in: tx)
        return row
    }

    /// Takes back the boost of this post.
    package func unboost(_ id: StatusID, in tx: Transaction) throws {
        guard let row = try Boosts.find(of: id, by: identity.owner, in: tx),
            let boost = try Statuses.find(row, in: tx), let target = try Statuses.find(id, in: tx)
        else { return }
        let audience = try audience(ofBoost: boost, of: target, in: tx)
        let inner = try announce(boost, of: target, with: embedded, in: tx)
        let recipients = try recipients(ofBoost: target, in: tx)
        try Statuses.delete(row, in: tx)
        try Actors.count(identity.owner, statuses: -1, in: tx)
        try Deliveries.enqueue(
            Deliveries.Letter(
                kind: "Undo",
                body: rendering.undo(id: newActivityID(), inner: inner, to: audience.to, cc: audience.cc),
                cancels: boost.uri),
            to: recipients.others, first: recipients.first, at: clock.now(), in: tx)
    }

    private func announce(
        _ boost: Status, of target: Status, with rendering: ActivityRendering, in tx: Transaction
    ) throws -> [UInt8] {
        let audience = try audience(ofBoost: boost, of: target, in: tx)
        return rendering.announce(
            id: boost.uri, object: target.uri,
            // Misskey drops a boost that seems older than the post.
            published: max(boost.createdAt, target.createdAt).milliseconds, to: audience.to, cc: audience.cc)
    }

    private func audience(ofBoost boost: Status, of target: Status, in tx: Transaction) throws -> Audience {
        let author = try Actors.find(target.actor, in: tx).flatMap { $0.isLocal ? nil : $0.uri }
        let kind: Audience.Kind =
            switch boost.visibility {
            case .public: .open
            case .unlisted: .unlisted
            case .private, .direct: .followers
            }
        return Audience(kind, followers: identity.followers, mentions: author.map { [$0] } ?? [])
    }

    private func recipients(ofBoost target: Status, in tx: Transaction) throws -> Recipients {
        let isRestricted = try needsLeave(for: .announce, with: target, in: tx)
        return Recipients(
            first: try inboxes(of: [target.actor], shared: true, in: tx),
            others: isRestricted ? [] : try Deliveries.followerInboxes(in: tx))
    }
}
