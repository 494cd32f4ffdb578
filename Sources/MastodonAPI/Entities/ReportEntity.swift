import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Report/>
struct ReportEntity {
    static let categories = ["spam", "legal", "violation", "other"]

    let id: Int64
    let createdAt: Timestamp
    let comment: String
    let statuses: [StatusID]
    /// Who is reported.
    let account: Actor
    var category = "other"
    var isForwarded = false

    init(id: Int64, createdAt: Timestamp, comment: String, statuses: [StatusID], account: Actor) {
        self.id = id
        self.createdAt = createdAt
        self.comment = comment
        self.statuses = statuses
        self.account = account
    }

    func json(_ identity: Identity) -> [UInt8] {
        var writer = JSONWriter(capacity: 2_560)
        writer.object { writer in
            writer.field("id", String(id))
            writer.field("action_taken", false)
            writer.null("action_taken_at")
            writer.field("category", category)
            writer.field("comment", comment)
            writer.field("forwarded", isForwarded)
            writer.field("created_at", ISO8601.milliseconds(createdAt.milliseconds))
            writer.field("status_ids", statuses.map(\.description))
            writer.array("rule_ids") { _ in }
            AccountEntity.write(account, as: "target_account", identity, to: &writer)
        }
        return writer.bytes
    }
}
