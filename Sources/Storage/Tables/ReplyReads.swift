package import Basics
import SQLite

/// Table `reply_reads`: when the replies of a post were last asked of its server, and where a look that a budget
/// ended goes on.
package enum ReplyReads {
    package struct Read: Sendable {
        package let at: Timestamp
        /// The page to go on with; nil when all were read.
        package let rest: String?
    }

    package static func of(_ statuses: String, in snapshot: Snapshot) throws -> [StatusID: Read] {
        let found = try snapshot.db.all(
            """
            SELECT status, read_at, rest FROM reply_reads WHERE status IN (SELECT value FROM json_each(?))
            """, statuses
        ) { (StatusID($0.int64(0)), Read(at: Timestamp(milliseconds: $0.int64(1)), rest: $0.textOrNil(2))) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    package static func save(
        _ status: StatusID, at now: Timestamp, rest: String?, in tx: Transaction
    ) throws {
        try tx.db.run(
            "INSERT OR REPLACE INTO reply_reads (status, read_at, rest) VALUES (?, ?, ?)", status,
            now.milliseconds, rest)
    }
}
