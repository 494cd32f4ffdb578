import Basics
import HTTP
import JSON
import Storage

/// How far the owner has read, <https://docs.joinmastodon.org/methods/markers/>.
extension ClientAPI {
    var markerEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/markers", .owner("read:statuses"), markers),
            Endpoint(.post, "/api/v1/markers", .owner("write:statuses"), setMarkers),
        ]
    }

    private static let timelines = ["home", "notifications"]

    private func markers(_ call: Call) async throws -> Response {
        let asked = call.parameters.texts("timeline")
        let known = try store.read { try Markers.all(in: $0) }
        return ClientAPI.markers(known.filter { asked.contains($0.timeline) })
    }

    private func setMarkers(_ call: Call) async throws -> Response {
        var positions: [(timeline: String, id: String)] = []
        for timeline in ClientAPI.timelines {
            guard let id = call.parameters[timeline]?["last_read_id"]?.string else { continue }
            // Whatever an app sends comes back as it is, but only ids are kept.
            guard StatusID(id) != nil else { throw APIError.invalid("Last read is invalid") }
            positions.append((timeline, id))
        }
        let now = clock.now()
        let changed = try await store.write { [positions] tx in
            try positions.compactMap { try Markers.set($0.timeline, to: $0.id, at: now, in: tx) }
        }
        return ClientAPI.markers(changed)
    }

    private static func markers(_ markers: [Markers.Marker]) -> Response {
        .json { writer in
            writer.object { writer in
                for marker in markers {
                    writer.object(marker.timeline) { writer in
                        writer.field("last_read_id", marker.lastRead)
                        writer.field("version", marker.version)
                        writer.field("updated_at", ISO8601.milliseconds(marker.updatedAt.milliseconds))
                    }
                }
            }
        }
    }
}
