import Federation
import Storage

/// Somebody as people write them: `name` or `name@host`, with or without a leading `@`.
struct AccountHandle {
    let username: String
    /// Nil for the owner.
    let domain: String?

    init?(_ text: String, _ identity: Identity) {
        var rest = text[...]
        if rest.first == "@" { rest = rest.dropFirst() }
        let parts = rest.split(separator: "@", omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty, parts.count <= 2 else { return nil }
        username = String(name)
        let host = parts.count == 2 ? parts[1].lowercased() : nil
        domain = host == identity.accountDomain || host == identity.host ? nil : host
    }

    /// The one who is known by this handle; nobody is asked.
    func find(in snapshot: Snapshot) throws -> Actor? {
        try Actors.find(username: username, domain: domain, in: snapshot)
    }
}
