import SQLite

/// What of one sender waits.
extension Inbound {
    package static func count(of sender: String, in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM inbound WHERE sender = ?", sender) { $0.int(0) } ?? 0
    }

    /// What waits of all senders of one server.
    /// - Parameter origin: `https://host`.
    package static func count(onOrigin origin: String, in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first(
            "SELECT count(*) FROM inbound WHERE sender >= ?1 || '/' AND sender < ?1 || '0'", origin
        ) { $0.int(0) } ?? 0
    }

    /// Whether exactly this waits already.
    package static func contains(sender: String, body: [UInt8], in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM inbound WHERE sender = ? AND body = ?", sender, body)
    }
}
