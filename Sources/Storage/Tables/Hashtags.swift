import SQLite

/// Tables `hashtags` and `status_hashtags`. Names are lower case and without `#`.
package enum Hashtags {
    package static func insert(_ name: String, status: StatusID, in tx: Transaction) throws {
        let name = normalized(name)
        let known = try number(name, in: tx)
        if known == nil { try tx.db.run("INSERT INTO hashtags (name) VALUES (?)", name) }
        let hashtag = known ?? tx.db.lastInsertedID
        try tx.db.run(
            "INSERT OR IGNORE INTO status_hashtags (hashtag, status) VALUES (?, ?)", hashtag, status)
    }

    package static func removeAll(of status: StatusID, in tx: Transaction) throws {
        try tx.db.run(
            "DELETE FROM status_hashtags WHERE (hashtag, status) IN (SELECT hashtag, status FROM status_hashtags WHERE status = ?)",
            status)
    }

    /// By post, for the posts with these ids (a JSON array).
    package static func of(_ ids: String, in snapshot: Snapshot) throws -> [StatusID: [String]] {
        let rows = try snapshot.db.all(
            """
            SELECT h.status, t.name FROM status_hashtags h JOIN hashtags t ON t.id = h.hashtag
            WHERE h.status IN (SELECT value FROM json_each(?))
            """, ids
        ) { (StatusID($0.int64(0)), $0.text(1)) }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    /// The row of a hashtag; nil for one that nobody used.
    ///
    /// - Parameter name: as it is stored.
    package static func number(_ name: String, in snapshot: Snapshot) throws -> Int64? {
        try snapshot.db.first("SELECT id FROM hashtags WHERE name = ?", name) { $0.int64(0) }
    }

    /// Public posts with the hashtag.
    package static func page(_ name: String, _ page: Page, in snapshot: Snapshot) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT s.id FROM status_hashtags h JOIN statuses s ON s.id = h.status
                WHERE h.hashtag = (SELECT id FROM hashtags WHERE name = ?1) AND h.status > ?2 AND h.status < ?3
                    AND s.visibility = 0 ORDER BY h.status ASC LIMIT ?4
                """, name, page.lower, page.upper, page.limit
            ) { StatusID($0.int64(0)) }.reversed()
        }
        return try snapshot.db.all(
            """
            SELECT s.id FROM status_hashtags h JOIN statuses s ON s.id = h.status
            WHERE h.hashtag = (SELECT id FROM hashtags WHERE name = ?1) AND h.status > ?2 AND h.status < ?3
                AND s.visibility = 0 ORDER BY h.status DESC LIMIT ?4
            """, name, page.lower, page.upper, page.limit
        ) { StatusID($0.int64(0)) }
    }
}

extension Hashtags {
    /// Names that begin so, lower case, the shortest first.
    package static func search(
        prefix text: String, limit: Int, offset: Int, in snapshot: Snapshot
    ) throws -> [String] {
        try snapshot.db.all(
            "SELECT name FROM hashtags WHERE name >= ? AND name < ? ORDER BY length(name), name LIMIT ? OFFSET ?",
            text, text + "\u{10FFFF}", limit, offset
        ) { $0.text(0) }
    }
}

extension Hashtags {
    /// Public posts with any of the hashtags `any`, with all of `all` and none of `none`; lower case.
    package static func page(
        _ any: [String], all: [String], none: [String], _ page: Page, in snapshot: Snapshot
    ) throws -> [StatusID] {
        // Most ask for one hashtag, which an index answers in order.
        if any.count == 1, all.isEmpty, none.isEmpty { return try Hashtags.page(any[0], page, in: snapshot) }
        let wanted = try numbers(of: any, in: snapshot)
        let required = try numbers(of: all, in: snapshot)
        guard !wanted.isEmpty, required.count == Set(all).count else { return [] }
        let lists = [wanted, required, try numbers(of: none, in: snapshot)].map { numbers in
            "[" + numbers.map { String($0) }.joined(separator: ",") + "]"
        }
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT s.id FROM statuses s WHERE s.id > ?1 AND s.id < ?2 AND s.visibility = 0
                    AND s.id IN (SELECT status FROM status_hashtags WHERE hashtag IN (SELECT value FROM json_each(?3)))
                    AND NOT EXISTS (SELECT 1 FROM json_each(?4) r WHERE NOT EXISTS (
                        SELECT 1 FROM status_hashtags WHERE hashtag = r.value AND status = s.id))
                    AND NOT EXISTS (SELECT 1 FROM status_hashtags WHERE status = s.id
                        AND hashtag IN (SELECT value FROM json_each(?5)))
                ORDER BY s.id ASC LIMIT ?6
                """, page.lower, page.upper, lists[0], lists[1], lists[2], page.limit
            ) { StatusID($0.int64(0)) }.reversed()
        }
        return try snapshot.db.all(
            """
            SELECT s.id FROM statuses s WHERE s.id > ?1 AND s.id < ?2 AND s.visibility = 0
                AND s.id IN (SELECT status FROM status_hashtags WHERE hashtag IN (SELECT value FROM json_each(?3)))
                AND NOT EXISTS (SELECT 1 FROM json_each(?4) r WHERE NOT EXISTS (
                    SELECT 1 FROM status_hashtags WHERE hashtag = r.value AND status = s.id))
                AND NOT EXISTS (SELECT 1 FROM status_hashtags WHERE status = s.id
                    AND hashtag IN (SELECT value FROM json_each(?5)))
            ORDER BY s.id DESC LIMIT ?6
            """, page.lower, page.upper, lists[0], lists[1], lists[2], page.limit
        ) { StatusID($0.int64(0)) }
    }

    private static func numbers(of names: [String], in snapshot: Snapshot) throws -> [Int64] {
        try Set(names).compactMap { try number($0, in: snapshot) }
    }
}
