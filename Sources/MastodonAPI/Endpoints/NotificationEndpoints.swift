import Basics
import HTTP
import JSON
import Storage

/// Notifications one by one, <https://docs.joinmastodon.org/methods/notifications/>.
extension ClientAPI {
    var notificationEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/notifications", .owner("read:notifications"), notifications),
            Endpoint(.get, "/api/v1/notifications/unread_count", .owner("read:notifications"), unreadCount),
            Endpoint(.get, "/api/v1/notifications/:id", .owner("read:notifications"), notification),
            Endpoint(.post, "/api/v1/notifications/clear", .owner("write:notifications"), clearNotifications),
            Endpoint(.post, "/api/v1/notifications/:id/dismiss", .owner("write:notifications"), dismiss),
            Endpoint(
                .delete, "/api/v1/notifications/destroy_multiple", .owner("write:notifications"),
                dismissSeveral),
            Endpoint(.delete, "/api/v1/notifications/:id", .owner("write:notifications"), dismiss),
        ]
    }

    private func notifications(_ call: Call) async throws -> Response {
        let wanted = NotificationQuery(call)
        let page = call.page(40, atMost: 80)
        return try store.read { snapshot in
            let rows = try Notifications.page(
                page, kinds: wanted.kinds, actor: wanted.actor, includesFiltered: wanted.includesFiltered,
                in: snapshot)
            let batch = try batch(for: rows, call, in: snapshot)
            let silent = try Mutes.silent(among: Set(rows.map(\.actor)), at: clock.now(), in: snapshot)
            var statuses = StatusEntity(batch)
            return Response.json(capacity: rows.count * 4_096 + 2) { writer in
                writer.array { writer in
                    for row in rows where row.isWhole(batch) && !silent.contains(row.actor) {
                        row.write(batch, &statuses, to: &writer)
                    }
                }
            }.linked(call, identity, first: rows.first?.id.value, last: rows.last?.id.value, isFull: true)
        }
    }

    /// The posts and people that notifications show.
    func batch(for rows: [Notification], _ call: Call, in snapshot: Snapshot) throws -> StatusBatch {
        var batch = try loader(for: call).batch(
            of: rows.compactMap { $0.kind.needsStatus ? $0.status : nil }, people: rows.map(\.actor),
            in: snapshot)
        try batch.loadReports(of: rows, in: snapshot)
        return batch
    }

    private func notification(_ call: Call) async throws -> Response {
        let id: NotificationID = try call.id()
        return try store.read { snapshot in
            guard let row = try Notifications.find(id, in: snapshot) else { throw APIError.notFound }
            let batch = try batch(for: [row], call, in: snapshot)
            guard row.isWhole(batch) else { throw APIError.notFound }
            var statuses = StatusEntity(batch)
            return .json(capacity: 4_096) { writer in row.write(batch, &statuses, to: &writer) }
        }
    }

    func clearNotifications(_ call: Call) async throws -> Response {
        try await store.write { tx in try Notifications.clear(in: tx) }
        return .emptyObject
    }

    private func dismiss(_ call: Call) async throws -> Response {
        let id: NotificationID = try call.id()
        try await store.write { tx in
            guard try Notifications.find(id, in: tx) != nil else { throw APIError.notFound }
            try Notifications.dismiss(id, in: tx)
        }
        return .emptyObject
    }

    private func dismissSeveral(_ call: Call) async throws -> Response {
        let ids = call.parameters.texts("ids").prefix(limits.idsPerRequest).compactMap { NotificationID($0) }
        try await store.write { tx in
            for id in ids { try Notifications.dismiss(id, in: tx) }
        }
        return .emptyObject
    }

    /// How many came after the marker.
    private func unreadCount(_ call: Call) async throws -> Response {
        let wanted = NotificationQuery(call)
        let limit = call.limit(100, atMost: 1_000)
        let count = try store.read { snapshot in
            try Notifications.count(
                after: try lastReadNotification(in: snapshot), kinds: wanted.kinds, actor: wanted.actor,
                limit: limit,
                at: clock.now(), in: snapshot)
        }
        return .json(capacity: 32) { writer in writer.object { $0.field("count", count) } }
    }

    /// The newest notification that the owner has seen, by the marker that apps set; 0 when none did.
    func lastReadNotification(in snapshot: Snapshot) throws -> Int64 {
        let marker = try Markers.all(in: snapshot).first { $0.timeline == "notifications" }
        return marker.flatMap { Int64($0.lastRead) } ?? 0
    }
}
