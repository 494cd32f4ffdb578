import Basics
import Crypto
import Federation
import HTTP
import JSON
import Net
import Storage

/// What the command line asks of the running server, over the socket `control` in the data folder.
struct ControlEndpoints: Sendable {
    let store: Store
    let health: Health
    let inbox: Inbox
    let server: Server
    /// Bytes of others' files that are kept; nil while they are not counted.
    var cached: @Sendable () -> Int? = { nil }
    /// What is still to be fetched from other servers.
    var fetches: @Sendable () -> Int = { 0 }

    var routes: [Route] {
        [
            Route(.get, "/status") { _ in .json(.ok, try await report()) },
            Route(.post, "/token") { request in
                let form = try await ControlEndpoints.lines(request)
                guard form.count == 2 else { return .text(.badRequest, "A name and scopes are needed.\n") }
                return .text(
                    .ok, try await AccessToken.make(name: form[0], scopes: form[1], in: store) + "\n")
            },
            Route(.post, "/password") { request in
                let form = try await ControlEndpoints.lines(request)
                guard form.count == 1 else { return .text(.badRequest, "A password is needed.\n") }
                return .text(.ok, String(try await NewPassword.set(hash: form[0], in: store)) + "\n")
            },
        ]
    }

    /// What the server is doing, as JSON.
    func report() async throws -> [UInt8] {
        let (connections, requests) = await server.load
        return try StatusReport(
            store: store, isRunning: true, problem: await health.problem(), connections: connections,
            requests: requests, received: inbox.received, cached: cached(), fetches: fetches()
        ).json
    }

    private static func lines(_ request: Request) async throws -> [String] {
        let body = try await request.body.collect(limit: 65_536)
        return String(decoding: body, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

/// Tokens made on the command line, all of one app.
enum AccessToken {
    static func make(name: String, scopes: String, in store: Store) async throws -> String {
        let token = RandomBytes.token(bytes: 32)
        let now = Timestamp.current()
        try await store.write { tx in
            let app = try OAuthApps.insert(
                name: name, website: nil, redirectURIs: "urn:ietf:wg:oauth:2.0:oob", scopes: scopes,
                clientID: RandomBytes.token(bytes: 24), secretDigest: Digest.sha256(RandomBytes.make(32)),
                at: now,
                in: tx)
            try OAuthTokens.insert(
                digest: Digest.sha256(Array(token.utf8)), app: app, scopes: scopes, isOwner: true, at: now,
                in: tx)
        }
        return token
    }
}

/// A new password ends all sessions.
enum NewPassword {
    /// - Returns: how many sessions ended.
    static func set(hash: String, in store: Store) async throws -> Int {
        try await store.write { tx in
            guard var owner = try Owner.load(in: tx) else {
                throw Failure(.unavailable, "There is no account in this folder; «islet init» makes one.")
            }
            owner.password = hash
            try owner.save(in: tx)
            return try OAuthTokens.removeAll(in: tx)
        }
    }
}
