import SQLite

extension Tombstones {
    /// Forgets that something was deleted, because it was put back.
    package static func remove(_ uri: String, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM tombstones WHERE uri_hash = ?", tx.hash(of: uri))
    }
}
