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
        let asked = Set(call.parameters.texts("timeline")).intersection(ClientAPI.timelines)
        let now = clock.now()
        return try store.read { snapshot in
            var known = try Markers.all(in: snapshot).filter { asked.contains($0.timeline) }
            // Who asks for both and gets one fails to read it: the other is as if the owner had just come.
            if asked.count == 2 {
                for timeline in ClientAPI.timelines where !known.contains(where: { $0.timeline == timeline })
                {
                    let newest = timeline == "home" ? try HomeTimeline.page(Page(limit: 1), in: snapshot) : []
                    known.append(
                        Markers.Marker(
                            timeline: timeline, lastRead: newest.first?.description ?? "0", version: 0,
                            updatedAt: now))
                }
            }
            return ClientAPI.markers(known)
        }
    }

    /// Answers all markers: apps put the answer in the place of what they know, and would lose what is not in it.
    private func setMarkers(_ call: Call) async throws -> Response {
        var positions: [(timeline: String, id: String)] = []
        for timeline in ClientAPI.timelines {
            guard let id = call.parameters[timeline]?["last_read_id"]?.string else { continue }
            // Whatever an app sends comes back as it is, but only ids are kept.
            guard StatusID(id) != nil else { throw APIError.invalid("Last read is invalid") }
            positions.append((timeline, id))
        }
        let now = clock.now()
        let known = try await store.write { [positions] tx in
            for position in positions {
                _ = try Markers.set(position.timeline, to: position.id, at: now, in: tx)
            }
            return positions.isEmpty ? [] : try Markers.all(in: tx)
        }
        return ClientAPI.markers(known)
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
