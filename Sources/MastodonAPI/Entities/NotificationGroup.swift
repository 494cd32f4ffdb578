import Basics
import HTTP
import JSON
import Storage

/// The lines of grouped notifications, <https://docs.joinmastodon.org/entities/NotificationGroup/>.
extension Notifications.Group {
    /// - Parameters:
    ///   - isGrouped: whether it has the key of its kind, or that of a notification alone.
    ///   - report: what was reported, as JSON.
    func write(isGrouped: Bool, report: [UInt8]?, to writer: inout JSONWriter) {
        let key = isGrouped ? NotificationGroupKey(of: newest) : NotificationGroupKey(alone: newest.id)
        writer.object { writer in
            writer.field("group_key", key.text)
            writer.field("notifications_count", count)
            writer.field("type", newest.kind.name)
            // A number here, a text everywhere else: apps decode it so.
            writer.field("most_recent_notification_id", newest.id.value)
            writer.field("page_min_id", oldest.description)
            writer.field("page_max_id", newest.id.description)
            writer.field("latest_page_notification_at", ISO8601.milliseconds(newest.createdAt.milliseconds))
            writer.field("sample_account_ids", people.map(\.description))
            if newest.kind.needsStatus, let status = newest.status {
                writer.field("status_id", status.description)
            }
            if let report { writer.raw("report", report) }
        }
    }
}
