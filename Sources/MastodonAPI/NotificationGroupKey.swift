import Storage

/// The name of a group taken apart again; `NotificationGroup.key` makes it.
struct NotificationGroupKey: Sendable {
    private enum Meaning: Sendable {
        case alone(NotificationID)
        case group(Notification.Kind, StatusID?, bucket: Int64)
    }

    private let meaning: Meaning

    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        switch (parts.first, parts.count) {
        case ("ungrouped", 2):
            guard let id = NotificationID(parts[1]) else { return nil }
            meaning = .alone(id)
        case ("follow", 2):
            guard let bucket = NotificationGroupKey.bucket(parts[1]) else { return nil }
            meaning = .group(.follow, nil, bucket: bucket)
        case ("favourite", 3), ("reblog", 3):
            guard let status = StatusID(parts[1]), let bucket = NotificationGroupKey.bucket(parts[2]) else {
                return nil
            }
            meaning = .group(parts[0] == "reblog" ? .reblog : .favourite, status, bucket: bucket)
        default:
            return nil
        }
    }

    /// Those that belong to the group, the newest first; empty when there are none.
    func members(limit: Int, in snapshot: Snapshot) throws -> [Notification] {
        switch meaning {
        case .alone(let id):
            return try Notifications.find(id, in: snapshot).map { [$0] } ?? []
        case .group(let kind, let status, let bucket):
            // Ids are thousandths of milliseconds.
            let width = NotificationGroup.stretch * 1_000
            return try Notifications.members(
                kind, status, from: bucket * width, to: (bucket + 1) * width - 1, limit: limit, in: snapshot)
        }
    }

    /// The number of a stretch of time, small enough to be counted with.
    private static func bucket(_ text: Substring) -> Int64? {
        guard text.utf8.count <= 6, let bucket = Int64(text), bucket >= 0 else { return nil }
        return bucket
    }
}
