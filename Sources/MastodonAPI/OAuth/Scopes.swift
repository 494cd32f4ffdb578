/// A kind of permission, <https://docs.joinmastodon.org/api/oauth-scopes/>.
struct Scope: Hashable, Sendable, ExpressibleByStringLiteral {
    let name: String

    init(stringLiteral name: StaticString) {
        self.name = name.description
    }

    init?(_ name: some StringProtocol) {
        guard let known = Scope.all.first(where: { $0.name == name }) else { return nil }
        self = known
    }

    /// The part before the colon, which covers all with the same part.
    var parent: Substring { name.prefix { $0 != ":" } }

    /// What `follow` stands for, from the time before there were finer scopes.
    static let relationships: Set<Scope> = [
        "read:blocks", "write:blocks", "read:follows", "write:follows", "read:mutes", "write:mutes",
    ]

    /// Everything an app may ask for, as the metadata list it. There are no `admin:` scopes: nobody has them.
    static let all: [Scope] = [
        "profile", "read", "read:accounts", "read:blocks", "read:bookmarks", "read:collections",
        "read:favourites",
        "read:filters", "read:follows", "read:lists", "read:mutes", "read:notifications", "read:search",
        "read:statuses", "write", "write:accounts", "write:blocks", "write:bookmarks", "write:collections",
        "write:conversations", "write:favourites", "write:filters", "write:follows", "write:lists",
        "write:media",
        "write:mutes", "write:notifications", "write:reports", "write:statuses", "follow", "push",
    ]
}

/// Scopes as a token carries them.
struct ScopeSet: Sendable {
    private let text: String

    /// Reads names between spaces (or commas, plus signs or new lines, which some apps use), dropping unknown
    /// ones.
    init(asked text: String) {
        let names = text.split { $0 == " " || $0 == "+" || $0 == "," || $0 == "\n" }
        var found: [Scope] = []
        for name in names.prefix(100) {
            guard let scope = Scope(name), !found.contains(scope) else { continue }
            found.append(scope)
        }
        self.text = found.map(\.name).joined(separator: " ")
    }

    /// Reads what `description` wrote.
    init(_ stored: String) {
        text = stored
    }

    var names: [Substring] { text.split(separator: " ") }
    var isEmpty: Bool { text.isEmpty }
    /// Names between spaces.
    var description: String { text }

    /// Whether this set holds the scope, a wider one, or `follow` where that stands for it.
    func allows(_ scope: Scope) -> Bool {
        for name in text.split(separator: " ") {
            if name == scope.name || name == scope.parent { return true }
            if name == "follow", Scope.relationships.contains(scope) { return true }
        }
        return false
    }

    /// Whether everything in the other set is in this one.
    func covers(_ other: ScopeSet) -> Bool {
        other.names.allSatisfy { name in
            // `follow` is covered by itself, or by both of what it is made of.
            if name == "follow" {
                return names.contains("follow") || Scope.relationships.allSatisfy(allows)
            }
            return Scope(name).map(allows) ?? false
        }
    }
}
