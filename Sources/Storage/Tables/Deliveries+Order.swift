package import Basics
import SQLite

/// What later letters mean for an earlier one that still waits.
extension Deliveries {
    /// What is to be done about an item whose turn has come.
    package enum Turn: Sendable {
        case send(Sending)
        /// A later letter takes back what was never sent: neither goes out. Ends with that one.
        case cancelled(through: Int64)
        /// A later letter says all that this one would.
        case superseded
        /// There is no such item any more.
        case gone
    }

    package struct Sending: Sendable {
        package let kind: String
        package let body: [UInt8]
        package let status: StatusID?
        package let synchronizes: Bool
        package let asInstance: Bool
        /// The newest waiting Update that the body already contains; it ends with this item.
        package let contains: Int64?
    }

    /// Decides what goes out for the first item that waits for an inbox.
    ///
    /// - Parameter known: the item as it was read for another inbox.
    package static func turn(of due: Due, knowing known: Sending? = nil, in snapshot: Snapshot) throws -> Turn
    {
        let found = try snapshot.db.first(
            "SELECT kind, status, concerns, synchronizes, as_instance FROM outbox WHERE id = ?", due.item
        ) { ($0.text(0), $0.int64OrNil(1).map { StatusID($0) }, $0.int64OrNil(2), $0.bool(3), $0.bool(4)) }
        guard let (kind, status, concerns, synchronizes, asInstance) = found else { return .gone }
        var contains: Int64?
        var isChanged = false
        if let concerns, let later = try later(than: due, concerning: concerns, in: snapshot) {
            if kind == "Update" { return .superseded }
            isChanged = true
            if !due.isUnsure {
                if let cancelling = later.cancelling { return .cancelled(through: cancelling) }
                if kind == "Create" { contains = later.update }
            }
        }
        // An edit replaces the body of the Create that still waits.
        let kept = isChanged ? nil : known?.body
        let body =
            try kept
            ?? snapshot.db.first("SELECT body FROM outbox WHERE id = ?", due.item) { $0.blob(0) }
        guard let body else { return .gone }
        return .send(
            Sending(
                kind: kind, body: body, status: status, synchronizes: synchronizes, asInstance: asInstance,
                contains: contains))
    }

    /// The last letter that changes the same, and the last that takes it back.
    private static func later(
        than due: Due, concerning subject: Int64, in snapshot: Snapshot
    ) throws -> (update: Int64?, cancelling: Int64?)? {
        let (update, cancelling) =
            try snapshot.db.first(
                """
                SELECT max(CASE WHEN o.concerns = ?3 AND o.kind = 'Update' THEN o.id END),
                    max(CASE WHEN o.cancels = ?3 THEN o.id END)
                FROM deliveries d JOIN outbox o ON o.id = d.item WHERE d.inbox = ?1 AND d.item > ?2
                """, due.inbox, due.item, subject
            ) { ($0.int64OrNil(0), $0.int64OrNil(1)) } ?? (nil, nil)
        return update == nil && cancelling == nil ? nil : (update, cancelling)
    }

    /// Ends an item that was delivered, and the Updates that it already contained.
    package static func settle(_ due: Due, containing update: Int64?, in tx: Transaction) throws {
        if let update {
            let contained = try tx.db.all(
                """
                SELECT d.item FROM deliveries d JOIN outbox o ON o.id = d.item
                WHERE d.inbox = ?1 AND d.item > ?2 AND d.item <= ?3 AND o.kind = 'Update'
                    AND o.concerns = (SELECT concerns FROM outbox WHERE id = ?2)
                """, due.inbox, due.item, update
            ) { $0.int64(0) }
            for item in contained { try settle(inbox: due.inbox, item: item, in: tx) }
        }
        try settle(inbox: due.inbox, item: due.item, in: tx)
    }

    /// Ends an item that was never sent with everything about the same up to the one that takes it back.
    package static func cancel(_ due: Due, through last: Int64, in tx: Transaction) throws {
        let items = try tx.db.all(
            """
            SELECT d.item FROM deliveries d JOIN outbox o ON o.id = d.item, outbox s
            WHERE s.id = ?2 AND d.inbox = ?1 AND d.item >= ?2 AND d.item <= ?3
                AND (o.concerns = s.concerns OR o.cancels = s.concerns)
            """, due.inbox, due.item, last
        ) { $0.int64(0) }
        for item in items { try settle(inbox: due.inbox, item: item, in: tx) }
    }

    /// Puts the present content of a post into the Create that still waits for some.
    package static func replaceCreate(
        of status: StatusID, with body: [UInt8], in tx: Transaction
    ) throws {
        try tx.db.run("UPDATE outbox SET body = ? WHERE status = ? AND kind = 'Create'", body, status)
    }

    /// Notes that a host has a post, or why not.
    package static func note(
        _ status: StatusID, host: Int64, reason: String?, at now: Timestamp, in tx: Transaction
    ) throws {
        guard try tx.db.exists("SELECT 1 FROM statuses WHERE id = ?", status) else { return }
        try Arrivals.note(status, host: host, reason: reason, at: now, in: tx)
    }
}
