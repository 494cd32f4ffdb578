import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Synchronization
import Testing

@testable import MastodonAPI

@Suite struct StreamingEndpointsTests {
    /// The two ends of a WebSocket that a test plays the app on.
    private final class Line: Sendable {
        private struct State {
            var toServer: [WebSocketMessage] = []
            var toApp: [String] = []
            var code: UInt16?
            var isGone = false
        }
        private let state = Mutex(State())
        private let serverBell = Doorbell()
        private let appBell = Doorbell()
        private let clock = TestTime().clock

        var channel: WebSocketChannel {
            WebSocketChannel(
                receive: {
                    while true {
                        let (message, isOver) = self.state.withLock { state in
                            let message = state.toServer.isEmpty ? nil : state.toServer.removeFirst()
                            return (message, state.isGone || state.code != nil)
                        }
                        if let message { return message }
                        if isOver { return nil }
                        await self.serverBell.wait(atMost: nil, clock: self.clock)
                    }
                },
                send: { message in
                    if case .text(let text) = message { self.state.withLock { $0.toApp.append(text) } }
                    self.appBell.ring()
                },
                close: { code in
                    self.state.withLock { state in
                        if state.code == nil { state.code = code }
                    }
                    self.serverBell.ring()
                    self.appBell.ring()
                })
        }

        func say(_ message: WebSocketMessage) {
            state.withLock { $0.toServer.append(message) }
            serverBell.ring()
        }

        func leave() {
            state.withLock { $0.isGone = true }
            serverBell.ring()
        }

        /// The next frame, or nil when the server closed.
        func hear() async throws -> JSONValue? {
            while true {
                let (text, isOver) = state.withLock { state in
                    (state.toApp.isEmpty ? nil : state.toApp.removeFirst(), state.code != nil)
                }
                if let text { return try Document(Array(text.utf8)).root }
                if isOver { return nil }
                await appBell.wait(atMost: nil, clock: clock)
            }
        }

        var code: UInt16? { state.withLock { $0.code } }
    }

    private func upgrade(_ path: String, _ more: Fields = [:]) -> Request {
        var fields: Fields = [
            "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        ]
        for (name, value) in more { fields.append(name, value) }
        return Request(.get, path, fields: fields)
    }

    private func respond(_ house: House, _ request: Request) async throws -> Response {
        guard case .found(let route, let parameters) = house.router.match(request.method, request.target)
        else { throw Missing() }
        var request = request
        request.parameters = parameters
        return try await route.handle(request)
    }

    private struct Missing: Error {}

    /// Opens a WebSocket, plays `body` on it, and waits until the server is done with it.
    private func open(
        _ house: House, _ request: Request, _ body: @escaping @Sendable (Line) async throws -> Void
    ) async throws {
        let response = try await respond(house, request)
        guard case .webSocket(_, let handler) = response.body else { throw Missing() }
        let line = Line()
        let channel = line.channel
        try await house.streaming {
            async let served: Void = handler(channel)
            try await body(line)
            line.leave()
            await served
        }
    }

    @Test
    func `trap 12: the token is taken from each of three places, and the protocol comes back in the 101`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let cases: [(String, Fields, String?)] = [
            // Also trap streaming: with and without a slash at the end.
            ("/api/v1/streaming", ["Authorization": "Bearer \(token)"], nil),
            ("/api/v1/streaming/?access_token=\(token)&stream=user", [:], nil),
            ("/api/v1/streaming/", ["Sec-WebSocket-Protocol": token], token),
            ("/api/v1/streaming?access_token=\(token)", ["Sec-WebSocket-Protocol": "mastodon"], "mastodon"),
            ("/api/v1/streaming/user?access_token=\(token)", [:], nil),
        ]
        for (path, fields, echo) in cases {
            let response = try await respond(house, upgrade(path, fields))
            #expect(response.status.code == 101, "\(path)")
            #expect(response.fields["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
            #expect(response.fields["Connection"] == "Upgrade")
            #expect(response.fields["Sec-WebSocket-Protocol"] == echo)
        }
    }

    @Test
    func `without a good token it is 401 before the upgrade, without the scope 403, without upgrade 404`()
        async throws
    {
        let house = try await House.make()
        let write = try await house.token("write")
        let app = try await house.token("read", isOwner: false)
        let cases: [(String, Fields, Int)] = [
            ("/api/v1/streaming", [:], 401), ("/api/v1/streaming?access_token=x", [:], 401),
            ("/api/v1/streaming", ["Sec-WebSocket-Protocol": "nonsense"], 401),
            ("/api/v1/streaming/user", ["Authorization": "Bearer x"], 401),
            ("/api/v1/streaming", ["Authorization": "Bearer \(write)"], 403),
            ("/api/v1/streaming", ["Authorization": "Bearer \(app)"], 422),
        ]
        for (path, fields, status) in cases {
            let response = try await respond(house, upgrade(path, fields))
            #expect(response.status.code == status, "\(path) \(fields)")
            #expect(response.fields["Content-Type"] == "application/json; charset=utf-8")
            #expect(response.fields["Access-Control-Allow-Origin"] == "*")
        }
        let plain = try await house.get("/api/v1/streaming", write)
        #expect(plain.status == 404)
        #expect(try plain.json["error"]?.string != nil)
        var old = upgrade("/api/v1/streaming?access_token=\(try await house.token())")
        old.fields["Sec-WebSocket-Version"] = "8"
        let refusal = try await respond(house, old)
        #expect(refusal.status.code == 426)
        #expect(refusal.fields["Sec-WebSocket-Version"] == "13")
        #expect(refusal.fields["Content-Type"] == "application/json; charset=utf-8")
    }

    @Test func `trap streaming: payload is JSON text, in a frame for each stream of address and commands`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        try await open(house, upgrade("/api/v1/streaming?stream=hashtag&tag=Cats&access_token=\(token)")) {
            line in
            line.say(.text(#"{"type":"hello"}"#))
            line.say(.text(#"{"type":"subscribe","stream":"user"}"#))
            // Its error comes back after all before it was read.
            line.say(.text("!"))
            #expect(try await line.hear()?["status"]?.int == 400)
            let id = try await house.post("I like #cats", token: token)
            var labels: [[String?]] = []
            for _ in 0..<2 {
                let frame = try #require(try await line.hear())
                #expect(frame["event"]?.string == "update")
                // `payload` must be a JSON string, not an object.
                let payload = try #require(frame["payload"]?.string)
                #expect(try Document(Array(payload.utf8)).root["id"]?.string == "\(id)")
                labels.append(frame["stream"]?.elements.map(\.string) ?? [])
            }
            #expect(labels == [["hashtag", "Cats"], ["user"]])
            line.say(.text(#"{"type":"unsubscribe","stream":"user"}"#))
            line.say(.text("!"))
            #expect(try await line.hear()?["error"]?.string == "Invalid JSON")
            _ = try await house.send(.delete, "/api/v1/statuses/\(id)", token)
            let frame = try #require(try await line.hear())
            #expect(frame["event"]?.string == "delete")
            #expect(frame["payload"]?.string == "\(id)")
            #expect(frame["stream"]?.elements.first?.string == "hashtag")
        }
    }

    @Test(arguments: [
        ("stream=everything", 400), ("stream=list&list=x", 404), ("stream=hashtag", 400),
        ("stream=user:notification", 403),
    ])
    func `a stream that cannot be had is an error frame, and the connection stays`(query: String, status: Int)
        async throws
    {
        let house = try await House.make()
        let token = try await house.token("read:statuses")
        try await open(house, upgrade("/api/v1/streaming?\(query)&access_token=\(token)")) { line in
            let frame = try #require(try await line.hear())
            #expect(frame["status"]?.int == status)
            #expect(frame["error"]?.string != nil)
            line.say(.text(#"{"type":"subscribe","stream":["user"]}"#))
            line.say(.text("!"))
            _ = try await line.hear()
            try await house.tellMark()
            #expect(try await line.hear()?["event"]?.string == "filters_changed")
            #expect(line.code == nil)
        }
    }

    @Test func `a binary message closes with 1003, and after token revoke the socket is closed`() async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let request = upgrade("/api/v1/streaming?stream=user&access_token=\(token)")
        try await open(house, request) { line in
            line.say(.binary([1]))
            let frame = try await line.hear()
            #expect(frame == nil)
            #expect(line.code == 1003)
        }
    }

    @Test func `trap streaming: after token revoke close the socket`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let request = upgrade("/api/v1/streaming?stream=user&access_token=\(token)")
        try await open(house, request) { line in
            _ = try await house.store.write { try OAuthTokens.removeAll(in: $0) }
            let frame = try await line.hear()
            #expect(frame == nil)
            #expect(line.code == 1008)
        }
        #expect(try await respond(house, request).status.code == 401)
    }

    @Test func `server-sent events come as lines, and end when the token is revoked`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        try await house.streaming {
            let response = try await respond(
                house,
                Request(.get, "/api/v1/streaming/user", fields: ["Authorization": "Bearer \(token)"]))
            #expect(response.status.code == 200)
            #expect(response.fields["Content-Type"] == "text/event-stream")
            #expect(response.fields.values("Cache-Control") == ["no-store"])
            #expect(response.fields["X-Accel-Buffering"] == "no")
            #expect(response.fields["Access-Control-Allow-Origin"] == "*")
            guard case .stream(let body, _) = response.body else { throw Missing() }
            #expect(try await body.next() == Array(":)\n".utf8))
            let id = try await house.post("Hello", token: token)
            let text = String(decoding: try #require(try await body.next()), as: UTF8.self)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 4 && lines[0] == "event: update" && lines[2] == "" && lines[3] == "")
            #expect(lines[1].hasPrefix("data: {\"id\":\"\(id)\""))
            let row = try #require(try house.api.authorize(token, .anyToken))
            try await house.store.write { $0.tell(.revoked([row.id])) }
            #expect(try await body.next() == nil)
        }
    }

    @Test func `an event stream that is silent shows that it lives`() async throws {
        let house = try await House.make()
        let seat = try house.reader("user", token: try await house.token())
        let body = EventStreamBody(seat, heartbeat: .zero)
        #expect(await body.next() == Array(":)\n".utf8))
        #expect(await body.next() == Array(":thump\n\n".utf8))
    }

    @Test(arguments: [
        ("user", "read", 200), ("user", "read:statuses", 200), ("user", "write", 403), ("user", "", 401),
        ("user/notification", "read:notifications", 200), ("user/notification", "read:statuses", 403),
        ("public", "read:statuses", 200), ("public/local", "read", 200), ("public/remote", "read", 200),
        ("public?only_media=true", "read", 200), ("direct", "read:statuses", 200),
        ("hashtag", "read", 400), ("hashtag?tag=cats", "read", 200), ("hashtag/local?tag=", "read", 400),
        ("hashtag", "", 401), ("hashtag/local?tag=cats", "read", 200), ("list", "read", 400),
        ("list?list=1", "read:lists", 200), ("list?list=1", "read:accounts", 403),
        ("list?list=x", "read", 404),
        ("nonsense", "read", 404),
    ])
    func `each event stream has its status`(path: String, scopes: String, status: Int) async throws {
        let house = try await House.make()
        var fields = Fields()
        if !scopes.isEmpty { fields.append("Authorization", "Bearer \(try await house.token(scopes))") }
        let response = try await respond(house, Request(.get, "/api/v1/streaming/\(path)", fields: fields))
        #expect(response.status.code == status)
        if status != 200 { #expect(response.fields["Content-Type"] == "application/json; charset=utf-8") }
    }

    @Test func `health is open to everybody`() async throws {
        let answer = try await House.make().get("/api/v1/streaming/health")
        #expect(answer.status == 200)
        #expect(answer.text == "OK")
    }

    @Test func `an answer that is never read gives its place back`() async throws {
        var limits = APILimits.standard
        limits.streamReaders = 1
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        for request in [
            Request(.head, "/api/v1/streaming/user?access_token=\(token)"),
            upgrade("/api/v1/streaming?access_token=\(token)"),
            Request(.get, "/api/v1/streaming/user?access_token=\(token)"),
        ] {
            #expect(try await respond(house, request).status.code < 300)
        }
        let kept = try await respond(house, Request(.get, "/api/v1/streaming/user?access_token=\(token)"))
        #expect(kept.status == .ok)
        let refused = try await respond(house, upgrade("/api/v1/streaming?access_token=\(token)"))
        #expect(refused.status.code == 503)
        // Holds the first answer until here.
        #expect(kept.body.length == nil)
    }
}
