import Basics
import Federation
import HTTP
import JSON
import Storage

/// Posts that wait, <https://docs.joinmastodon.org/entities/ScheduledStatus/>.
struct ScheduledStatusEntity {
    private let identity: Identity
    private let attachments: [ScheduledStatusID: [Attachment]]

    /// For these posts, with their files in two statements however many.
    init(_ statuses: [ScheduledStatus], _ identity: Identity, in snapshot: Snapshot) throws {
        self.identity = identity
        attachments = try Attachments.ofScheduled(IDList.json(statuses.map(\.id)), in: snapshot)
    }

    func write(_ status: ScheduledStatus, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("id", status.id.description)
            writer.field("scheduled_at", ISO8601.milliseconds(status.at.milliseconds))
            writer.raw("params", status.parameters.utf8)
            writer.array("media_attachments") { writer in
                for attachment in attachments[status.id] ?? [] {
                    MediaAttachmentEntity.write(attachment, identity, to: &writer)
                }
            }
        }
    }
}
