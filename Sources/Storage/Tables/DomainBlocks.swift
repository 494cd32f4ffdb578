import SQLite

/// Table `domain_blocks`: hosts that are never contacted and never believed, their subdomains included.
package enum DomainBlocks {
    package static func all(in snapshot: Snapshot) throws -> [String] {
        try snapshot.db.all("SELECT domain FROM domain_blocks ORDER BY domain") { $0.text(0) }
    }

    /// The newest first; the first of each pair is the cursor.
    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [(cursor: Int64, domain: String)]
    {
        try snapshot.db.all(
            "SELECT id, domain FROM domain_blocks WHERE id > ? AND id < ? ORDER BY id DESC LIMIT ?",
            page.lower, page.upper, page.limit
        ) { ($0.int64(0), $0.text(1)) }
    }

    /// - Parameter domain: lower case, Punycode.
    package static func insert(_ domain: String, in tx: Transaction) throws {
        try tx.db.run("INSERT OR IGNORE INTO domain_blocks (domain) VALUES (?)", domain)
        tx.announce(.domainBlocks)
    }

    package static func remove(_ domain: String, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM domain_blocks WHERE domain = ?", domain)
        tx.announce(.domainBlocks)
    }

    /// Whether this host, or a domain it belongs to, is blocked.
    /// - Parameter authority: lower case, with or without a port.
    package static func covers(_ authority: String, in snapshot: Snapshot) throws -> Bool {
        var name = authority.prefix { $0 != ":" }
        while !name.isEmpty {
            if try snapshot.db.exists("SELECT 1 FROM domain_blocks WHERE domain = ?", String(name)) {
                return true
            }
            guard let dot = name.firstIndex(of: ".") else { return false }
            name = name[name.index(after: dot)...]
        }
        return false
    }

    /// Everybody known whose id is on this host or a subdomain of it.
    package static func actors(of domain: String, in snapshot: Snapshot) throws -> [ActorID] {
        let found = try snapshot.db.all(
            "SELECT id, uri FROM actors WHERE domain IS NOT NULL AND instr(lower(uri), ?) > 0", domain
        ) { (ActorID($0.int64(0)), $0.text(1)) }
        return found.filter { Inboxes.authority(of: $0.1).map { belongs($0, to: domain) } ?? false }.map(\.0)
    }

    private static func belongs(_ authority: String, to domain: String) -> Bool {
        var host = authority[...]
        if !host.hasSuffix("]"), let colon = host.lastIndex(of: ":") { host = host[..<colon] }
        return host == domain || host.hasSuffix("." + domain)
    }
}
