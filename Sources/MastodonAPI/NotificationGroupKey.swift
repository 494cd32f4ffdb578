import Storage

/// The name of a group. Opaque to apps, but the same for ever: it says what belongs to the group, and a stretch of the
/// calendar instead of its members.
struct NotificationGroupKey: Sendable {
    private enum Meaning: Sendable {
        case alone(NotificationID)
        case group(Notification.Kind, StatusID?, bucket: Int64)
    }

    private let meaning: Meaning

    /// Kinds of which several are shown as one line.
    static let kinds: Set<Notification.Kind> = [.favourite, .reblog, .follow]

    /// The same for all that belong together.
    init(of notification: Notification) {
        let bucket = notification.id.value / Notifications.stretch
        switch (notification.kind, notification.status) {
        case (.favourite, let status?), (.reblog, let status?):
            meaning = .group(notification.kind, status, bucket: bucket)
        case (.follow, _):
            meaning = .group(.follow, nil, bucket: bucket)
        default:
            meaning = .alone(notification.id)
        }
    }

    init(alone id: NotificationID) {
        meaning = .alone(id)
    }

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

    var text: String {
        switch meaning {
        case .alone(let id): "ungrouped-\(id)"
        case .group(let kind, let status?, let bucket): "\(kind.name)-\(status)-\(bucket)"
        case .group(let kind, nil, let bucket): "\(kind.name)-\(bucket)"
        }
    }

    /// Whether it names a group, and not one notification.
    var isGroup: Bool {
        if case .group = meaning { true } else { false }
    }

    /// Where its members are; nil when the one that it names is not there.
    func span(in snapshot: Snapshot) throws -> Notifications.Span? {
        switch meaning {
        case .alone(let id):
            return try Notifications.find(id, in: snapshot).map { found in
                Notifications.Span(kind: found.kind, status: found.status, ids: id.value...id.value)
            }
        case .group(let kind, let status, let bucket):
            let first = bucket * Notifications.stretch
            return Notifications.Span(
                kind: kind, status: status, ids: first...(first + Notifications.stretch - 1))
        }
    }

    /// The number of a stretch of time, small enough to be counted with.
    private static func bucket(_ text: Substring) -> Int64? {
        guard text.utf8.count <= 6, let bucket = Int64(text), bucket >= 0 else { return nil }
        return bucket
    }
}
