import SQLite

/// A wish to quote a post of the owner's, and the stamp that allows it (FEP-044f).
package struct QuoteAuthorization: Sendable {
    /// The numbers are stored.
    package enum State: Int, Sendable {
        /// The owner is to decide.
        case pending = 0
        case approved = 1
        case refused = 2
        case revoked = 3
    }

    /// Part of the stamp's address.
    package var id: Int64
    /// The post of the owner's.
    package var status: StatusID
    /// Who quotes.
    package var actor: ActorID
    /// The id of the post that quotes.
    package var interacting: String
    /// The id of the QuoteRequest.
    package var request: String
    package var state: State

    package init(
        id: Int64, status: StatusID, actor: ActorID, interacting: String, request: String, state: State
    ) {
        self.id = id
        self.status = status
        self.actor = actor
        self.interacting = interacting
        self.request = request
        self.state = state
    }
}

/// Table `quote_authorizations`.
package enum QuoteAuthorizations {
    package static func find(_ id: Int64, in snapshot: Snapshot) throws -> QuoteAuthorization? {
        try snapshot.db.first(
            "SELECT id, status, actor, interacting, request, state FROM quote_authorizations WHERE id = ?",
            id, map: authorization)
    }

    /// What was decided about this post quoting that one, the newest first.
    package static func find(
        status: StatusID, interacting: String, in snapshot: Snapshot
    ) throws -> QuoteAuthorization? {
        try snapshot.db.first(
            """
            SELECT id, status, actor, interacting, request, state FROM quote_authorizations
            WHERE status = ? AND interacting = ? ORDER BY id DESC LIMIT 1
            """, status, interacting, map: authorization)
    }

    package static func save(_ authorization: QuoteAuthorization, in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT OR REPLACE INTO quote_authorizations (id, status, actor, interacting, request, state)
            VALUES (?, ?, ?, ?, ?, ?)
            """, authorization.id, authorization.status, authorization.actor, authorization.interacting,
            authorization.request, authorization.state.rawValue)
    }

    /// How many wishes of one person wait for a decision, for bounding them.
    package static func pending(of actor: ActorID, in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first(
            "SELECT count(*) FROM quote_authorizations WHERE actor = ? AND state = 0", actor
        ) { $0.int(0) } ?? 0
    }

    /// How many wishes of one person about one post there are, decided or not, for bounding them.
    package static func count(of actor: ActorID, on status: StatusID, in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first(
            "SELECT count(*) FROM quote_authorizations WHERE actor = ? AND status = ?", actor, status
        ) { $0.int(0) } ?? 0
    }

    private static func authorization(_ row: borrowing Row) -> QuoteAuthorization {
        QuoteAuthorization(
            id: row.int64(0), status: StatusID(row.int64(1)), actor: ActorID(row.int64(2)),
            interacting: row.text(3), request: row.text(4),
            state: QuoteAuthorization.State(rawValue: row.int(5)) ?? .refused)
    }
}
