import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/NotificationPolicy/>, and its older form of on and off.
enum PolicyEntity {
    private static let names: [(name: String, origin: NotificationPolicy.Origin)] = [
        ("not_following", .notFollowing), ("not_followers", .notFollowers), ("new_accounts", .newAccounts),
        ("private_mentions", .privateMentions), ("limited_accounts", .limitedAccounts), ("bots", .bots),
    ]
    /// Those that the older form has.
    private static let oldNames = names.prefix(4)
    /// Mastodon for iOS writes a letter large.
    private static let misspelt = "for_Limited_accounts"

    static func write(
        _ policy: NotificationPolicy, _ summary: (requests: Int, notifications: Int),
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            for (name, origin) in names { writer.field("for_\(name)", self.name(of: policy[origin])) }
            write(summary, to: &writer)
        }
    }

    static func writeOld(
        _ policy: NotificationPolicy, _ summary: (requests: Int, notifications: Int),
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            for (name, origin) in oldNames { writer.field("filter_\(name)", policy[origin] != .accept) }
            write(summary, to: &writer)
        }
    }

    /// - Throws: 422 for an action that there is not.
    static func changes(
        _ parameters: Parameters
    ) throws -> [(origin: NotificationPolicy.Origin, action: NotificationPolicy.Action)] {
        try names.compactMap { name, origin in
            let text =
                parameters.text("for_\(name)")
                ?? (origin == .limitedAccounts ? parameters.text(misspelt) : nil)
            guard let text else { return nil }
            guard let action = action(text) else {
                throw APIError.invalid("For \(name.replacing("_", with: " ")) is not included in the list")
            }
            return (origin, action)
        }
    }

    static func oldChanges(_ parameters: Parameters) -> [(origin: NotificationPolicy.Origin, isHeld: Bool)] {
        oldNames.compactMap { name, origin in parameters.bool("filter_\(name)").map { (origin, $0) } }
    }

    private static func write(
        _ summary: (requests: Int, notifications: Int), to writer: inout JSONWriter
    ) {
        writer.object("summary") { writer in
            writer.field("pending_requests_count", summary.requests)
            writer.field("pending_notifications_count", summary.notifications)
        }
    }

    private static func name(of action: NotificationPolicy.Action) -> String {
        switch action {
        case .accept: "accept"
        case .filter: "filter"
        case .drop: "drop"
        }
    }

    private static func action(_ name: String) -> NotificationPolicy.Action? {
        switch name {
        case "accept": .accept
        case "filter": .filter
        case "drop": .drop
        default: nil
        }
    }
}
