import SQLite

extension DomainBlocks {
    /// The row of a domain's block.
    package static func row(of domain: String, in snapshot: Snapshot) throws -> Int64? {
        try snapshot.db.first("SELECT id FROM domain_blocks WHERE domain = ?", domain) { $0.int64(0) }
    }

    package static func find(_ row: Int64, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first("SELECT domain FROM domain_blocks WHERE id = ?", row) { $0.text(0) }
    }

    /// Everybody known whose id is on one of these hosts or a subdomain of one.
    ///
    /// One look through all people, however many domains there are.
    package static func actors(ofAny domains: Set<String>, in snapshot: Snapshot) throws -> [ActorID] {
        let people = try snapshot.db.all("SELECT id, uri FROM actors WHERE domain IS NOT NULL") {
            (ActorID($0.int64(0)), Inboxes.authority(of: $0.text(1)) ?? "")
        }
        return people.filter { person in parents(of: person.1).contains { domains.contains($0) } }.map(\.0)
    }
}
