import HTTP
import Storage

/// A page of groups, each once, at its newest member.
struct NotificationGroups {
    var groups: [NotificationGroup]
    /// Kinds that are put together; the app may ask for fewer.
    let groupedKinds: Set<Notification.Kind>

    init(_ call: Call) {
        let asked = call.parameters.texts("grouped_types")
        let possible = Set(Notification.Kind.allCases.filter(NotificationGroup.isGroupable))
        groupedKinds = asked.isEmpty ? possible : possible.intersection(NotificationQuery.kinds(asked))
        groups = []
    }

    /// Reads at most `depth` notifications and makes groups of them, leaving out what silent people caused.
    mutating func load(
        _ page: Page, _ wanted: NotificationQuery, depth: Int, silent: (Set<ActorID>) throws -> Set<ActorID>,
        in snapshot: Snapshot
    ) throws {
        var scan = page
        scan.limit = depth
        var rows = try Notifications.page(scan, kinds: wanted.kinds, actor: wanted.actor, in: snapshot)
        let quiet = try silent(Set(rows.map(\.actor)))
        if !quiet.isEmpty { rows.removeAll { quiet.contains($0.actor) } }
        groups = NotificationGroup.gather(rows, kinds: groupedKinds)
        if let cursor = page.maxID { try dropContinued(above: cursor, in: snapshot) }
        groups = Array(page.minID == nil ? groups.prefix(page.limit) : groups.suffix(page.limit))
    }

    /// Drops groups that have a member at or above the cursor: the page before has shown them, whole.
    private mutating func dropContinued(above cursor: Int64, in snapshot: Snapshot) throws {
        // Ids are thousandths of milliseconds; a group ends with its stretch of time.
        let width = NotificationGroup.stretch * 1_000
        guard cursor < .max - width else { return }
        let end = (cursor / width + 1) * width - 1
        let continued = try Notifications.groups(from: cursor, to: end, in: snapshot)
        let kinds = groupedKinds
        groups.removeAll { group in
            guard let newest = group.members.first, kinds.contains(newest.kind),
                newest.id.value / width == cursor / width
            else { return false }
            return continued.contains { $0.kind == newest.kind && $0.status == newest.status }
        }
    }

    /// The oldest id that the page reaches down to.
    var floor: NotificationID { groups.last?.members.first?.id ?? NotificationID(0) }
}
