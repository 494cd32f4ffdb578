import SQLite

/// The index of posts: tables `search`, `search_docs` and `search_retired`, <https://www.sqlite.org/fts5.html>.
///
/// A transaction that adds a post only numbers it; the words are written later, many posts at once, because each
/// commit with words costs several pages. The number of an edited or deleted post is dead from then on; its words
/// leave the index with the next batch, from a copy of the text.
package enum SearchIndex {
    /// The next number, for a post that is about to be added.
    static func number(for status: StatusID, in tx: Transaction) throws -> Int64 {
        try tx.db.run("INSERT INTO search_docs (status) VALUES (?)", status)
        tx.announce(.unindexed)
        return tx.db.lastInsertedID
    }

    /// Has a post found by its new text. To be called before anything of it is replaced: text, warning, descriptions
    /// of pictures, options of a poll. One that is not indexed yet is read when it is, so nothing has to be done.
    static func renew(_ status: StatusID, in tx: Transaction) throws {
        let last = try Settings.integer(.searchedUpTo, in: tx) ?? 0
        let known = try tx.db.first("SELECT doc FROM statuses WHERE id = ?", status) { $0.int64OrNil(0) }
        guard let known = known ?? nil, known <= last, try retire(status, in: tx) else { return }
        let document = try number(for: status, in: tx)
        try tx.db.run("UPDATE statuses SET doc = ? WHERE id = ?", document, status)
    }

    /// Has a post found no more, called while its text is still there; false for one that never was, like a boost.
    @discardableResult
    static func retire(_ status: StatusID, in tx: Transaction) throws -> Bool {
        guard let post = try SearchedPost.of(status, in: tx) else { return false }
        try tx.db.run(
            "INSERT OR REPLACE INTO search_retired (doc, content, parts, marks) VALUES (?, ?, ?, ?)",
            post.document, post.content, post.parts, post.marks)
        // The row stays until the words are gone, so that its number is not given away.
        try tx.db.run("UPDATE search_docs SET status = 0 WHERE doc = ?", post.document)
        tx.announce(.unindexed)
        return true
    }

    /// Whether there is anything to be written to the index.
    package static func isBehind(in snapshot: Snapshot) throws -> Bool {
        let last = try Settings.integer(.searchedUpTo, in: snapshot) ?? 0
        return try snapshot.db.exists(
            """
            SELECT 1 WHERE EXISTS (SELECT 1 FROM search_docs WHERE doc > ?)
                OR EXISTS (SELECT 1 FROM search_retired WHERE doc > 0)
                OR EXISTS (SELECT 1 FROM search_people_changed WHERE actor > 0)
            """, last)
    }

    /// Brings some of what waits into the index: at most `limit` posts of each kind, and as many people.
    ///
    /// - Parameter words: the text of a post as it is indexed; the same for the same post, so that what was written
    ///   can be taken back.
    package static func catchUp(
        limit: Int, words: (SearchedPost) -> String, cut: (String) -> String, in tx: Transaction
    ) throws {
        let last = try Settings.integer(.searchedUpTo, in: tx) ?? 0
        // What is forgotten comes first: whether its words are in the index is seen from the last number taken.
        if try forget(limit: limit, upTo: last, words: words, in: tx) {
            try take(limit: limit, after: last, words: words, in: tx)
        }
        try PeopleIndex.catchUp(limit: limit, cut: cut, in: tx)
    }

    /// Takes words out of the index; false when more of them wait.
    private static func forget(
        limit: Int, upTo last: Int64, words: (SearchedPost) -> String, in tx: Transaction
    ) throws -> Bool {
        let retired = try tx.db.all(
            "SELECT doc, content, parts, marks FROM search_retired WHERE doc > 0 ORDER BY doc LIMIT ?", limit
        ) {
            SearchedPost(document: $0.int64(0), content: $0.text(1), parts: $0.text(2), marks: $0.text(3))
        }
        for post in retired {
            if post.document <= last {
                do {
                    try takeOut(post.document, words(post), in: tx)
                } catch let error as SQLiteError where error.isDamaged {
                    // FTS5 says so of words that it never had. They stay in the index, where their number finds
                    // nothing any more; to stop here would stop the search for good.
                }
            }
            try tx.db.run("DELETE FROM search_retired WHERE doc = ?", post.document)
            // The newest stays, so that its number is not used again.
            try tx.db.run(
                "DELETE FROM search_docs WHERE doc = ? AND doc < (SELECT max(doc) FROM search_docs)",
                post.document)
        }
        return retired.count < limit
    }

    private static func takeOut(_ document: Int64, _ text: String, in tx: Transaction) throws {
        try tx.db.run("INSERT INTO search (search, rowid, text) VALUES ('delete', ?, ?)", document, text)
    }

    private static func take(
        limit: Int, after first: Int64, words: (SearchedPost) -> String, in tx: Transaction
    ) throws {
        let end = try tx.db.first(
            "SELECT max(doc) FROM (SELECT doc FROM search_docs part WHERE doc > ? ORDER BY doc LIMIT ?)",
            first, limit
        ) { $0.int64OrNil(0) }
        guard let end = end ?? nil else { return }
        for post in try SearchedPost.between(first, end, in: tx) {
            try tx.db.run("INSERT INTO search (rowid, text) VALUES (?, ?)", post.document, words(post))
        }
        try Settings.set(.searchedUpTo, to: String(end), in: tx)
    }
}
