import Storage

/// The names of what apps can be told of, <https://docs.joinmastodon.org/entities/WebPushSubscription/#alerts>.
enum PushAlerts {
    /// Every one of them: apps want to see them all.
    static let all: [(name: String, alert: PushSubscription.Alerts)] =
        Notification.Kind.allCases.map { ($0.name, PushSubscription.Alerts($0)) } + [
            ("admin.sign_up", .signUp),
            ("severed_relationships", .severedRelationships),
            ("moderation_warning", .moderationWarning),
        ]
}

extension PushSubscription.Policy {
    /// <https://docs.joinmastodon.org/methods/push/#create>
    var name: String {
        switch self {
        case .all: "all"
        case .followed: "followed"
        case .follower: "follower"
        case .none: "none"
        }
    }

    init?(_ name: String) {
        guard let policy = PushSubscription.Policy.allCases.first(where: { $0.name == name }) else {
            return nil
        }
        self = policy
    }
}
