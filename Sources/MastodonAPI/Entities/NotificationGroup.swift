import Basics
import HTTP
import JSON
import Storage

/// Notifications of one kind about one post in one stretch of time, shown as one line,
/// <https://docs.joinmastodon.org/entities/NotificationGroup/>.
struct NotificationGroup {
    /// Newest first, at least one.
    var members: [Notification]

    /// How long one group gathers. Opaque to apps, but the same for ever, so it is a piece of the calendar.
    static let stretch: Int64 = 12 * 3_600_000

    /// Accounts that are named; apps show that many faces.
    private static let samples = 8

    /// The same for all that belong together.
    static func key(of notification: Notification) -> String {
        let bucket = notification.createdAt.milliseconds / stretch
        switch (notification.kind, notification.status) {
        case (.favourite, let status?), (.reblog, let status?):
            return "\(notification.kind.name)-\(status)-\(bucket)"
        case (.follow, _):
            return "follow-\(bucket)"
        default:
            return "ungrouped-\(notification.id)"
        }
    }

    static func isGroupable(_ kind: Notification.Kind) -> Bool {
        kind == .favourite || kind == .reblog || kind == .follow
    }

    /// Puts notifications, newest first, into groups by their newest member. Kinds outside `kinds` stay
    /// alone.
    static func gather(_ notifications: [Notification], kinds: Set<Notification.Kind>) -> [NotificationGroup]
    {
        var groups: [NotificationGroup] = []
        var places: [String: Int] = [:]
        for notification in notifications {
            guard kinds.contains(notification.kind) else {
                groups.append(NotificationGroup(members: [notification]))
                continue
            }
            let key = key(of: notification)
            if let place = places[key] {
                groups[place].members.append(notification)
            } else {
                places[key] = groups.count
                groups.append(NotificationGroup(members: [notification]))
            }
        }
        return groups
    }

    /// The accounts that are named, newest first, each once.
    var sampleAccounts: [ActorID] {
        var found: [ActorID] = []
        for member in members where !found.contains(member.actor) {
            found.append(member.actor)
            if found.count == NotificationGroup.samples { break }
        }
        return found
    }

    /// - Parameters:
    ///   - isGrouped: whether it has the key of its kind, or that of a notification alone.
    ///   - floor: the oldest id that the page reaches down to.
    ///   - report: what was reported, as JSON.
    func write(
        isGrouped: Bool, downTo floor: NotificationID, report: [UInt8]?, to writer: inout JSONWriter
    ) {
        guard let newest = members.first else { return }
        let oldest = members.last { $0.id >= floor } ?? newest
        writer.object { writer in
            writer.field(
                "group_key", isGrouped ? NotificationGroup.key(of: newest) : "ungrouped-\(newest.id)")
            writer.field("notifications_count", members.count)
            writer.field("type", newest.kind.name)
            // A number here, a text everywhere else: apps decode it so.
            writer.field("most_recent_notification_id", newest.id.value)
            writer.field("page_min_id", oldest.id.description)
            writer.field("page_max_id", newest.id.description)
            writer.field("latest_page_notification_at", ISO8601.milliseconds(newest.createdAt.milliseconds))
            writer.field("sample_account_ids", sampleAccounts.map(\.description))
            if newest.kind.needsStatus, let status = newest.status {
                writer.field("status_id", status.description)
            }
            if let report { writer.raw("report", report) }
        }
    }
}
