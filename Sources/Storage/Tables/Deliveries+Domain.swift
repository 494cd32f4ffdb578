import SQLite

extension Deliveries {
    /// Drops all that waits for a host of this name, on whatever port, or for a subdomain of it.
    ///
    /// - Parameter domain: lower case, Punycode.
    package static func abandon(domain: String, in tx: Transaction) throws {
        let items = try tx.db.all(
            """
            SELECT d.inbox, d.item FROM hosts h JOIN inboxes i ON i.host = h.id JOIN deliveries d ON d.inbox = i.id
            WHERE '.' || substr(h.name, 1, instr(h.name || ':', ':') - 1) LIKE '%.' || ? ESCAPE '\\'
            """, domain.replacing("\\", with: "\\\\").replacing("_", with: "\\_").replacing("%", with: "\\%")
        ) { ($0.int64(0), $0.int64(1)) }
        for (inbox, item) in items { try settle(inbox: inbox, item: item, in: tx) }
    }
}
