import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/methods/lists/>
extension ClientAPI {
    var listEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/lists", .owner("read:lists")) { _ in
                .lists(try store.read { try Lists.all(in: $0) })
            },
            Endpoint(.post, "/api/v1/lists", .owner("write:lists"), makeList),
            Endpoint(.get, "/api/v1/lists/:id", .owner("read:lists")) { call in
                .list(try store.read { try known(Lists.find(try call.id(), in: $0)) })
            },
            Endpoint(.delete, "/api/v1/lists/:id", .owner("write:lists"), removeList),
            Endpoint(.get, "/api/v1/accounts/:id/lists", .owner("read:lists"), listsWith),
        ] + Endpoint.update("/api/v1/lists/:id", .owner("write:lists"), changeList) + listMemberEndpoints
    }

    /// Sets what the request names of a list.
    ///
    /// - Throws: 422 for what a list cannot be.
    private func apply(_ parameters: Parameters, to list: inout Storage.List) throws {
        if let title = parameters.given("title") { list.title = title.trimmingSpaces }
        guard !list.title.isEmpty else { throw APIError.invalid("Title can't be blank") }
        guard list.title.unicodeScalars.count <= limits.listTitleLength else {
            throw APIError.invalid("Title is too long (maximum is \(limits.listTitleLength) characters)")
        }
        if let name = parameters.text("replies_policy") {
            guard let replies = ListEntity.replies.first(where: { $0.name == name }) else {
                throw APIError.invalid("Replies policy is not included in the list")
            }
            list.replies = replies.value
        }
        list.isExclusive = parameters.bool("exclusive") ?? list.isExclusive
    }

    private func makeList(_ call: Call) async throws -> Response {
        var list = Storage.List(title: "", replies: .list, isExclusive: false)
        try apply(call.parameters, to: &list)
        let now = clock.now()
        return .list(
            try await store.write { [list, limits] tx in
                guard try Lists.count(in: tx) < limits.lists else {
                    throw APIError.invalid("You have reached the maximum number of lists")
                }
                return try known(Lists.find(try Lists.insert(list, at: now, in: tx), in: tx))
            })
    }

    /// What is on a list that becomes exclusive leaves the home timeline, and its newest comes back when it is so no
    /// longer. Mastodon leaves the home timeline as it is, which empties by itself there.
    private func changeList(_ call: Call) async throws -> Response {
        let id: ListID = try call.id()
        return .list(
            try await store.write { [identity] tx in
                let old = try known(Lists.find(id, in: tx))
                var list = old
                try apply(call.parameters, to: &list)
                try Lists.update(list, in: tx)
                if list.isExclusive && !old.isExclusive {
                    try ListPosts.leaveHome(id, owner: identity.owner, in: tx)
                } else if old.isExclusive && !list.isExclusive {
                    try ListPosts.returnHome(id, in: tx)
                }
                return list
            })
    }

    private func removeList(_ call: Call) async throws -> Response {
        let id: ListID = try call.id()
        try await store.write { tx in
            let list = try known(Lists.find(id, in: tx))
            if list.isExclusive { try ListPosts.returnHome(id, in: tx) }
            try Lists.remove(id, in: tx)
        }
        return .emptyObject
    }

    private func listsWith(_ call: Call) async throws -> Response {
        let id: ActorID = try call.id()
        return .lists(
            try store.read { snapshot in
                _ = try known(Actors.find(id, in: snapshot))
                return try Lists.with(id, in: snapshot)
            })
    }
}

extension Response {
    fileprivate static func list(_ list: Storage.List) -> Response {
        .json { writer in ListEntity.write(list, to: &writer) }
    }

    fileprivate static func lists(_ lists: [Storage.List]) -> Response {
        .json { writer in
            writer.array { writer in
                for list in lists { ListEntity.write(list, to: &writer) }
            }
        }
    }
}
