import ActivityPub
import JSON
import Storage

/// Another server reports the owner, or posts of theirs, to the administrator, who is the owner.
/// <https://docs.joinmastodon.org/spec/activitypub/#Flag>
struct InboundFlag: InboundActivity {
    static let isRemembered = true

    private let id: String?
    private let statuses: [StatusID]
    private let content: String

    init?(_ activity: Activity, reading: InboxReading) {
        let objects = activity.objects.compactMap(\.firstID)
        statuses = objects.compactMap { reading.identity.ownStatus($0) }
        guard !statuses.isEmpty || objects.contains(reading.identity.actor) else { return nil }
        id = activity.id.flatMap { reading.isTheirs($0) ? $0 : nil }
        content = activity.document.text("content") ?? activity.document.text("summary") ?? ""
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        let known = try statuses.compactMap { try Statuses.find($0, in: tx) }
            .filter { $0.actor == context.identity.owner }.map(\.uri)
        try Reports.insert(
            from: context.sender, uri: id, statuses: known, content: content, at: context.receivedAt, in: tx)
        try context.notify(.report, status: nil)
    }
}
