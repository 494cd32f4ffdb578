import SQLite

extension Deliveries {
    /// Drops all that waits for hosts of these names or subdomains of them: one look through what waits, however many
    /// names there are.
    ///
    /// - Parameter domains: lower case, Punycode.
    package static func abandon(domains: Set<String>, in tx: Transaction) throws {
        let waiting = try tx.db.all(
            """
            SELECT DISTINCT h.name FROM deliveries d CROSS JOIN inboxes i ON i.id = d.inbox
            CROSS JOIN hosts h ON h.id = i.host
            """
        ) { $0.text(0) }
        let hit = Set(waiting.flatMap { DomainBlocks.parents(of: $0) }).intersection(domains)
        for domain in hit.sorted() { try abandon(domain: domain, in: tx) }
    }
}
