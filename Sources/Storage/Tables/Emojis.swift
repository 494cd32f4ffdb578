import SQLite

/// Table `emojis`: pictures of other servers that stand for `:shortcode:` in a text.
package enum Emojis {
    /// Rows of one host. Servers of thousands of people have some hundred; beyond it the oldest go, and
    /// whoever still names one has an address that answers 404.
    private static let mostOfHost = 5_000
    /// How many go at once, so that it happens seldom.
    private static let removedAtOnce = 500

    /// What a post or person keeps of those in its text: `shortcode=id`, with blanks between; nil for none.
    ///
    /// - Parameters:
    ///   - found: shortcodes of letters, digits and `_-+.`, without colons, and addresses.
    ///   - host: that of whoever used them, lower case.
    package static func keep(
        _ found: [(shortcode: String, url: String)], of host: String, in tx: Transaction
    ) throws -> String? {
        var kept: [String] = []
        var hasNew = false
        for emoji in found {
            let (id, isNew) = try keep(emoji.shortcode, emoji.url, of: host, in: tx)
            hasNew = hasNew || isNew
            kept.append("\(emoji.shortcode)=\(id)")
        }
        if hasNew { try makeRoom(of: host, in: tx) }
        return kept.isEmpty ? nil : kept.joined(separator: " ")
    }

    private static func keep(
        _ shortcode: String, _ url: String, of host: String, in tx: Transaction
    ) throws -> (id: Int64, isNew: Bool) {
        let known = try tx.db.first(
            "SELECT id FROM emojis WHERE domain = ? AND shortcode = ? AND url = ?", host, shortcode, url
        ) { $0.int64(0) }
        if let known { return (known, false) }
        try tx.db.run("INSERT INTO emojis (domain, shortcode, url) VALUES (?, ?, ?)", host, shortcode, url)
        return (tx.db.lastInsertedID, true)
    }

    /// Removes the oldest of a host that has too many. The newest never goes, so no number is given to another picture.
    private static func makeRoom(of host: String, in tx: Transaction) throws {
        let count = try tx.db.first("SELECT count(*) FROM emojis WHERE domain = ?", host) { $0.int(0) } ?? 0
        guard count > mostOfHost else { return }
        try tx.db.run(
            """
            DELETE FROM emojis WHERE id IN (SELECT id FROM emojis WHERE domain = ? ORDER BY id LIMIT ?)
            """, host, count - mostOfHost + removedAtOnce)
    }

    /// The parts of what `keep` returned.
    package static func list(_ kept: String?) -> [(shortcode: Substring, id: Int64)] {
        guard let kept else { return [] }
        return kept.split(separator: " ").compactMap { entry in
            guard let equals = entry.lastIndex(of: "="),
                let id = Int64(entry[entry.index(after: equals)...])
            else { return nil }
            return (entry[..<equals], id)
        }
    }
}
