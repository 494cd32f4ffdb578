import Federation
import HTTP
import JSON
import Storage

/// Direct posts by the people they are between, <https://docs.joinmastodon.org/methods/conversations/>.
extension ClientAPI {
    var conversationEndpoints: [Endpoint] {
        let write = Access.owner("write:conversations")
        return [
            Endpoint(.get, "/api/v1/conversations", .owner("read:statuses"), conversations),
            Endpoint(.post, "/api/v1/conversations/:id/read", write) { call in
                try await mark(call, isUnread: false)
            },
            Endpoint(.post, "/api/v1/conversations/:id/unread", write) { call in
                try await mark(call, isUnread: true)
            },
            Endpoint(.delete, "/api/v1/conversations/:id", write, removeConversation),
        ]
    }

    private func conversations(_ call: Call) async throws -> Response {
        let page = call.page(20, atMost: 40)
        return try store.read { snapshot in
            let rows = try Conversations.page(page, in: snapshot)
            let batch = try batch(for: rows, call, in: snapshot)
            var statuses = StatusEntity(batch)
            return Response.json(capacity: rows.count * 4_096 + 2) { writer in
                writer.array { writer in
                    for row in rows where row.isWanted(batch) { row.write(batch, &statuses, to: &writer) }
                }
            }.linked(
                call, identity, first: rows.first?.lastStatus.value, last: rows.last?.lastStatus.value,
                isFull: rows.count == page.limit)
        }
    }

    private func mark(_ call: Call, isUnread: Bool) async throws -> Response {
        let id: ConversationID = try call.id()
        try await store.write { tx in try Conversations.set(id, isUnread: isUnread, in: tx) }
        return try store.read { snapshot in
            guard let row = try Conversations.find(id, in: snapshot) else { throw APIError.notFound }
            let batch = try batch(for: [row], call, in: snapshot)
            var statuses = StatusEntity(batch)
            return .json(capacity: 4_096) { writer in row.write(batch, &statuses, to: &writer) }
        }
    }

    /// The list is shorter by one; the posts stay, and the next one begins the conversation anew.
    private func removeConversation(_ call: Call) async throws -> Response {
        let id: ConversationID = try call.id()
        try await store.write { tx in
            guard try Conversations.find(id, in: tx) != nil else { throw APIError.notFound }
            try Conversations.remove(id, in: tx)
        }
        return .emptyObject
    }

    /// The posts and people that conversations show.
    func batch(
        for rows: [Conversations.Conversation], _ call: Call, in snapshot: Snapshot
    ) throws -> StatusBatch {
        try loader(for: call).batch(
            of: rows.map(\.lastStatus), people: rows.flatMap(\.participants) + [identity.owner], in: snapshot)
    }
}
