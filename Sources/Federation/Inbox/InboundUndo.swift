import ActivityPub
import JSON
import Storage

/// Somebody takes something back. <https://www.w3.org/TR/activitypub/#undo-activity-inbox>
///
/// What it was is found by its id or, because some servers change those, by its kind and object.
struct InboundUndo: InboundActivity {
    private enum What: Sendable {
        case follow
        case like(StatusID?)
        case boost
        case unknown
    }

    private let id: String
    private let what: What
    private let object: String?

    init?(_ activity: Activity, reading: InboxReading) {
        guard let id = activity.objectID else { return nil }
        self.id = id
        let inner = activity.object
        object = inner?["object"]?.firstID
        // Only the one who did it can undo it.
        if let actor = inner?["actor"]?.firstID, actor != reading.sender { return nil }
        switch inner?.types.first {
        case "Follow":
            guard object == reading.identity.actor else { return nil }
            what = .follow
        case "Like", "EmojiReact": what = .like(object.flatMap { reading.identity.ownStatus($0) })
        case "Announce": what = .boost
        case nil: what = .unknown
        default: return nil
        }
    }

    func apply(_ context: InboxContext) throws {
        switch what {
        case .follow: try unfollow(context)
        case .like(let status): try unlike(status, context)
        case .boost: _ = try unboost(context)
        case .unknown:
            if try unboost(context) { return }
            if try Favourites.status(forURI: id, actor: context.sender, in: context.tx) != nil {
                return try unlike(nil, context)
            }
            if try Followers.uri(of: context.sender, in: context.tx) == id { try unfollow(context) }
        }
    }

    private func unfollow(_ context: InboxContext) throws {
        let owner = context.identity.owner
        if try Followers.remove(context.sender, owner: owner, in: context.tx) != nil {
            try Notifications.remove(.follow, from: context.sender, status: nil, in: context.tx)
        }
        if try FollowRequests.remove(context.sender, in: context.tx) != nil {
            try Notifications.remove(.followRequest, from: context.sender, status: nil, in: context.tx)
        }
    }

    private func unlike(_ status: StatusID?, _ context: InboxContext) throws {
        guard let status = try status ?? Favourites.status(forURI: id, actor: context.sender, in: context.tx)
        else { return }
        _ = try Favourites.remove(actor: context.sender, status: status, in: context.tx)
        try Notifications.remove(.favourite, from: context.sender, status: status, in: context.tx)
    }

    private func unboost(_ context: InboxContext) throws -> Bool {
        let tx = context.tx
        var boost = try Statuses.find(uri: id, in: tx)
        if boost == nil, let object {
            let target = try context.identity.ownStatus(object) ?? Statuses.id(forURI: object, in: tx)
            boost = try target.flatMap { try Boosts.find(of: $0, by: context.sender, in: tx) }.flatMap {
                try Statuses.find($0, in: tx)
            }
        }
        guard let boost, boost.actor == context.sender, let target = boost.reblogOf else { return false }
        try Statuses.delete(boost.id, in: tx)
        try Notifications.remove(.reblog, from: context.sender, status: target, in: tx)
        return true
    }
}
