import Basics
import Federation
import Markup
import Storage

extension ClientAPI {
    /// People whose handle or name has words that begin so; a whole handle finds its owner first, asked for if need be.
    func findAccounts(
        _ text: String, limit: Int, offset: Int, resolving: Bool, following: Bool
    ) async throws -> [ActorID] {
        var exact: [ActorID] = []
        if offset == 0, let id = try await account(handle: text, resolving: resolving) { exact = [id] }
        return try store.read { snapshot in
            if following {
                let followed = try Following.among(IDList.json(exact), in: snapshot)
                exact = exact.filter { followed[$0]?.isAccepted ?? false }
            }
            let query = SearchQuery(text)
            guard query.isPlain else { return exact }
            var expression = SearchExpression()
            for words in query.words {
                expression.add(Bigrams.question(words.text).text, isBeginning: true)
            }
            let others = try PeopleIndex.find(
                expression, name: ClientAPI.username(in: text), following: following, limit: limit,
                offset: offset, in: snapshot)
            return Array((exact + others.filter { !exact.contains($0) }).prefix(limit))
        }
    }

    /// Whoever has the handle `name@host`, when it is a whole one.
    func account(handle text: String, resolving: Bool) async throws -> ActorID? {
        guard text.dropFirst().contains("@"), !text.contains(where: \.isWhitespace),
            let handle = AccountHandle(text, identity)
        else { return nil }
        let known = try store.read { try handle.find(in: $0) }
        if let known, !resolving || known.isWhole { return known.id }
        guard resolving else { return nil }
        return await within(limits.searchLookUp, clock) { [resolver] in
            await resolver.account(handle: text)
        } ?? known?.id
    }

    private static func username(in text: String) -> String {
        String(text.drop { $0 == "@" }.prefix { $0 != "@" && !$0.isWhitespace })
    }
}

extension Actor {
    /// Whether more is known than a name that somebody mentioned.
    fileprivate var isWhole: Bool { isLocal || fetchedAt.milliseconds > 0 }
}
