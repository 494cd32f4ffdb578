import SQLite

/// Facts about this instance that are fixed once, or change rarely.
package enum Settings {
    package enum Name: String, Sendable {
        case domain, accountDomain, url, username, createdAt, cleanStop, mediaSecret
        /// What `KeyedHash` is keyed with: 32 hexadecimal digits, made with the table and never changed.
        case hashKey
        /// When the newest verified activity came, give or take five minutes; milliseconds since 1970.
        case lastActivity
        /// Since when posts may have been missed, while that is being made good; milliseconds since 1970.
        case missedSince
        /// The row of `following` up to which it is made good.
        case missedCursor
        /// PKCS#8 PEM of the key that push services know this server by, and its public half as apps are told it.
        case pushKey, pushPublicKey
        /// The number of the last post that the search index took.
        case searchedUpTo
        /// How often the filters changed.
        case filtersVersion
        /// How the owner wants the pages to look: a colour as `#1a2b3c`, names of own files, CSS, and lines such as
        /// `boost: howl`.
        case accent, picture, icon, css, words, icons
        /// What the owner says about the server, and its rules, one a line; plain text.
        case about, rules
    }

    package static func text(_ name: Name, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first("SELECT value FROM settings WHERE name = ?", name.rawValue) { $0.textOrNil(0) }
            ?? nil
    }

    package static func set(_ name: Name, to value: String, in tx: Transaction) throws {
        try tx.db.run(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
            name.rawValue, value)
    }
}

extension Settings {
    package static func integer(_ name: Name, in snapshot: Snapshot) throws -> Int64? {
        try text(name, in: snapshot).flatMap { Int64($0) }
    }

    /// The values of those of these that are set.
    package static func texts(_ names: [Name], in snapshot: Snapshot) throws -> [Name: String] {
        let list = "[" + names.map { "\"\($0.rawValue)\"" }.joined(separator: ",") + "]"
        let rows = try snapshot.db.all(
            "SELECT name, value FROM settings WHERE name IN (SELECT value FROM json_each(?))", list
        ) { (Name(rawValue: $0.text(0)), $0.textOrNil(1)) }
        var values: [Name: String] = [:]
        for case let (name?, value?) in rows { values[name] = value }
        return values
    }

    package static func remove(_ name: Name, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM settings WHERE name = ?", name.rawValue)
    }
}
