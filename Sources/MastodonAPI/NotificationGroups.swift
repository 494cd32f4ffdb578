import Basics
import Storage

/// A page of groups, each once, at its newest member.
struct NotificationGroups {
    var groups: [Notifications.Group]
    let wish: Notifications.Wish

    /// - Parameter call: its `grouped_types` may name fewer kinds than can be put together.
    static func wish(_ call: Call, at now: Timestamp) -> Notifications.Wish {
        let asked = call.parameters.texts("grouped_types")
        let query = NotificationQuery(call)
        let grouped =
            asked.isEmpty
            ? NotificationGroupKey.kinds
            : NotificationGroupKey.kinds.intersection(NotificationQuery.kinds(asked))
        var wish = Notifications.Wish(kinds: query.kinds, grouped: grouped, actor: query.actor, now: now)
        wish.includesFiltered = query.includesFiltered
        return wish
    }

    /// - Parameter heads: the newest of each group.
    init(_ heads: [Notification], _ wish: Notifications.Wish, in snapshot: Snapshot) throws {
        self.wish = wish
        let floor = heads.last?.id ?? NotificationID(0)
        groups = try Notifications.groups(of: heads, downTo: floor, wish, in: snapshot)
    }

    /// One group, all of whose members count as on the page; nil when it has none.
    init?(_ key: NotificationGroupKey, at now: Timestamp, in snapshot: Snapshot) throws {
        guard let span = try key.span(in: snapshot),
            let newest = try Notifications.members(of: span, Page(limit: 1), at: now, in: snapshot).first
        else { return nil }
        wish = Notifications.Wish(
            kinds: [span.kind], grouped: key.isGroup ? NotificationGroupKey.kinds : [], now: now)
        groups = try Notifications.groups(of: [newest], downTo: NotificationID(0), wish, in: snapshot)
    }
}
