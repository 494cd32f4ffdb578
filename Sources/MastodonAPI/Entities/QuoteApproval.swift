import JSON
import Storage

/// Who may quote a post, <https://docs.joinmastodon.org/entities/QuoteApproval/>.
struct QuoteApproval {
    /// What comes of it when the owner quotes the post.
    enum Answer: String {
        case automatic
        case manual
        case denied
    }

    private let automatic: InteractionRights.People
    private let manual: InteractionRights.People
    private let isOwn: Bool
    private let visibility: Visibility

    init(of status: Storage.Status, owner: ActorID) {
        isOwn = status.actor == owner
        visibility = status.visibility
        // Others who say nothing do not know quotes with consent; the owner's posts are free unless the owner said
        // otherwise.
        let people: (automatic: InteractionRights.People, manual: InteractionRights.People)? =
            visibility.isOpen ? status.rights?[.quote] ?? (isOwn ? (.everybody, []) : nil) : nil
        automatic = people?.automatic ?? []
        manual = people?.manual ?? []
    }

    /// Whether the answer depends on who follows whom.
    var dependsOnTies: Bool {
        !isOwn && !automatic.union(manual).isDisjoint(with: [.followers, .following])
    }

    /// - Parameters:
    ///   - isFollowed: whether the owner follows the author.
    ///   - isFollower: whether the author follows the owner.
    func answer(isFollowed: Bool, isFollower: Bool) -> Answer {
        if isOwn { return visibility == .direct ? .denied : .automatic }
        var owner: InteractionRights.People = [.everybody, .owner]
        if isFollowed { owner.insert(.followers) }
        if isFollower { owner.insert(.following) }
        if !automatic.isDisjoint(with: owner) { return .automatic }
        return manual.isDisjoint(with: owner) ? .denied : .manual
    }

    func write(_ answer: Answer, to writer: inout EntityWriter) {
        writer.openObject("quote_approval")
        write(automatic, as: "automatic", to: &writer)
        write(manual, as: "manual", to: &writer)
        writer.field("current_user", answer.rawValue)
        writer.close()
    }

    private func write(
        _ people: InteractionRights.People, as key: StaticString, to writer: inout EntityWriter
    ) {
        writer.openArray(key)
        if people.contains(.everybody) { writer.element("public") }
        if people.contains(.followers) { writer.element("followers") }
        if people.contains(.following) { writer.element("following") }
        if people.contains(.owner) { writer.element("unsupported_policy") }
        writer.closeArray()
    }
}

extension QuoteApproval {
    /// What an app may ask for the owner's post: `public`, `followers` or `nobody`; nil for anything else.
    static func people(named name: String) -> InteractionRights.People? {
        switch name {
        case "public": .everybody
        case "followers": .followers
        case "nobody": []
        default: nil
        }
    }
}
