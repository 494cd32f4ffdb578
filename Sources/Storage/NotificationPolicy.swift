import Basics

/// What happens to notifications from people whom the owner does not know,
/// <https://docs.joinmastodon.org/entities/NotificationPolicy/>.
package struct NotificationPolicy: Equatable, Sendable {
    /// Why somebody may not be wanted. The numbers are stored.
    package enum Origin: Int, CaseIterable, Sendable {
        case notFollowing = 0
        case notFollowers = 1
        case newAccounts = 2
        case privateMentions = 3
        /// Accounts that moderators limited. There are none here, but apps set it.
        case limitedAccounts = 4
        case bots = 5
    }

    /// The numbers are stored; of several the largest holds.
    package enum Action: Int, Comparable, Sendable {
        case accept = 0
        /// Kept apart until the owner has decided about the person.
        case filter = 1
        case drop = 2

        package static func < (left: Action, right: Action) -> Bool { left.rawValue < right.rawValue }
    }

    /// Somebody as far as the policy asks.
    package struct Sender: Sendable {
        package var isFollowed = false
        /// For longer than `briefFor`: whoever wants to be heard could follow first.
        package var isFollower = false
        /// Their account is younger than `newFor`.
        package var isNew = false
        package var isBot = false
        /// The owner accepted their notifications before.
        package var isPermitted = false
        /// They write to the owner directly, and not in answer to somebody who named them.
        package var isUnasked = false

        package init() {}
    }

    /// An account is new for that long: Mastodon's number, which apps name.
    package static let newFor = Duration.days(30)
    /// Who follows counts after that: Mastodon's number, which apps name.
    package static let briefFor = Duration.days(3)

    private var actions: [Origin: Action] = [:]

    package init() {}

    package subscript(_ origin: Origin) -> Action {
        get { actions[origin] ?? .accept }
        set { actions[origin] = newValue == .accept ? nil : newValue }
    }

    /// Whether nobody is held back.
    package var acceptsEverything: Bool { actions.isEmpty }

    /// Decides about one notification. What the owner asked for, the bell or the end of a poll, always comes.
    package func decide(_ kind: Notification.Kind, from sender: Sender) -> Action {
        guard kind.isUnasked, !sender.isPermitted else { return .accept }
        return Origin.allCases.filter { applies($0, to: sender) }.map { self[$0] }.max() ?? .accept
    }

    private func applies(_ origin: Origin, to sender: Sender) -> Bool {
        switch origin {
        case .notFollowing: !sender.isFollowed
        case .notFollowers: !sender.isFollower
        case .newAccounts: sender.isNew && !sender.isFollowed
        case .privateMentions: sender.isUnasked && !sender.isFollowed
        case .limitedAccounts: false
        case .bots: sender.isBot && !sender.isFollowed
        }
    }
}

extension Notification.Kind {
    /// Whether it comes because others want something of the owner.
    fileprivate var isUnasked: Bool {
        switch self {
        case .mention, .reblog, .follow, .followRequest, .favourite, .quote: true
        case .status, .update, .poll, .quotedUpdate, .report: false
        }
    }
}
