import Basics
import HTTP
import JSON
import Storage

/// Notifications gathered into groups, <https://docs.joinmastodon.org/methods/grouped_notifications/>.
extension ClientAPI {
    var notificationGroupEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v2/notifications", .owner("read:notifications"), notificationGroups),
            Endpoint(.get, "/api/v2/notifications/unread_count", .owner("read:notifications"), unreadGroups),
            Endpoint(.post, "/api/v2/notifications/clear", .owner("write:notifications"), clearNotifications),
            Endpoint(.get, "/api/v2/notifications/:key", .owner("read:notifications"), notificationGroup),
            Endpoint(
                .get, "/api/v2/notifications/:key/accounts", .owner("read:notifications"), groupAccounts),
            Endpoint(
                .post, "/api/v2/notifications/:key/dismiss", .owner("write:notifications"), dismissGroup),
        ]
    }

    private func notificationGroups(_ call: Call) async throws -> Response {
        let expansion = call.parameters.text("expand_accounts") ?? "full"
        guard expansion == "full" || expansion == "partial_avatars" else {
            throw APIError.badRequest(
                "Invalid value for 'expand_accounts': '\(expansion.prefix(40))', "
                    + "allowed values are 'full' and 'partial_avatars'")
        }
        let page = call.page(40, atMost: 80)
        return try store.read { snapshot in
            let wish = NotificationGroups.wish(call, at: clock.now())
            let heads = try Notifications.heads(page, wish, in: snapshot)
            let found = try NotificationGroups(heads, wish, in: snapshot)
            return try groups(found, isPartial: expansion != "full", call, in: snapshot).linked(
                call, identity, first: heads.first?.id.value, last: heads.last?.id.value, isFull: true)
        }
    }

    /// Every account and post that a group names is in the answer, or apps drop the group or crash.
    private func groups(
        _ found: NotificationGroups, isPartial: Bool, _ call: Call, in snapshot: Snapshot
    ) throws -> Response {
        let newest = found.groups.map(\.newest)
        var batch = try loader(for: call).batch(
            of: newest.compactMap { $0.kind.needsStatus ? $0.status : nil },
            people: found.groups.flatMap(\.people), in: snapshot)
        try batch.loadReports(of: newest, in: snapshot)
        let shown = found.groups.filter { group in
            group.newest.isWhole(batch) && group.people.allSatisfy { batch.actors[$0] != nil }
        }
        // Whole accounts for those who come first in their group, in partial mode; for all otherwise.
        let first = Set(shown.compactMap(\.people.first))
        let whole = isPartial ? first : Set(shown.flatMap(\.people))
        let partial = Set(shown.flatMap(\.people)).subtracting(whole)
        var statuses = StatusEntity(batch)
        return .json(capacity: shown.count * 4_096 + 128) { writer in
            writer.object { writer in
                writer.array("accounts") { writer in
                    for actor in whole.sorted().compactMap({ batch.actors[$0] }) {
                        AccountEntity.write(actor, identity, to: &writer)
                    }
                }
                if isPartial {
                    writer.array("partial_accounts") { writer in
                        for actor in partial.sorted().compactMap({ batch.actors[$0] }) {
                            AccountEntity.writePartial(actor, identity, to: &writer)
                        }
                    }
                }
                writer.array("statuses") { writer in
                    let ids = Set(shown.compactMap { $0.newest.kind.needsStatus ? $0.newest.status : nil })
                    for id in ids.sorted(by: >) { statuses.write(id, to: &writer) }
                }
                writer.array("notification_groups") { writer in
                    for group in shown {
                        group.write(
                            isGrouped: found.wish.grouped.contains(group.newest.kind),
                            report: batch.reports[group.newest.id]?.json(identity), to: &writer)
                    }
                }
            }
        }
    }

    private func notificationGroup(_ call: Call) async throws -> Response {
        let key = try groupKey(call)
        return try store.read { snapshot in
            guard let found = try NotificationGroups(key, at: clock.now(), in: snapshot) else {
                throw APIError.notFound
            }
            return try groups(found, isPartial: false, call, in: snapshot)
        }
    }

    private func groupAccounts(_ call: Call) async throws -> Response {
        let key = try groupKey(call)
        let page = call.page(40, atMost: 80)
        let now = clock.now()
        return try store.read { snapshot in
            guard let span = try key.span(in: snapshot),
                try !Notifications.members(of: span, Page(limit: 1), at: now, in: snapshot).isEmpty
            else { throw APIError.notFound }
            let members = try Notifications.members(of: span, page, at: now, in: snapshot)
            return try accounts(members.map(\.actor), in: snapshot).linked(
                call, identity, first: members.first?.id.value, last: members.last?.id.value,
                isFull: members.count == page.limit)
        }
    }

    private func dismissGroup(_ call: Call) async throws -> Response {
        let key = try groupKey(call)
        try await store.write { tx in
            if let span = try key.span(in: tx) { try Notifications.dismiss(span, in: tx) }
        }
        return .emptyObject
    }

    private func groupKey(_ call: Call) throws -> NotificationGroupKey {
        guard let key = call.request.parameters["key"].flatMap(NotificationGroupKey.init) else {
            throw APIError.notFound
        }
        return key
    }

    /// How many groups came after the marker.
    private func unreadGroups(_ call: Call) async throws -> Response {
        let limit = call.limit(100, atMost: 1_000)
        let wish = NotificationGroups.wish(call, at: clock.now())
        let count = try store.read { snapshot in
            let page = Page(sinceID: try lastReadNotification(in: snapshot), limit: limit)
            return try Notifications.heads(page, wish, in: snapshot).count
        }
        return .json(capacity: 32) { writer in writer.object { $0.field("count", count) } }
    }
}
