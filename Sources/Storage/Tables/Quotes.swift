package import Basics
import SQLite

/// That a post quotes another, and whether the other's author agrees (FEP-044f).
package struct Quote: Sendable {
    /// The numbers are stored.
    package enum State: Int, Sendable {
        /// The author was asked, or their stamp is not checked yet.
        case pending = 0
        /// The author agrees, or quotes themselves.
        case accepted = 1
        case rejected = 2
        /// The author took their agreement back.
        case revoked = 3
        /// Said in a way that knows no consent; shown as a link.
        case unstated = 4
    }

    /// The post that quotes.
    package var status: StatusID
    /// The post that is quoted, when this server has it.
    package var quoted: StatusID?
    package var quotedURI: String
    package var state: State
    /// The address of the stamp that says so.
    package var authorization: String?
    /// The id of our QuoteRequest.
    package var request: String?
    package var checkedAt: Timestamp

    package init(
        status: StatusID, quoted: StatusID?, quotedURI: String, state: State, checkedAt: Timestamp
    ) {
        self.status = status
        self.quoted = quoted
        self.quotedURI = quotedURI
        self.state = state
        self.checkedAt = checkedAt
    }
}

/// Table `quotes`.
package enum Quotes {
    package static func find(_ status: StatusID, in snapshot: Snapshot) throws -> Quote? {
        try snapshot.db.first(
            """
            SELECT status, quoted, quoted_uri, state, authorization, request, checked_at FROM quotes
            WHERE status = ?
            """, status, map: quote)
    }

    /// Those of these posts (a JSON array of ids).
    package static func of(_ statuses: String, in snapshot: Snapshot) throws -> [StatusID: Quote] {
        let found = try snapshot.db.all(
            """
            SELECT status, quoted, quoted_uri, state, authorization, request, checked_at FROM quotes
            WHERE status IN (SELECT value FROM json_each(?))
            """, statuses, map: quote)
        return Dictionary(found.map { ($0.status, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The quote that a stamp of this address allows.
    package static func find(authorization: String, in snapshot: Snapshot) throws -> Quote? {
        try snapshot.db.first(
            """
            SELECT status, quoted, quoted_uri, state, authorization, request, checked_at FROM quotes
            WHERE authorization = ?
            """, authorization, map: quote)
    }

    /// The quote that we asked to be allowed with this activity.
    package static func find(request: String, in snapshot: Snapshot) throws -> Quote? {
        try snapshot.db.first(
            """
            SELECT status, quoted, quoted_uri, state, authorization, request, checked_at FROM quotes
            WHERE request = ?
            """, request, map: quote)
    }

    /// Writes it, in the place of what was known.
    package static func save(_ quote: Quote, in tx: Transaction) throws {
        let before = try find(quote.status, in: tx)
        try tx.db.run(
            """
            INSERT OR REPLACE INTO quotes (status, quoted, quoted_uri, state, authorization, request, checked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, quote.status, quote.quoted, quote.quotedURI, quote.state.rawValue, quote.authorization,
            quote.request, quote.checkedAt.milliseconds)
        // That of a new post comes with it; what apps show of a known one changes with the consent.
        if let before, before.state != quote.state || before.quoted != quote.quoted {
            tx.announce(.ownPosts)
            tx.tell(.edited(quote.status))
        }
    }

    package static func remove(_ status: StatusID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM quotes WHERE status = ?", status)
    }

    /// How often these posts (a JSON array of ids) are quoted with consent.
    package static func counts(of statuses: String, in snapshot: Snapshot) throws -> [StatusID: Int] {
        let found = try snapshot.db.all(
            """
            SELECT quoted, count(*) FROM quotes WHERE quoted IN (SELECT value FROM json_each(?)) AND state = 1
            GROUP BY quoted
            """, statuses
        ) { (StatusID($0.int64(0)), $0.int(1)) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    private static func quote(_ row: borrowing Row) -> Quote {
        var quote = Quote(
            status: StatusID(row.int64(0)), quoted: row.int64OrNil(1).map { StatusID($0) },
            quotedURI: row.text(2), state: Quote.State(rawValue: row.int(3)) ?? .rejected,
            checkedAt: Timestamp(milliseconds: row.int64(6)))
        quote.authorization = row.textOrNil(4)
        quote.request = row.textOrNil(5)
        return quote
    }
}
