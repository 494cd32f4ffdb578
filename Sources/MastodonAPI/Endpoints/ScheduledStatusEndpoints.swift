import Basics
import HTTP
import JSON
import Storage

/// Posts that wait for their time, <https://docs.joinmastodon.org/methods/scheduled_statuses/>.
extension ClientAPI {
    var scheduledStatusEndpoints: [Endpoint] {
        let path = "/api/v1/scheduled_statuses"
        return [
            Endpoint(.get, path, .owner("read:statuses"), scheduledStatuses),
            Endpoint(.get, path + "/:id", .owner("read:statuses")) { call in
                try scheduledStatus(call.id())
            },
            Endpoint(.delete, path + "/:id", .owner("write:statuses"), cancel),
        ] + Endpoint.update(path + "/:id", .owner("write:statuses"), reschedule)
    }

    private func scheduledStatuses(_ call: Call) async throws -> Response {
        let page = call.page(20, atMost: 40)
        return try store.read { snapshot in
            let found = try ScheduledStatuses.page(page, in: snapshot)
            let entity = try ScheduledStatusEntity(found, identity, in: snapshot)
            return Response.json { writer in
                writer.array { writer in
                    for status in found { entity.write(status, to: &writer) }
                }
            }.linked(
                call, identity, first: found.first?.id.value, last: found.last?.id.value,
                isFull: found.count == page.limit)
        }
    }

    /// - Throws: 404 when it is not there, or was published.
    func scheduledStatus(_ id: ScheduledStatusID) throws -> Response {
        try store.read { snapshot in
            guard let found = try ScheduledStatuses.find(id, in: snapshot) else { throw APIError.notFound }
            let entity = try ScheduledStatusEntity([found], identity, in: snapshot)
            return .json { writer in entity.write(found, to: &writer) }
        }
    }

    private func reschedule(_ call: Call) async throws -> Response {
        let id: ScheduledStatusID = try call.id()
        let now = clock.now()
        let moment: Timestamp?
        if let text = call.parameters.text("scheduled_at") {
            guard let milliseconds = ISO8601.parse(text) else {
                throw APIError.invalid("Scheduled at is invalid")
            }
            let asked = Timestamp(milliseconds: milliseconds)
            try posting.check(asked, at: now)
            moment = asked
        } else {
            moment = nil
        }
        try await store.write { tx in
            guard try ScheduledStatuses.find(id, in: tx) != nil else { throw APIError.notFound }
            if let moment { try ScheduledStatuses.move(id, to: moment, in: tx) }
        }
        return try scheduledStatus(id)
    }

    private func cancel(_ call: Call) async throws -> Response {
        let id: ScheduledStatusID = try call.id()
        let now = clock.now()
        try await store.write { tx in
            guard try ScheduledStatuses.take(id, at: now, in: tx) else { throw APIError.notFound }
        }
        return .emptyObject
    }
}
