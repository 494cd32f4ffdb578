import Basics
import Federation
import HTTP
import Storage

/// What the owner does with posts, <https://docs.joinmastodon.org/methods/statuses/#favourite>.
extension ClientAPI {
    var statusActionEndpoints: [Endpoint] {
        [
            action("favourite", "write:favourites") { id, tx in try outbox.favourite(id, in: tx) },
            action("unfavourite", "write:favourites") { id, tx in try outbox.unfavourite(id, in: tx) },
            action("bookmark", "write:bookmarks") { id, tx in try Bookmarks.insert(id, in: tx) },
            action("unbookmark", "write:bookmarks") { id, tx in try Bookmarks.remove(id, in: tx) },
            action("unreblog", "write:statuses") { id, tx in try outbox.unboost(id, in: tx) },
            action("mute", "write:mutes") { id, tx in try MutedThreads.insert(id, in: tx) },
            action("unmute", "write:mutes") { id, tx in try MutedThreads.remove(id, in: tx) },
            action("pin", "write:accounts", pin),
            action("unpin", "write:accounts") { id, tx in try outbox.unpin(id, in: tx) },
            Endpoint(.post, "/api/v1/statuses/:id/reblog", .owner("write:statuses"), boost),
        ]
    }

    /// An act on a post, or on the post that a boost shows; the answer is that post.
    private func action(
        _ name: String, _ scope: Scope, _ act: @escaping @Sendable (StatusID, Transaction) throws -> Void
    ) -> Endpoint {
        Endpoint(.post, "/api/v1/statuses/:id/\(name)", .owner(scope)) { call in
            let id: StatusID = try call.id()
            let target = try await store.write { tx in
                guard let status = try Statuses.find(id, in: tx) else { throw APIError.notFound }
                try act(status.reblogOf ?? id, tx)
                return status.reblogOf ?? id
            }
            return try status(target, for: call)
        }
    }

    private func pin(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx), status.actor == identity.owner else {
            throw APIError.invalid("Someone else's post cannot be pinned")
        }
        guard status.visibility != .direct else {
            throw APIError.invalid("Posts that are only visible to mentioned users cannot be pinned")
        }
        let pins = try Pins.of(identity.owner, in: tx)
        guard pins.contains(id) || pins.count < limits.pinnedStatuses else {
            throw APIError.invalid("You have already pinned the maximum number of posts")
        }
        try outbox.pin(id, in: tx)
    }

    /// Answers the boost, whose `reblog` is the post.
    private func boost(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        let asked = call.parameters.text("visibility").flatMap(StatusEntity.visibility) ?? .public
        let boost = try await store.write { tx in
            guard let shown = try Statuses.find(id, in: tx),
                let target = try Statuses.find(shown.reblogOf ?? id, in: tx)
            else { throw APIError.notFound }
            // Others' posts for few are not ours to spread; the owner's own may go to followers again.
            let isOwn = target.actor == identity.owner
            guard target.visibility.isOpen || isOwn && target.visibility == .private else {
                throw APIError.notAllowed
            }
            let visibility: Visibility =
                target.visibility == .private ? .private : asked == .direct ? .private : asked
            return try outbox.boost(target.id, visibility: visibility, in: tx)
        }
        return try status(boost, for: call)
    }
}
