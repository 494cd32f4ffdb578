import Basics
import Federation
import HTTP
import JSON
import Storage

/// People whose posts to the owner are held back, <https://docs.joinmastodon.org/methods/notifications/#get-requests>.
extension ClientAPI {
    var notificationRequestEndpoints: [Endpoint] {
        let base = "/api/v1/notifications/requests"
        let write = Access.owner("write:notifications")
        return [
            Endpoint(.get, base, .owner("read:notifications"), notificationRequests),
            // Accepting is done when it is answered, so nothing is ever under way.
            Endpoint(.get, "\(base)/merged", .owner("read:notifications")) { _ in
                .json(.ok, Array(#"{"merged":true}"#.utf8))
            },
            Endpoint(.get, "\(base)/:id", .owner("read:notifications"), notificationRequest),
            Endpoint(.post, "\(base)/accept", write) { try await decideSeveral($0, accept: true) },
            Endpoint(.post, "\(base)/dismiss", write) { try await decideSeveral($0, accept: false) },
            Endpoint(.post, "\(base)/:id/accept", write) { try await decideOne($0, accept: true) },
            Endpoint(.post, "\(base)/:id/dismiss", write) { try await decideOne($0, accept: false) },
        ]
    }

    private func notificationRequests(_ call: Call) async throws -> Response {
        let page = call.page(40, atMost: 80)
        return try store.read { snapshot in
            let rows = try NotificationRequests.page(page, in: snapshot)
            let batch = try batch(for: rows, call, in: snapshot)
            var statuses = StatusEntity(batch)
            return Response.json(capacity: rows.count * 4_096 + 2) { writer in
                writer.array { writer in
                    for row in rows where batch.actors[row.actor] != nil && !batch.hidden.contains(row.actor)
                    {
                        row.write(batch, &statuses, to: &writer)
                    }
                }
            }.linked(
                call, identity, first: rows.first?.id, last: rows.last?.id, isFull: rows.count == page.limit)
        }
    }

    private func notificationRequest(_ call: Call) async throws -> Response {
        let id: ID<NotificationRequests> = try call.id()
        return try store.read { snapshot in
            guard let row = try NotificationRequests.find(id.value, in: snapshot) else {
                throw APIError.notFound
            }
            let batch = try batch(for: [row], call, in: snapshot)
            guard batch.actors[row.actor] != nil else { throw APIError.notFound }
            var statuses = StatusEntity(batch)
            return .json(capacity: 4_096) { writer in row.write(batch, &statuses, to: &writer) }
        }
    }

    private func batch(
        for rows: [NotificationRequests.Request], _ call: Call, in snapshot: Snapshot
    ) throws -> StatusBatch {
        try loader(for: call).batch(
            of: rows.compactMap(\.lastStatus), people: rows.map(\.actor), in: snapshot)
    }

    private func decideOne(_ call: Call, accept: Bool) async throws -> Response {
        let id: ID<NotificationRequests> = try call.id()
        guard try await decide([id.value], accept: accept) == 1 else { throw APIError.notFound }
        return .emptyObject
    }

    private func decideSeveral(_ call: Call, accept: Bool) async throws -> Response {
        let ids = call.parameters.texts("id").prefix(limits.idsPerRequest)
            .compactMap { ID<NotificationRequests>($0)?.value }
        _ = try await decide(Set(ids).sorted(), accept: accept)
        return .emptyObject
    }

    /// - Returns: how many of these there were.
    private func decide(_ ids: [Int64], accept: Bool) async throws -> Int {
        let now = clock.now()
        return try await store.write { tx in
            let requests = try ids.compactMap { try NotificationRequests.find($0, in: tx) }
            if accept {
                try NotificationRequests.accept(requests, owner: identity.owner, at: now, in: tx)
            } else {
                try NotificationRequests.dismiss(requests, in: tx)
            }
            return requests.count
        }
    }
}
