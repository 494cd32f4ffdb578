import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/methods/search/>
extension ClientAPI {
    var searchEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v2/search", .optional("read:search"), search),
            Endpoint(.get, "/api/v1/search", .optional("read:search"), search),
        ]
    }

    private func search(_ call: Call) async throws -> Response {
        guard let text = call.parameters.text("q")?.trimmingSpaces, !text.isEmpty else {
            throw APIError.badRequest("Missing parameter: q")
        }
        let isResolving = call.parameters.bool("resolve") ?? false
        guard call.isOwner else {
            guard !isResolving else {
                throw APIError(
                    .unauthorized,
                    "Search queries that resolve remote resources are not supported without authentication")
            }
            guard call.parameters.given("offset") == nil else {
                throw APIError(
                    .unauthorized, "Search queries pagination is not supported without authentication")
            }
            return try answer(visitorsHits(text), to: call)
        }
        if let hit = try await hit(text, isResolving: isResolving, call) {
            return try answer(hit, to: call)
        }
        return try answer(try await hits(text, call), to: call)
    }

    /// What a visitor finds: the owner, and open posts by address. What else is known here tells whom the owner reads.
    private func visitorsHits(_ text: String) throws -> Hits {
        try store.read { snapshot in
            let found =
                ClientAPI.isAddress(text)
                ? try KnownAddress(identity: identity, address: text).find(in: snapshot)
                : try AccountHandle(text, identity)?.find(in: snapshot).map { .account($0.id) }
            switch found {
            case .account(identity.owner): return Hits(people: [identity.owner])
            case .status(let id): return Hits(posts: [id], isByAddress: true)
            case .account, nil: return Hits()
            }
        }
    }

    /// The one thing that an address, or a handle that is to be resolved, names; nil for any other text.
    private func hit(_ text: String, isResolving: Bool, _ call: Call) async throws -> Hits? {
        guard ClientAPI.isAddress(text) else {
            guard isResolving, call.wants("accounts"), call.offset == 0,
                let id = try await account(handle: text, resolving: true)
            else { return nil }
            return Hits(people: [id])
        }
        var found = try store.read { try KnownAddress(identity: identity, address: text).find(in: $0) }
        if found == nil, isResolving {
            // Nothing is found where nobody answers in time, which is no fault of the app's.
            found = await within(limits.searchLookUp, clock) { [resolver] in await resolver.lookUp(text) }
        }
        return switch found {
        case .account(let id): Hits(people: [id])
        case .status(let id): Hits(posts: [id], isByAddress: true)
        case nil: Hits()
        }
    }

    private func hits(_ text: String, _ call: Call) async throws -> Hits {
        let page = call.page(20, atMost: 40)
        var hits = Hits()
        if call.wants("accounts"), !text.hasPrefix("#") {
            hits.people = try await findAccounts(
                text, limit: page.limit, offset: call.offset, resolving: false,
                following: call.parameters.bool("following") ?? false)
        }
        if call.wants("hashtags"), !text.hasPrefix("@"), !text.contains(where: \.isWhitespace) {
            let name = Hashtags.normalized(text.hasPrefix("#") ? String(text.dropFirst()) : text)
            hits.tags = try store.read {
                try Hashtags.search(prefix: name, limit: page.limit, offset: call.offset, in: $0)
            }
        }
        if call.wants("statuses") {
            let author = call.parameters.text("account_id")
            let id = author.flatMap { ActorID($0) }
            if author == nil || id != nil {
                hits.posts = try store.read {
                    try findPosts(SearchQuery(text), by: id, page, offset: call.offset, in: $0)
                }
            }
        }
        return hits
    }

    private func answer(_ hits: Hits, to call: Call) throws -> Response {
        let people = call.wants("accounts") ? hits.people : []
        let posts = call.wants("statuses") ? hits.posts : []
        let tags = call.wants("hashtags") ? hits.tags : []
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
                        for id in posts where isShown(batch.statuses[id], to: call) {
                            // Who asks for one post by its address wants it whoever wrote it.
                            guard hits.isByAddress ? batch.isVisible(id) : batch.isWanted(id) else {
                                continue
                            }
                            entity.write(id, to: &writer)
                        }
                    }
                    writer.array("hashtags") { writer in
                        for tag in tags { TagEntity.write(tag, identity, to: &writer) }
                    }
                }
            }
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        text.hasPrefix("https://") || text.hasPrefix("http://")
    }
}

private struct Hits {
    var people: [ActorID] = []
    var posts: [StatusID] = []
    var tags: [String] = []
    var isByAddress = false
}

extension Call {
    fileprivate func wants(_ kind: String) -> Bool {
        parameters.text("type").map { $0 == kind } ?? true
    }

    /// Counts only for one kind at a time, as at Mastodon; beyond what anybody scrolls nothing is found.
    fileprivate var offset: Int {
        guard parameters.text("type") != nil else { return 0 }
        return min(max(0, parameters.int("offset") ?? 0), 10_000)
    }
}
