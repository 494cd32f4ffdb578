import Basics
import Federation
import HTTP
import JSON
import Storage

/// Following, blocking and muting people, <https://docs.joinmastodon.org/methods/accounts/#follow>.
extension ClientAPI {
    var relationshipEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/accounts/relationships", .owner("read:follows"), relationships),
            Endpoint(.get, "/api/v1/accounts/familiar_followers", .owner("read:follows"), familiarFollowers),
            Endpoint(.post, "/api/v1/accounts/:id/follow", .owner("write:follows"), follow),
            Endpoint(.post, "/api/v1/accounts/:id/unfollow", .owner("write:follows")) { call in
                try await change(call) { actor, tx in try outbox.unfollow(actor, in: tx) }
            },
            Endpoint(.post, "/api/v1/accounts/:id/remove_from_followers", .owner("write:follows")) { call in
                try await change(call) { actor, tx in
                    if try Followers.contains(actor, in: tx) { try outbox.rejectFollower(actor, in: tx) }
                }
            },
            Endpoint(.post, "/api/v1/accounts/:id/block", .owner("write:blocks")) { call in
                try await change(call) { actor, tx in try outbox.block(actor, in: tx) }
            },
            Endpoint(.post, "/api/v1/accounts/:id/unblock", .owner("write:blocks")) { call in
                try await change(call) { actor, tx in try outbox.unblock(actor, in: tx) }
            },
            Endpoint(.post, "/api/v1/accounts/:id/mute", .owner("write:mutes"), mute),
            Endpoint(.post, "/api/v1/accounts/:id/unmute", .owner("write:mutes")) { call in
                try await change(call) { actor, tx in try Mutes.remove(actor, in: tx) }
            },
            Endpoint(.get, "/api/v1/blocks", .owner("read:blocks"), blocks),
            Endpoint(.get, "/api/v1/mutes", .owner("read:mutes"), mutes),
        ]
    }

    private func relationships(_ call: Call) async throws -> Response {
        var ids: [ActorID] = []
        for id in call.parameters.texts("id").prefix(limits.idsPerRequest).compactMap({ ActorID($0) })
        where !ids.contains(id) { ids.append(id) }
        return try store.read { snapshot in
            let known = try Actors.find(ids, in: snapshot)
            let withSuspended = call.parameters.bool("with_suspended") ?? false
            let shown = ids.filter { known[$0].map { withSuspended || !$0.isSuspended } ?? false }
            return try relationships(shown, in: snapshot)
        }
    }

    private func relationships(_ ids: [ActorID], in snapshot: Snapshot) throws -> Response {
        let relationships = try Relationships(ids, at: clock.now(), in: snapshot)
        return .json { writer in
            writer.array { writer in
                for id in ids { relationships.write(id, to: &writer) }
            }
        }
    }

    /// Nobody's followers but the owner's are known here; every id asked for gets its entry all the same.
    private func familiarFollowers(_ call: Call) async throws -> Response {
        let ids = call.parameters.texts("id").prefix(limits.idsPerRequest).compactMap { ActorID($0) }
        return try store.read { snapshot in
            let mutual = try ids.contains(identity.owner) ? Followers.mutual(limit: 80, in: snapshot) : []
            let people = try Actors.find(mutual, in: snapshot)
            return .json { writer in
                writer.array { writer in
                    for id in ids {
                        writer.object { writer in
                            writer.field("id", id.description)
                            writer.array("accounts") { writer in
                                guard id == identity.owner else { return }
                                for actor in mutual.compactMap({ people[$0] }) {
                                    AccountEntity.write(actor, identity, to: &writer)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private func follow(_ call: Call) async throws -> Response {
        let reblogs = call.parameters.bool("reblogs")
        let notify = call.parameters.bool("notify")
        let languages = try FollowLanguages(call.parameters, limits: limits)
        openProfile(try call.id(), false)
        return try await change(call) { actor, tx in
            guard let target = try Actors.find(actor, in: tx), target.movedTo == nil,
                try !Blocks.contains(actor, in: tx)
            else { throw APIError.notAllowed }
            // Following again changes only what is named.
            let known = try Following.find(actor, in: tx)
            try outbox.follow(
                actor, reblogs: reblogs ?? known?.reblogs ?? true, notify: notify ?? known?.notify ?? false,
                in: tx)
            if let languages { try Following.setLanguages(languages.tags, of: actor, in: tx) }
        }
    }

    private func mute(_ call: Call) async throws -> Response {
        let notifications = call.parameters.bool("notifications") ?? true
        let seconds = call.parameters.int("duration") ?? 0
        // Ten years are as good as for ever, and cannot overflow.
        let until = seconds > 0 ? clock.now() + .seconds(min(seconds, 315_360_000)) : nil
        return try await change(call) { actor, tx in
            try Mutes.insert(actor, notifications: notifications, until: until, in: tx)
        }
    }

    /// Does something to somebody else, or to the owner where that is allowed, and answers how things stand then.
    func change(
        _ call: Call, allowsOwner: Bool = false,
        _ act: @escaping @Sendable (ActorID, Transaction) throws -> Void
    ) async throws -> Response {
        let id: ActorID = try call.id()
        guard allowsOwner || id != identity.owner else { throw APIError.notAllowed }
        let now = clock.now()
        return try await store.write { tx in
            guard try Actors.find(id, in: tx) != nil else { throw APIError.notFound }
            try act(id, tx)
            let relationships = try Relationships([id], at: now, in: tx)
            return .json { writer in relationships.write(id, to: &writer) }
        }
    }

    private func blocks(_ call: Call) async throws -> Response {
        let page = call.page(40, atMost: 80)
        return try store.read { snapshot in
            try accounts(Blocks.page(page, in: snapshot), of: page, for: call, in: snapshot)
        }
    }

    /// <https://docs.joinmastodon.org/entities/Account/#MutedAccount>
    private func mutes(_ call: Call) async throws -> Response {
        let page = call.page(40, atMost: 80)
        return try store.read { snapshot in
            let rows = try Mutes.page(page, at: clock.now(), in: snapshot)
            let actors = try Actors.find(rows.map(\.mute.actor), in: snapshot)
            return Response.json { writer in
                writer.array { writer in
                    for row in rows {
                        guard let actor = actors[row.mute.actor] else { continue }
                        var account = EntityWriter(capacity: 2_048)
                        account.open()
                        AccountEntity.members(of: actor, identity, to: &account)
                        account.field(
                            "mute_expires_at", row.mute.until.map { ISO8601.milliseconds($0.milliseconds) })
                        account.close()
                        writer.raw(account.bytes)
                    }
                }
            }.linked(
                call, identity, first: rows.first?.cursor, last: rows.last?.cursor,
                isFull: rows.count == page.limit,
                newer: .sinceID)
        }
    }
}
