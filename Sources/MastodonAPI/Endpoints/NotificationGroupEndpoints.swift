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
            Endpoint(.get, "/api/v2/notifications/policy", .owner("read:notifications"), policy),
            Endpoint(.get, "/api/v1/notifications/policy", .owner("read:notifications"), oldPolicy),
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
            var found = NotificationGroups(call)
            try found.load(
                page, NotificationQuery(call), depth: limits.notificationsGrouped,
                silent: { try Mutes.silent(among: $0, at: clock.now(), in: snapshot) }, in: snapshot)
            let answer = try groups(found, isPartial: expansion != "full", call, in: snapshot)
            return answer.linked(
                call, identity, first: found.groups.first?.members.first?.id.value,
                last: found.groups.last?.members.first?.id.value, isFull: true)
        }
    }

    /// Every account and post that a group names is in the answer, or apps drop the group or crash.
    private func groups(
        _ found: NotificationGroups, isPartial: Bool, _ call: Call, in snapshot: Snapshot
    ) throws -> Response {
        let newest = found.groups.compactMap(\.members.first)
        let samples = found.groups.flatMap(\.sampleAccounts)
        var batch = try loader(for: call).batch(
            of: newest.compactMap { $0.kind.needsStatus ? $0.status : nil }, people: samples, in: snapshot)
        try batch.loadReports(of: newest, in: snapshot)
        let shown = found.groups.filter { group in
            group.members.first?.isWhole(batch) ?? false
                && group.sampleAccounts.allSatisfy { batch.actors[$0] != nil }
        }
        // Whole accounts for those who come first in their group, in partial mode; for all otherwise.
        let first = Set(shown.compactMap(\.sampleAccounts.first))
        let whole = isPartial ? first : Set(shown.flatMap(\.sampleAccounts))
        let partial = Set(shown.flatMap(\.sampleAccounts)).subtracting(whole)
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
                    let ids = Set(
                        shown.compactMap(\.members.first).compactMap { $0.kind.needsStatus ? $0.status : nil }
                    )
                    for id in ids.sorted(by: >) { statuses.write(id, to: &writer) }
                }
                writer.array("notification_groups") { writer in
                    for group in shown {
                        let isGrouped =
                            group.members.first.map { found.groupedKinds.contains($0.kind) } ?? false
                        let report = group.members.first.flatMap { batch.reports[$0.id] }?.json(identity)
                        group.write(
                            isGrouped: isGrouped, downTo: found.floor, report: report, to: &writer)
                    }
                }
            }
        }
    }

    private func notificationGroup(_ call: Call) async throws -> Response {
        try store.read { snapshot in
            var found = NotificationGroups(call)
            found.groups = [NotificationGroup(members: try members(of: call, in: snapshot))]
            return try groups(found, isPartial: false, call, in: snapshot)
        }
    }

    private func groupAccounts(_ call: Call) async throws -> Response {
        try store.read { snapshot in
            let members = try members(of: call, in: snapshot)
            let page = call.page(40, atMost: 80)
            let above = members.filter { member in
                page.maxID.map { member.id.value < $0 } ?? true
                    && (page.minID ?? page.sinceID).map { member.id.value > $0 } ?? true
            }
            let part = page.minID == nil ? above.prefix(page.limit) : above.suffix(page.limit)
            return try accounts(part.map(\.actor), in: snapshot).linked(
                call, identity, first: part.first?.id.value, last: part.last?.id.value,
                isFull: part.count == page.limit)
        }
    }

    private func dismissGroup(_ call: Call) async throws -> Response {
        let key = try groupKey(call)
        let depth = limits.notificationsGrouped
        try await store.write { tx in
            for member in try key.members(limit: depth, in: tx) {
                try Notifications.dismiss(member.id, in: tx)
            }
        }
        return .emptyObject
    }

    private func groupKey(_ call: Call) throws -> NotificationGroupKey {
        guard let key = call.request.parameters["key"].flatMap(NotificationGroupKey.init) else {
            throw APIError.notFound
        }
        return key
    }

    private func members(of call: Call, in snapshot: Snapshot) throws -> [Notification] {
        let members = try groupKey(call).members(limit: limits.notificationsGrouped, in: snapshot)
        guard !members.isEmpty else { throw APIError.notFound }
        return members
    }

    private func unreadGroups(_ call: Call) async throws -> Response {
        let limit = call.limit(100, atMost: 1_000)
        let count = try store.read { snapshot in
            var found = NotificationGroups(call)
            let page = Page(sinceID: try lastReadNotification(in: snapshot), limit: limit)
            try found.load(
                page, NotificationQuery(call), depth: limits.notificationsGrouped,
                silent: { try Mutes.silent(among: $0, at: clock.now(), in: snapshot) }, in: snapshot)
            return found.groups.count
        }
        return .json(capacity: 32) { writer in writer.object { $0.field("count", count) } }
    }

    /// Nothing is filtered or held back yet; the policy that says so is a fixed one.
    private func policy(_ call: Call) async throws -> Response {
        let rules = [
            "for_not_following", "for_not_followers", "for_new_accounts", "for_private_mentions",
            "for_limited_accounts", "for_bots",
        ]
        return .json(capacity: 512) { writer in
            writer.object { writer in
                for rule in rules { writer.field(rule, "accept") }
                ClientAPI.writeSummary(to: &writer)
            }
        }
    }

    private func oldPolicy(_ call: Call) async throws -> Response {
        let rules = [
            "filter_not_following", "filter_not_followers", "filter_new_accounts", "filter_private_mentions",
        ]
        return .json(capacity: 512) { writer in
            writer.object { writer in
                for rule in rules { writer.field(rule, false) }
                ClientAPI.writeSummary(to: &writer)
            }
        }
    }

    private static func writeSummary(to writer: inout JSONWriter) {
        writer.object("summary") { writer in
            writer.field("pending_requests_count", 0)
            writer.field("pending_notifications_count", 0)
        }
    }
}
