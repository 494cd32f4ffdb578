package import JSON

/// What the author of a post lets others do with it: GoToSocial's policies, whose `canQuote` FEP-044f takes over.
package struct InteractionPolicy: Sendable, Equatable {
    package enum Kind: Sendable {
        case like, reply, announce, quote
    }

    /// What a policy says about somebody.
    package enum Verdict: Sendable, Equatable {
        /// Allowed without asking.
        case automatic
        /// The author decides.
        case manual
        case denied
        /// Nothing is said about quotes: the server of the author may not know of them.
        case unstated
    }

    /// Who may at once, and who may ask: everybody, the followers, the followed, or single actors.
    package struct Rule: Sendable, Equatable {
        package let automatic: [String]
        package let manual: [String]

        /// Most entries of one list.
        private static let most = 256

        /// nil when nobody is named: after JSON-LD, an empty list is no longer told from none.
        fileprivate init?(_ value: JSONValue) {
            guard let value = value.first else { return nil }
            automatic = Rule.entries(value[term: "automaticApproval"] ?? value[term: "always"])
            manual = Rule.entries(value[term: "manualApproval"] ?? value[term: "approvalRequired"])
            if automatic.isEmpty && manual.isEmpty { return nil }
        }

        private static func entries(_ value: JSONValue?) -> [String] {
            Array((value?.ids() ?? []).prefix(most))
        }
    }

    /// Each nil when it is missing.
    package let canLike: Rule?
    package let canReply: Rule?
    package let canAnnounce: Rule?
    package let canQuote: Rule?

    /// nil when it is no object. Also reads the older keys `always` and `approvalRequired`.
    package init?(_ value: JSONValue) {
        guard let value = value.first, value.kind == .object else { return nil }
        canLike = value[term: "canLike"].flatMap(Rule.init)
        canReply = value[term: "canReply"].flatMap(Rule.init)
        canAnnounce = value[term: "canAnnounce"].flatMap(Rule.init)
        canQuote = value[term: "canQuote"].flatMap(Rule.init)
    }

    /// Whether somebody who sees the post may do this with it.
    ///
    /// - Parameters:
    ///   - followers: the address of the author's followers; `following` of those whom the author follows.
    ///   - isFollower: whether the actor follows the author.
    ///   - isFollowed: whether the author follows the actor.
    ///   - isMentioned: whether the post names the actor, who may then reply.
    package func verdict(
        for kind: Kind, actor: String, author: String, followers: String?, following: String?,
        isFollower: Bool, isFollowed: Bool, isMentioned: Bool = false
    ) -> Verdict {
        if ObjectID.same(actor, author) || isMentioned && kind == .reply { return .automatic }
        guard let rule = rule(for: kind) else { return kind == .quote ? .unstated : .automatic }
        let isMeant = { (entry: String) in
            Vocabulary.isEverybody(entry) || entry == followers && isFollower
                || entry == following && isFollowed || ObjectID.same(entry, actor)
        }
        if rule.automatic.contains(where: isMeant) { return .automatic }
        return rule.manual.contains(where: isMeant) ? .manual : .denied
    }

    private func rule(for kind: Kind) -> Rule? {
        switch kind {
        case .like: canLike
        case .reply: canReply
        case .announce: canAnnounce
        case .quote: canQuote
        }
    }
}
