import Federation
import HTTP
import JSON
import Storage

/// People, <https://docs.joinmastodon.org/methods/accounts/>.
extension ClientAPI {
    var accountEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/accounts", .optional("read:accounts"), severalAccounts),
            Endpoint(.get, "/api/v1/accounts/lookup", .optional("read:accounts"), lookUpAccount),
            Endpoint(.get, "/api/v1/accounts/search", .owner("read:accounts"), searchAccounts),
            Endpoint(.get, "/api/v1/accounts/:id", .optional("read:accounts")) { call in
                let id: ActorID = try call.id()
                try requireVisible(id, for: call)
                if call.isOwner { openProfile(id, false) }
                return try account(id)
            },
            Endpoint(.get, "/api/v1/accounts/:id/statuses", .optional("read:statuses"), accountStatuses),
            Endpoint(.get, "/api/v1/accounts/:id/followers", .optional("read:accounts"), accountFollowers),
            Endpoint(.get, "/api/v1/accounts/:id/following", .optional("read:accounts"), accountFollowing),
            Endpoint(
                .get, "/api/v1/accounts/:id/identity_proofs", .optional("read:accounts"), nothingOfAccount),
        ]
    }

    private func severalAccounts(_ call: Call) async throws -> Response {
        let ids = call.parameters.texts("id").prefix(limits.idsPerRequest).compactMap { ActorID($0) }
        let shown = call.isOwner ? ids : ids.filter { $0 == identity.owner }
        return try store.read { try accounts(shown, in: $0) }
    }

    private func lookUpAccount(_ call: Call) async throws -> Response {
        guard let handle = call.parameters.text("acct").flatMap({ AccountHandle($0, identity) }),
            let actor = try store.read({ try handle.find(in: $0) }),
            call.isOwner || actor.id == identity.owner
        else { throw APIError.notFound }
        return try account(actor.id)
    }

    private func searchAccounts(_ call: Call) async throws -> Response {
        guard let query = call.parameters.text("q")?.trimmingSpaces, !query.isEmpty else {
            throw APIError.badRequest("Missing parameter: q")
        }
        let limit = call.limit(40, atMost: 80)
        let found = try await findAccounts(
            query, limit: limit, offset: min(max(0, call.parameters.int("offset") ?? 0), 10_000),
            resolving: call.parameters.bool("resolve") ?? false,
            following: call.parameters.bool("following") ?? false)
        return try store.read { try accounts(found, in: $0) }
    }

    private func accountStatuses(_ call: Call) async throws -> Response {
        let id: ActorID = try call.id()
        let page = call.page(20, atMost: 40)
        try requireVisible(id, for: call)
        if call.isOwner { openProfile(id, false) }
        return try store.read { snapshot in
            if call.parameters.bool("pinned") ?? false {
                let pins = try Pins.of(id, in: snapshot)
                return try chosen(Array(pins.prefix(page.limit)), for: call, in: snapshot)
            }
            var filter = ProfileFilter()
            filter.visibility =
                !call.isOwner
                ? .unlisted : call.parameters.bool("exclude_direct") ?? false ? .private : .direct
            // Beyond Mastodon.
            if call.parameters.bool("only_public") ?? false { filter.visibility = .public }
            filter.excludesReplies = call.parameters.bool("exclude_replies") ?? false
            filter.excludesReblogs = call.parameters.bool("exclude_reblogs") ?? false
            filter.onlyMedia = call.parameters.bool("only_media") ?? false
            filter.hasOwnFiles = id == identity.owner
            filter.hashtag = call.parameters.text("tagged").map { Hashtags.normalized($0) } ?? ""
            let ids = try Statuses.page(of: id, page, filter: filter, in: snapshot)
            if call.isOwner && ids.count < page.limit && page.maxID != nil { openProfile(id, true) }
            return try chosen(ids, for: call, in: snapshot).linked(
                call, identity, first: ids.first?.value, last: ids.last?.value,
                isFull: ids.count == page.limit)
        }
    }

    private func accountFollowers(_ call: Call) async throws -> Response {
        try relations(of: call) { page, snapshot in try Followers.page(page, in: snapshot) }
    }

    private func accountFollowing(_ call: Call) async throws -> Response {
        try relations(of: call) { page, snapshot in try Following.page(page, in: snapshot) }
    }

    /// Only the owner's relations are known here, and others see them only if the owner shows them.
    private func relations(
        of call: Call, _ rows: (Page, Snapshot) throws -> [(cursor: Int64, actor: ActorID)]
    ) throws -> Response {
        let id: ActorID = try call.id()
        let page = call.page(40, atMost: 80)
        try requireVisible(id, for: call)
        return try store.read { snapshot in
            guard id == identity.owner else { return .emptyList }
            if !call.isOwner, try Owner.load(in: snapshot)?.hidesCollections ?? true { return .emptyList }
            return try accounts(rows(page, snapshot), of: page, for: call, in: snapshot)
        }
    }

    private func nothingOfAccount(_ call: Call) async throws -> Response {
        try requireVisible(call.id(), for: call)
        return .emptyList
    }

    /// Visitors are shown the owner alone: who else is known here tells whom the owner reads.
    ///
    /// - Throws: 404 for anybody else, as for one who is not there.
    func requireVisible(_ id: ActorID, for call: Call) throws {
        guard call.isOwner || id == identity.owner,
            try store.read({ try Actors.find(id, in: $0) }) != nil
        else { throw APIError.notFound }
    }
}
