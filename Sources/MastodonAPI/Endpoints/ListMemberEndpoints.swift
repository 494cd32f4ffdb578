import Federation
import HTTP
import Storage

/// Who is on a list, <https://docs.joinmastodon.org/methods/lists/#accounts>.
extension ClientAPI {
    /// Posts of somebody that come onto the timeline when they are put on a list, as at Mastodon.
    private static let newest = 100

    var listMemberEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/lists/:id/accounts", .owner("read:lists"), listMembers),
            Endpoint(.post, "/api/v1/lists/:id/accounts", .owner("write:lists"), addListMembers),
            Endpoint(.delete, "/api/v1/lists/:id/accounts", .owner("write:lists"), removeListMembers),
        ]
    }

    /// `limit=0` asks for all at once.
    private func listMembers(_ call: Call) async throws -> Response {
        let id: ListID = try call.id()
        let isWhole = call.parameters.int("limit") == 0
        let page = isWhole ? Page(limit: limits.listMembers) : call.page(40, atMost: 80)
        return try store.read { snapshot in
            _ = try known(Lists.find(id, in: snapshot))
            let rows = try ListMembers.page(of: id, page, in: snapshot)
            if isWhole { return try accounts(rows.map(\.actor), in: snapshot) }
            return try accounts(rows, of: page, for: call, in: snapshot)
        }
    }

    /// Only people whom the owner follows, or asked to, and the owner. Nobody is put on the list when one cannot be.
    private func addListMembers(_ call: Call) async throws -> Response {
        let id: ListID = try call.id()
        let people = try namedAccounts(call)
        try await store.write { [identity, limits] tx in
            let list = try known(Lists.find(id, in: tx))
            for actor in people {
                guard try actor == identity.owner || Following.find(actor, in: tx) != nil else {
                    throw APIError.notFound
                }
                guard try ListMembers.insert(actor, into: id, in: tx) else {
                    throw APIError.invalid("Account has already been taken")
                }
                try ListPosts.fill(
                    id, with: actor, newest: ClientAPI.newest, owner: identity.owner, in: tx)
            }
            guard try ListMembers.count(of: id, in: tx) <= limits.listMembers else {
                throw APIError.invalid("A list cannot have more than \(limits.listMembers) people")
            }
            if list.isExclusive { try ListPosts.leaveHome(id, owner: identity.owner, in: tx) }
        }
        return .emptyObject
    }

    /// Whoever is not on the list is ignored.
    private func removeListMembers(_ call: Call) async throws -> Response {
        let id: ListID = try call.id()
        let people = try namedAccounts(call)
        try await store.write { tx in
            let list = try known(Lists.find(id, in: tx))
            for actor in people {
                if list.isExclusive { try ListPosts.returnHome(id, of: actor, in: tx) }
                try ListMembers.remove(actor, from: id, in: tx)
            }
        }
        return .emptyObject
    }

    /// `account_ids`, each once. What is no id is nobody's.
    private func namedAccounts(_ call: Call) throws -> [ActorID] {
        var people: [ActorID] = []
        for text in call.parameters.texts("account_ids").prefix(limits.listMembers) {
            guard let id = ActorID(text) else { throw APIError.notFound }
            if !people.contains(id) { people.append(id) }
        }
        return people
    }
}
