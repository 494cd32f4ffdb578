import ActivityPub
import JSON
import Storage

/// Somebody takes something back. <https://www.w3.org/TR/activitypub/#undo-activity-inbox>
///
/// What it was is found by its id or, because some servers change those, by its kind and object. It may also come
/// before what it takes back, which then has no effect any more.
struct InboundUndo: InboundActivity {
    static let isHeardFromBlocked = true

    private enum What: Sendable {
        case follow
        case like(StatusID?)
        case reaction
        case boost
        /// Nothing that could be given back, but if it comes late it must have no effect.
        case block
        /// A moderator's, of a post that is to be seen again, as Lemmy does.
        case deletion(String)
        /// Only the id came.
        case unknown
    }

    private let id: String?
    private let what: What
    private let object: String?

    init?(_ activity: Activity, reading: InboxReading) {
        guard let inner = activity.object else { return nil }
        id = activity.objectID.flatMap { reading.isTheirs($0) ? $0 : nil }
        object = inner["object"]?.firstID
        // Only the one who did it can undo it.
        if let actor = inner["actor"]?.firstID, actor != reading.sender { return nil }
        switch inner.types.first {
        case "Follow":
            guard object == reading.identity.actor else { return nil }
            what = .follow
        case "Like": what = .like(object.flatMap { reading.identity.ownStatus($0) })
        case "EmojiReact": what = .reaction
        case "Announce": what = .boost
        case "Block" where id != nil: what = .block
        case "Delete":
            guard let object, reading.isTheirs(object), object != reading.sender else { return nil }
            what = .deletion(object)
        case nil where id != nil: what = .unknown
        default: return nil
        }
    }

    func apply(_ context: InboxContext) throws {
        switch what {
        case .follow: return try unfollow(context)
        case .like(let status): try unlike(status, context)
        case .reaction: try unlike(nil, context)
        case .boost: _ = try unboost(context)
        case .block: break
        case .deletion(let uri): return try restore(uri, context)
        case .unknown:
            if try Followers.uri(of: context.sender, in: context.tx) == id { return try unfollow(context) }
            if try !unboost(context) { try unlike(nil, context) }
        }
        if let id { _ = try SeenActivities.mark(id, at: context.receivedAt, in: context.tx) }
    }

    /// Has the post fetched again, as if its Create had come by reference.
    private func restore(_ uri: String, _ context: InboxContext) throws {
        guard try Statuses.id(forURI: uri, in: context.tx) == nil,
            try Following.contains(context.sender, in: context.tx)
        else { return }
        try Tombstones.remove(uri, in: context.tx)
        var writer = JSONWriter()
        writer.object {
            $0.field("id", uri + "#restored")
            $0.field("type", "Create")
            $0.field("actor", context.senderURI)
            $0.field("object", uri)
        }
        _ = try Inbound.append(
            sender: context.senderURI, body: writer.bytes, at: context.receivedAt, in: context.tx)
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
        let byID = try id.flatMap { try Favourites.status(forURI: $0, actor: context.sender, in: context.tx) }
        guard let status = byID ?? status,
            try Favourites.remove(actor: context.sender, status: status, in: context.tx) != nil
        else { return }
        try Notifications.remove(.favourite, from: context.sender, status: status, in: context.tx)
    }

    private func unboost(_ context: InboxContext) throws -> Bool {
        let tx = context.tx
        var boost = try id.flatMap { try Statuses.find(uri: $0, in: tx) }
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
