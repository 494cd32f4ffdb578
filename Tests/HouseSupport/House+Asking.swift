import Crypto
import Foundation
package import HTTP
package import JSON
import Storage
import Testing

/// What came back.
package struct Answer {
    package let status: Int
    package let fields: Fields
    package let bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package var json: JSONValue {
        get throws {
            var limits = JSONLimits.standard
            limits.bytes = 32 << 20
            limits.nodes = 4_000_000
            return try Document(bytes, limits: limits).root
        }
    }

    /// The `id` of every element of a list.
    package var ids: [String] {
        get throws { try json.elements.compactMap { $0["id"]?.string } }
    }

    /// The value of a cursor in the Link field.
    package func cursor(_ relation: String) -> String? {
        for link in (fields["Link"] ?? "").components(separatedBy: ", ")
        where link.hasSuffix("rel=\"\(relation)\"") {
            return link.components(separatedBy: ">")[0].components(separatedBy: "_id=").last
        }
        return nil
    }
}

extension House {
    /// Sends a request through the router, as a connection would.
    package func send(_ request: Request) async throws -> Answer {
        guard case .found(let route, let parameters) = router.match(request.method, request.target) else {
            Issue.record("no route for \(request.method.rawValue) \(request.target.raw)")
            return Answer(status: 0, fields: Fields(), bytes: [])
        }
        var request = request
        request.parameters = parameters
        let response = try await route.handle(request)
        var bytes: [UInt8] = []
        switch response.body {
        case .bytes(let body): bytes = body
        case .file(let path, let range):
            bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path))[range])
        case .openFile(let file, let range):
            let handle = FileHandle(fileDescriptor: file.descriptor)
            try handle.seek(toOffset: UInt64(range.lowerBound))
            bytes = Array(try handle.read(upToCount: range.count) ?? Data())
        case .stream(let pieces, _):
            // An open stream has no end to wait for.
            guard response.fields["Content-Type"]?.hasPrefix("text/event-stream") != true else { break }
            while let piece = try await pieces.next() { bytes += piece }
        default: break
        }
        return Answer(status: response.status.code, fields: response.fields, bytes: bytes)
    }

    package func get(_ path: String, _ token: String? = nil) async throws -> Answer {
        try await send(.get, path, token)
    }

    /// Sends a body as JSON text, or as a form when it does not look like JSON.
    package func send(_ method: HTTP.Method, _ path: String, _ token: String?, _ body: String = "")
        async throws
        -> Answer
    {
        var fields = Fields()
        if let token { fields.append("Authorization", "Bearer \(token)") }
        if !body.isEmpty {
            fields.append(
                "Content-Type", body.hasPrefix("{") ? "application/json" : "application/x-www-form-urlencoded"
            )
        }
        return try await send(Request(method, path, fields: fields, body: .bytes(Array(body.utf8))))
    }

    package func post(_ path: String, _ token: String?, _ body: String = "") async throws -> Answer {
        try await send(.post, path, token, body)
    }

    /// A token made past the sign-in page.
    package func token(_ scopes: String = "read write follow", isOwner: Bool = true) async throws -> String {
        let secret = RandomBytes.token(bytes: 16)
        let now = time.now
        try await store.write { tx in
            let app = try OAuthApps.insert(
                name: "Tests", website: nil, redirectURIs: "app:/done", scopes: scopes,
                clientID: RandomBytes.token(bytes: 8), secretDigest: [], at: now, in: tx)
            try OAuthTokens.insert(
                digest: Digest.sha256(secret.utf8), app: app, scopes: scopes, isOwner: isOwner, at: now,
                in: tx)
        }
        return secret
    }
}
