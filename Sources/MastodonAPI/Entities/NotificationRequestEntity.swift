import Basics
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/NotificationRequest/>
extension NotificationRequests.Request {
    func write(_ batch: StatusBatch, _ statuses: inout StatusEntity, to writer: inout JSONWriter) {
        guard let sender = batch.actors[actor] else { return }
        writer.object { writer in
            writer.field("id", String(id))
            writer.field("created_at", ISO8601.milliseconds(createdAt.milliseconds))
            writer.field("updated_at", ISO8601.milliseconds(updatedAt.milliseconds))
            // A text: apps decode it so.
            writer.field("notifications_count", String(count))
            AccountEntity.write(sender, as: "account", batch.identity, to: &writer)
            if let lastStatus, batch.isVisible(lastStatus) {
                statuses.write(lastStatus, as: "last_status", to: &writer)
            } else {
                writer.null("last_status")
            }
        }
    }
}
