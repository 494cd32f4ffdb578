import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/methods/search/>
extension ClientAPI {
    var searchEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v2/search", .owner("read:search"), search),
            Endpoint(.get, "/api/v1/search", .owner("read:search"), search),
        ]
    }

    private func search(_ call: Call) async throws -> Response {
        guard let query = call.parameters.text("q")?.trimmingSpaces, !query.isEmpty else {
            throw APIError.badRequest("Missing parameter: q")
        }
        let kind = call.parameters.text("type")
        let limit = call.limit(20, atMost: 40)
        let offset = max(0, call.parameters.int("offset") ?? 0)
        var people: [ActorID] = []
        var posts: [StatusID] = []
        var tags: [String] = []
        if query.hasPrefix("https://") || query.hasPrefix("http://") {
            // An address names one thing; it is asked for only when the app wants that.
            switch call.parameters.bool("resolve") ?? false ? await resolver.lookUp(query) : try known(query)
            {
            case .account(let id): people = [id]
            case .status(let id): posts = [id]
            case nil: break
            }
        } else {
            if kind == nil || kind == "accounts" {
                people = try await findAccounts(
                    query, limit: limit, offset: offset, resolving: call.parameters.bool("resolve") ?? false,
                    following: call.parameters.bool("following") ?? false)
            }
            if kind == nil || kind == "hashtags" {
                let name = (query.hasPrefix("#") ? String(query.dropFirst()) : query).lowercased()
                tags = try store.read {
                    try Hashtags.search(prefix: name, limit: limit, offset: offset, in: $0)
                }
            }
        }
        if let kind, kind != "accounts" { people = [] }
        if let kind, kind != "statuses" { posts = [] }
        return try store.read { snapshot in
            let batch = try loader(for: call).batch(of: posts, people: people, in: snapshot)
            var entity = StatusEntity(batch)
            return .json { writer in
                writer.object { writer in
                    writer.array("accounts") { writer in
                        for actor in people.compactMap({ batch.actors[$0] }) {
                            AccountEntity.write(actor, identity, to: &writer)
                        }
                    }
                    writer.array("statuses") { writer in
                        for id in posts where batch.isVisible(id) { entity.write(id, to: &writer) }
                    }
                    writer.array("hashtags") { writer in
                        for tag in tags { TagEntity.write(tag, identity, to: &writer) }
                    }
                }
            }
        }
    }

    /// What an address names among what is stored.
    private func known(_ address: String) throws -> Resolved? {
        try store.read { snapshot in
            if let id = try Statuses.id(forURI: address, in: snapshot) { return .status(id) }
            if let id = identity.ownStatus(address), try Statuses.find(id, in: snapshot) != nil {
                return .status(id)
            }
            if let id = try Actors.id(forURI: address, in: snapshot) { return .account(id) }
            return address == identity.profile ? .account(identity.owner) : nil
        }
    }

    /// People whose handle or name begins so; a whole handle finds exactly its owner, asked for if need be.
    func findAccounts(
        _ query: String, limit: Int, offset: Int, resolving: Bool, following: Bool
    ) async throws -> [ActorID] {
        var found: [ActorID] = []
        if query.dropFirst().contains("@"), let handle = AccountHandle(query, identity), offset == 0 {
            if let actor = try store.read({ try handle.find(in: $0) }), !resolving || actor.isWhole {
                found = [actor.id]
            } else if resolving, let id = await resolver.account(handle: query) {
                found = [id]
            }
        }
        let prefix = query.hasPrefix("@") ? String(query.dropFirst()) : query
        return try store.read { snapshot in
            // Offsets beyond what anybody scrolls to find nothing.
            let skipped = max(0, min(offset, 1_000))
            let others = try Actors.search(prefix: prefix, limit: limit + skipped, in: snapshot).dropFirst(
                skipped)
            found += others.filter { !found.contains($0) }
            if following {
                let followed = try Following.among(IDList.json(found), in: snapshot)
                found = found.filter { followed[$0]?.isAccepted ?? false }
            }
            return Array(found.prefix(limit))
        }
    }
}

extension Actor {
    /// Whether more is known than a name that somebody mentioned.
    fileprivate var isWhole: Bool { isLocal || fetchedAt.milliseconds > 0 }
}
