import SQLite

/// Facts about this instance that are fixed once, or change rarely.
package enum Settings {
    package enum Name: String, Sendable {
        case domain, accountDomain, url, username, createdAt, cleanStop, mediaSecret
    }

    package static func text(_ name: Name, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first("SELECT value FROM settings WHERE name = ?", name.rawValue) { $0.textOrNil(0) } ?? nil
    }

    package static func set(_ name: Name, to value: String, in tx: Transaction) throws {
        try tx.db.run(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            name.rawValue, value)
    }
}
