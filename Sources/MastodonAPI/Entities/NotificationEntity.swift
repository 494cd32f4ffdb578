import Basics
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Notification/>
extension Notification.Kind {
    var name: String {
        switch self {
        case .mention: "mention"
        case .status: "status"
        case .reblog: "reblog"
        case .follow: "follow"
        case .followRequest: "follow_request"
        case .favourite: "favourite"
        case .update: "update"
        }
    }

    /// Whether apps expect a post in it; without one they crash or show nothing.
    var needsStatus: Bool { self != .follow && self != .followRequest }
}

extension Notification {
    /// Whether everything it shows is there.
    func isWhole(_ batch: StatusBatch) -> Bool {
        guard batch.actors[actor] != nil else { return false }
        return !kind.needsStatus || status.map(batch.isVisible) ?? false
    }

    func write(_ batch: StatusBatch, _ statuses: inout StatusEntity, to writer: inout JSONWriter) {
        guard let sender = batch.actors[actor] else { return }
        writer.object { writer in
            writer.field("id", id.description)
            writer.field("type", kind.name)
            writer.field("created_at", ISO8601.milliseconds(createdAt.milliseconds))
            writer.field("group_key", NotificationGroup.key(of: self))
            AccountEntity.write(sender, as: "account", batch.identity, to: &writer)
            if let status, kind.needsStatus { statuses.write(status, as: "status", to: &writer) }
        }
    }
}
