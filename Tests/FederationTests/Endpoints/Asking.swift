import ActivityPub
import Federation
import HTTP
import JSON
import Testing

/// A table of routes, asked as a server would.
struct Asking {
    let routes: [Route]

    func get(
        _ target: String, accept: String? = "application/activity+json", fields: [(String, String)] = []
    ) async throws -> Response {
        var request = Request(.get, target)
        if let accept { request.fields.append("Accept", accept) }
        for (name, value) in fields { request.fields.append(name, value) }
        guard case .found(let route, let parameters) = Router(routes).match(.get, request.target) else {
            Issue.record("there is no route for \(target)")
            return Response(.notFound)
        }
        request.parameters = parameters
        return try await route.handle(request)
    }

    func json(_ target: String) async throws -> JSONValue {
        let response = try await get(target)
        #expect(response.status == .ok)
        #expect(response.fields["Content-Type"] == Vocabulary.contentType)
        return try Document(response.bytes).root
    }
}

extension Response {
    var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
