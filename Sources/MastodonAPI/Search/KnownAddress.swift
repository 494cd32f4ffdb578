import Federation
import HTTP
import Storage

/// What an address that somebody pasted names among what is stored; nobody is asked.
struct KnownAddress {
    let identity: Identity
    let address: String

    func find(in snapshot: Snapshot) throws -> Resolved? {
        if let found = try find(address, in: snapshot) { return found }
        guard let url = WebURL(address) else { return nil }
        var plain = url.string
        if plain.hasSuffix("/") { plain.removeLast() }
        if plain != address, let found = try find(plain, in: snapshot) { return found }
        return try page(url, in: snapshot)
    }

    private func find(_ address: String, in snapshot: Snapshot) throws -> Resolved? {
        if let id = identity.ownStatus(address) {
            return try Statuses.find(id, in: snapshot).map { .status($0.id) }
        }
        if let id = try Statuses.id(forURI: address, in: snapshot) { return .status(id) }
        if let id = try Actors.id(forURI: address, in: snapshot) { return .account(id) }
        return address == identity.profile ? .account(identity.owner) : nil
    }

    /// Pages for people as most servers have them: `/@name` and `/@name/id`, where `name` may be of another server.
    private func page(_ url: WebURL, in snapshot: Snapshot) throws -> Resolved? {
        let parts = url.path.split(separator: "/")
        guard let first = parts.first, first.hasPrefix("@"), parts.count <= 2 else { return nil }
        let isOwn = identity.isOwn(url.string)
        if parts.count == 2 {
            guard isOwn else {
                return try find(
                    "\(url.origin)/users/\(first.dropFirst())/statuses/\(parts[1])", in: snapshot)
            }
            return try StatusID(parts[1]).flatMap { try Statuses.find($0, in: snapshot) }
                .map { .status($0.id) }
        }
        let isWhole = first.dropFirst().contains("@")
        let handle = isWhole || isOwn ? String(first) : "\(first)@\(url.authority)"
        return try AccountHandle(handle, identity)?.find(in: snapshot).map { .account($0.id) }
    }
}
