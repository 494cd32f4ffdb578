import SQLite

extension Tombstones {
    /// Those of these addresses whose post was deleted.
    package static func among(_ uris: [String], in snapshot: Snapshot) throws -> Set<String> {
        guard !uris.isEmpty else { return [] }
        let hashes = try uris.map { try snapshot.hash(of: $0) }
        let gone = Set(
            try snapshot.db.all(
                "SELECT uri_hash FROM tombstones WHERE uri_hash IN (SELECT value FROM json_each(?))",
                "[" + hashes.map { String($0) }.joined(separator: ",") + "]"
            ) { $0.int64(0) })
        return Set(zip(uris, hashes).compactMap { gone.contains($1) ? $0 : nil })
    }

    /// Forgets that something was deleted, because it was put back.
    package static func remove(_ uri: String, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM tombstones WHERE uri_hash = ?", tx.hash(of: uri))
    }
}
