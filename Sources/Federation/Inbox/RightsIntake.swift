import ActivityPub
import HTTP
import Storage

/// From an interaction policy, which names people by address, to the rights that are kept.
enum RightsIntake {
    /// - Parameters:
    ///   - author: the id of who wrote the post.
    ///   - followers: the address of their followers, when known.
    static func rights(
        _ policy: InteractionPolicy?, author: String, followers: String?, owner: String
    ) -> InteractionRights? {
        guard let policy else { return nil }
        var rights = InteractionRights()
        let rules: [(InteractionRights.Act, InteractionPolicy.Rule?)] = [
            (.like, policy.canLike), (.reply, policy.canReply), (.announce, policy.canAnnounce),
            (.quote, policy.canQuote),
        ]
        for (act, rule) in rules {
            guard let rule else { continue }
            let people = { (entries: [String]) in
                entries.reduce(into: InteractionRights.People()) { people, entry in
                    people.formUnion(meant(by: entry, author: author, followers: followers, owner: owner))
                }
            }
            rights[act] = (people(rule.automatic), people(rule.manual))
        }
        return rights
    }

    /// Whom one entry names, as far as it matters here. The author alone means nobody else.
    private static func meant(
        by entry: String, author: String, followers: String?, owner: String
    ) -> InteractionRights.People {
        if Vocabulary.isEverybody(entry) { return .everybody }
        if entry == owner { return .owner }
        if entry == followers { return .followers }
        // The address of whom they follow is not kept, but everybody's ends so.
        guard ObjectID.sameOrigin(entry, author), let path = WebURL(entry)?.path else { return [] }
        if path.hasSuffix("/following") { return .following }
        return followers == nil && path.hasSuffix("/followers") ? .followers : []
    }
}
