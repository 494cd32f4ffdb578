import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

extension House {
    /// Runs the streams of the house while `body` does.
    func streaming(_ body: () async throws -> Void) async throws {
        let work = Task { [api] in await api.runStreams() }
        defer { work.cancel() }
        try await body()
    }

    /// A reader as a connection with this token would be.
    func reader(_ streams: String..., token: String, tag: String? = nil) throws -> StreamSeat {
        let row = try #require(try api.authorize(token, .owner(["read:statuses", "read:notifications"])))
        let seat = try api.streams.join(
            StreamReader(
                token: row.id, scopes: ScopeSet(row.scopes), limits: api.limits, clock: time.clock))
        for name in streams {
            try seat.reader.subscribe(to: StreamSubscription(name, tag: tag, list: "3"))
        }
        return seat
    }

    /// Tells something that comes on the user's stream after all that happened before.
    func tellMark() async throws {
        try await store.write { $0.tell(.filtersChanged) }
    }
}

extension StreamSeat {
    /// What comes up to the mark, as "stream event payload"; of entities only their id.
    func untilMark() async throws -> [String] {
        var got: [String] = []
        while true {
            guard case .message(let message, let label) = await reader.next() else { return got + ["over"] }
            if message.event == "filters_changed" { return got }
            // A frame must be JSON with a text as payload, and that text JSON again.
            let frame = try Document(Array(message.frame(on: label).utf8)).root
            #expect(frame["event"]?.string == message.event)
            let payload = try Document(Array(try #require(frame["payload"]?.string).utf8)).root
            let id = payload["id"]?.string ?? String(decoding: payload.rawBytes, as: UTF8.self)
            got.append("\(label.joined(separator: " ")) \(message.event) \(id)")
        }
    }
}
