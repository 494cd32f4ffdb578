import Basics
import Federation
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
        case .poll: "poll"
        case .quote: "quote"
        case .quotedUpdate: "quoted_update"
        case .report: "admin.report"
        }
    }

    /// Whether apps expect a post in it; without one they crash or show nothing.
    var needsStatus: Bool { self != .follow && self != .followRequest && self != .report }
}

extension StatusBatch {
    /// Finds what was reported, of reports among these.
    mutating func loadReports(of rows: [Notification], in snapshot: Snapshot) throws {
        let wanted = rows.filter { $0.kind == .report }
        guard !wanted.isEmpty, let owner = try Actors.find(identity.owner, in: snapshot) else { return }
        let all = Dictionary(
            grouping: try Reports.newest(Reports.limit, in: snapshot), by: \.actor)
        for row in wanted {
            // Both are numbered by the moment of arrival.
            let nearest = all[row.actor]?.min {
                abs($0.id - row.id.value) < abs($1.id - row.id.value)
            }
            guard let nearest else { continue }
            reports[row.id] = ReportEntity(
                id: nearest.id, createdAt: nearest.createdAt, comment: nearest.content,
                statuses: nearest.statuses.compactMap(identity.ownStatus), account: owner)
        }
    }
}

extension Notification {
    /// Whether everything it shows is there.
    func isWhole(_ batch: StatusBatch) -> Bool {
        guard batch.actors[actor] != nil else { return false }
        if kind == .report { return batch.reports[id] != nil }
        return !kind.needsStatus || status.map(batch.isVisible) ?? false
    }

    func write(_ batch: StatusBatch, _ statuses: inout StatusEntity, to writer: inout JSONWriter) {
        guard let sender = batch.actors[actor] else { return }
        writer.object { writer in
            writer.field("id", id.description)
            writer.field("type", kind.name)
            writer.field("created_at", ISO8601.milliseconds(createdAt.milliseconds))
            writer.field("group_key", NotificationGroupKey(of: self).text)
            AccountEntity.write(sender, as: "account", batch.identity, to: &writer)
            if let status, kind.needsStatus { statuses.write(status, as: "status", to: &writer) }
            if isFiltered { writer.field("filtered", true) }
            if let report = batch.reports[id] { writer.raw("report", report.json(batch.identity)) }
        }
    }
}
