import SQLite

/// Table `emojis`: pictures of other servers that stand for `:shortcode:` in a text.
package enum Emojis {
    /// Most of one host. Servers of thousands of people have some hundred; beyond it a new one stays text.
    private static let mostOfHost = 5_000

    /// What a post or person keeps of those in its text: `shortcode=id`, with blanks between; nil for none.
    ///
    /// - Parameters:
    ///   - found: shortcodes of letters, digits and `_-+.`, without colons, and addresses.
    ///   - host: that of whoever used them, lower case.
    package static func keep(
        _ found: [(shortcode: String, url: String)], of host: String, in tx: Transaction
    ) throws -> String? {
        var kept: [String] = []
        for emoji in found {
            guard let id = try keep(emoji.shortcode, emoji.url, of: host, in: tx) else { continue }
            kept.append("\(emoji.shortcode)=\(id)")
        }
        return kept.isEmpty ? nil : kept.joined(separator: " ")
    }

    private static func keep(
        _ shortcode: String, _ url: String, of host: String, in tx: Transaction
    ) throws -> Int64? {
        let known = try tx.db.first(
            "SELECT id FROM emojis WHERE domain = ? AND shortcode = ? AND url = ?", host, shortcode, url
        ) { $0.int64(0) }
        if let known { return known }
        let count = try tx.db.first("SELECT count(*) FROM emojis WHERE domain = ?", host) { $0.int(0) } ?? 0
        guard count < mostOfHost else { return nil }
        try tx.db.run("INSERT INTO emojis (domain, shortcode, url) VALUES (?, ?, ?)", host, shortcode, url)
        return tx.db.lastInsertedID
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
