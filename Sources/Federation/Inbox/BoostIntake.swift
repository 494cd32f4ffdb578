import ActivityPub
import Basics
import HTTP
import Storage

/// A boost as it is stored, once for each who boosts and what is boosted.
struct BoostIntake: Sendable {
    private let id: String
    private let published: Int64?
    private let audience: Audience

    init(_ activity: Activity, id: String) {
        self.id = id
        published = activity.published
        audience = Audience(to: activity.to, cc: activity.cc, followers: nil)
    }

    /// Stores it, and shows it when the sender is followed; nothing happens when it may not be, or is there already.
    func store(of status: Storage.Status, _ context: InboxContext) throws {
        let tx = context.tx
        let isOwn = status.actor == context.identity.owner
        let follow = try Following.find(context.sender, in: tx)
        let isFollowed = follow?.isAccepted == true
        guard isFollowed || isOwn, status.reblogOf == nil, mayBe(status, by: context.sender),
            try Boosts.find(of: status.id, by: context.sender, in: tx) == nil,
            // The address of something else is not to be taken for this.
            try Statuses.id(forURI: id, in: tx) == nil,
            try !Blocks.contains(status.actor, in: tx), try !isFromBlockedDomain(status, in: tx)
        else { return }
        let now = context.receivedAt
        let moment = published.flatMap { $0 > 0 ? Timestamp(milliseconds: $0) : nil } ?? now
        var boost = Storage.Status(
            uri: id, actor: context.sender, createdAt: min(moment, now), visibility: visibility(of: status))
        boost.reblogOf = status.id
        let row = try Statuses.insert(boost, in: tx)
        if let follow, isFollowed, follow.reblogs, follow.wants(status.language) {
            try ListPosts.add(row, by: context.sender, owner: context.identity.owner, in: tx)
            if try !HomeTimeline.showsRecently(status.id, in: tx),
                try !ListMembers.areExclusive(context.sender, in: tx)
            {
                try HomeTimeline.add(row, in: tx)
            }
        }
        if isOwn { try context.notify(.reblog, status: status.id) }
    }

    private func isFromBlockedDomain(_ status: Storage.Status, in tx: Transaction) throws -> Bool {
        guard let host = WebURL(status.uri)?.authority else { return false }
        return try DomainBlocks.covers(host, in: tx)
    }

    /// What is not for everybody only its author may boost, and only what their followers have anyway.
    private func mayBe(_ status: Storage.Status, by actor: ActorID) -> Bool {
        status.visibility.isOpen || status.visibility == .private && status.actor == actor
    }

    private func visibility(of status: Storage.Status) -> Visibility {
        if status.visibility == .private { return .private }
        return audience.kind == .open ? .public : .unlisted
    }
}
