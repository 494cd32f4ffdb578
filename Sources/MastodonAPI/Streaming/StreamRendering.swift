import Basics
import Federation
import JSON
import Storage

/// What is sent for an event: the same entities as everywhere, as the owner sees them.
extension ClientAPI {
    /// Tells those who read a stream what happens, until cancelled; a task of its own for the life of the process.
    package func runStreams() async {
        await streams.run { events in try store.read { try news(of: events, in: $0) } }
    }

    /// Sends those who read a stream away, because the server stops.
    package func closeStreams() {
        streams.close()
    }

    /// In the order of the events; nothing for posts that are gone again, that are not new to anybody, or that
    /// the owner does not want to see.
    func news(of events: [Event], in snapshot: Snapshot) throws -> [StreamNews] {
        let told = try Notifications.all(among: events.compactMap(\.notification), in: snapshot)
        let exchanges = try Conversations.all(among: events.compactMap(\.conversation), in: snapshot)
        var batch = try loader(for: .owner).batch(
            of: events.compactMap(\.status)
                + told.values.compactMap { $0.kind.needsStatus ? $0.status : nil }
                + exchanges.values.map(\.lastStatus),
            people: told.values.map(\.actor) + exchanges.values.flatMap(\.participants)
                + (exchanges.isEmpty ? [] : [identity.owner]), in: snapshot)
        try batch.loadReports(of: Array(told.values), in: snapshot)
        let silent: Set<ActorID> =
            try told.isEmpty
            ? [] : Mutes.silent(among: Set(told.values.map(\.actor)), at: clock.now(), in: snapshot)
        var entity = StatusEntity(batch)
        var written: [StatusID: String] = [:]

        func post(_ event: Event, _ id: StatusID, as name: String) -> StreamNews? {
            guard let status = batch.statuses[id], batch.isWanted(status) else { return nil }
            let isEdit = event == .edited(id)
            guard isEdit || status.createdAt > clock.now() - limits.streamNews else { return nil }
            let json = written[id] ?? ClientAPI.text { entity.write(id, to: &$0) }
            written[id] = json
            return StreamNews(
                event: event, post: StreamedPost(status, batch), message: StreamMessage(name, payload: json))
        }

        func notification(_ event: Event, _ id: NotificationID) -> StreamNews? {
            guard let row = told[id], row.isWhole(batch), !silent.contains(row.actor) else { return nil }
            let json = ClientAPI.text { row.write(batch, &entity, to: &$0) }
            return StreamNews(
                event: event, post: nil, message: StreamMessage("notification", payload: json))
        }

        func conversation(_ event: Event, _ id: ConversationID) -> StreamNews? {
            guard let row = exchanges[id], row.isWanted(batch) else { return nil }
            let json = ClientAPI.text { row.write(batch, &entity, to: &$0) }
            return StreamNews(
                event: event, post: nil, message: StreamMessage("conversation", payload: json))
        }

        return events.compactMap { event in
            switch event {
            case .added(let id), .home(let id), .listed(let id, _): post(event, id, as: "update")
            case .edited(let id): post(event, id, as: "status.update")
            case .notified(let id): notification(event, id)
            case .removed(let id):
                StreamNews(
                    event: event, post: nil, message: StreamMessage("delete", payload: id.description))
            case .filtersChanged:
                StreamNews(event: event, post: nil, message: StreamMessage("filters_changed"))
            case .notificationsMerged:
                StreamNews(
                    event: event, post: nil, message: StreamMessage("notifications_merged", payload: "1"))
            case .conversation(let id): conversation(event, id)
            case .revoked: nil
            }
        }.filter { $0.message.size <= limits.streamPayload }
    }

    private static func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(capacity: 4_096)
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension StreamedPost {
    init(_ status: Storage.Status, _ batch: StatusBatch) {
        self.init(
            visibility: status.visibility, isBoost: status.reblogOf != nil,
            isOwn: status.actor == batch.identity.owner, hasMedia: batch.attachments[status.id] != nil,
            hashtags: batch.hashtags[status.id] ?? [])
    }
}

extension Event {
    /// The post that is loaded for it.
    fileprivate var status: StatusID? {
        switch self {
        case .added(let id), .home(let id), .listed(let id, _), .edited(let id): id
        default: nil
        }
    }

    fileprivate var notification: NotificationID? {
        if case .notified(let id) = self { id } else { nil }
    }

    fileprivate var conversation: ConversationID? {
        if case .conversation(let id) = self { id } else { nil }
    }
}
