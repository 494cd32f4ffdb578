import Storage

/// Which notifications are asked for; names of kinds that this server does not have are ignored.
struct NotificationQuery {
    let kinds: Set<Notification.Kind>
    let actor: ActorID?
    /// Also what the policy holds back: who asks for one person sees all of theirs.
    let includesFiltered: Bool

    init(_ call: Call) {
        // Reports are for administrators' apps, which ask for them by name.
        let all = Set(Notification.Kind.allCases).subtracting([.report])
        let asked = call.parameters.texts("types")
        let excluded = NotificationQuery.kinds(call.parameters.texts("exclude_types"))
        // Asking only for kinds that do not exist asks for nothing.
        kinds = (asked.isEmpty ? all : NotificationQuery.kinds(asked)).subtracting(excluded)
        actor = call.parameters.text("account_id").map { ActorID($0) ?? ActorID(0) }
        includesFiltered = actor != nil || call.parameters.bool("include_filtered") ?? false
    }

    static func kinds(_ names: [String]) -> Set<Notification.Kind> {
        Set(Notification.Kind.allCases.filter { names.contains($0.name) })
    }
}
