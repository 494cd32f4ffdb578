import HTTP
import Synchronization
import Testing

@testable import Net

extension Sockets {
    /// Answers that are pulled instead of gathered.
    @Suite struct ClientOpeningTests {
        private func client(_ limits: Limits = .brisk) -> Client {
            _ = Sockets.loop
            return Client(
                limits: limits, addressGuard: AddressGuard(allowsPrivate: true), allowsPlainHTTP: true
            ) { throw CancellationError() }
        }

        private func get(_ port: UInt16, _ path: String = "/") throws -> OutboundRequest {
            OutboundRequest(url: try #require(WebURL("http://127.0.0.1:\(port)\(path)")))
        }

        private func collect(_ response: IncomingResponse) async throws -> [UInt8] {
            var body: [UInt8] = []
            while let piece = try await response.body.next() {
                #expect(!piece.isEmpty && piece.count <= 65_536)
                body += piece
            }
            #expect(try await response.body.next() == nil)
            return body
        }

        private func failure(_ body: () async throws -> Void) async -> SendError? {
            do {
                try await body()
                return nil
            } catch {
                return error as? SendError
            }
        }

        private static let film = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 11) }
        private static let routes =
            TestServer.standardRoutes + [
                Route(.get, "/film") { _ in Response(.ok, body: .bytes(film)) },
                Route(.get, "/empty") { _ in Response(.ok, body: .bytes([])) },
                Route(.get, "/moved") { _ in
                    var response = Response.text(.found, "it is elsewhere")
                    response.fields["Location"] = "/film"
                    return response
                },
            ]

        @Test func `bodies come in pieces, and one connection serves several`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = client()
                var request = try get(server.port, "/film")
                request.maxBody = Self.film.count
                for path in ["/film", "/moved"] {
                    request.url = try get(server.port, path).url
                    let response = try await client.open(request)
                    #expect(response.length == Self.film.count && response.url.path == "/film")
                    #expect(try await collect(response) == Self.film)
                }
                let pieces = try await client.open(get(server.port, "/pieces"))
                #expect(pieces.length == nil)
                #expect(try await collect(pieces) == Array("onethree".utf8))
                let empty = try await client.open(get(server.port, "/empty"))
                #expect(empty.length == 0)
                #expect(try await collect(empty).isEmpty)
                request.method = .head
                #expect(try await collect(client.open(request)).isEmpty)
                #expect(try await client.send(get(server.port, "/hello")).status == .ok)
                #expect(await server.server.load.connections == 1)
                #expect(await client.streams == 0)
            }
        }

        /// One that answers, and closes the connection when it is asked again there.
        private func forgetful() -> ScriptedServer {
            ScriptedServer(["HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npond"], listensFirst: true)
        }

        @Test func `what a server missed because it just closed an idle connection is asked again`()
            async throws
        {
            let opened = forgetful()
            let client = client()
            for _ in 0..<2 {
                #expect(try await collect(client.open(get(opened.port))) == Array("pond".utf8))
            }
            let sent = forgetful()
            for _ in 0..<2 { #expect(try await client.send(get(sent.port)).body == Array("pond".utf8)) }
            opened.stop()
            sent.stop()
        }

        @Test func `what may have changed something over there is never sent twice`() async throws {
            let server = forgetful()
            defer { server.stop() }
            let client = client()
            _ = try await client.send(get(server.port))
            var request = try get(server.port)
            (request.method, request.body) = (.post, Array("ribbit".utf8))
            let post = request
            guard case .disconnected = await failure({ _ = try await client.send(post) }) else {
                Issue.record("it was sent twice")
                return
            }
        }

        @Test func `a body without a length lasts until the end`() async throws {
            let server = ScriptedServer(["HTTP/1.1 200 OK\r\n\r\nribbit"])
            defer { server.stop() }
            let response = try await client().open(get(server.port))
            #expect(response.length == nil)
            #expect(try await collect(response) == Array("ribbit".utf8))
        }

        @Test(arguments: [
            "Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        ])
        func `a body that breaks off is an error and stays one`(answer: String) async throws {
            let server = ScriptedServer(["HTTP/1.1 200 OK\r\n\(answer)"])
            defer { server.stop() }
            let client = client()
            let response = try await client.open(get(server.port))
            #expect(try await response.body.next() == Array("abc".utf8))
            for _ in 0..<2 {
                guard case .disconnected = await failure({ _ = try await response.body.next() }) else {
                    Issue.record("not a broken connection")
                    return
                }
            }
            #expect(await client.streams == 0)
        }

        @Test func `a body that is longer than wanted is refused when announced, and ended when it comes`()
            async throws
        {
            try await TestServer.run(Self.routes) { server in
                let client = client()
                var request = try get(server.port, "/film")
                request.maxBody = Self.film.count - 1
                #expect(
                    await failure { _ = try await client.open(request) }
                        == .bodyTooLarge(limit: Self.film.count - 1))
                request = try get(server.port, "/pieces")
                request.maxBody = 7
                let response = try await client.open(request)
                #expect(await failure { _ = try await collect(response) } == .bodyTooLarge(limit: 7))
                #expect(await client.streams == 0)
                while await server.server.load.connections > 0 { await Task.yield() }
            }
        }

        @Test func `the address is looked at again after a redirect`() async throws {
            try await TestServer.run(Self.routes) { other in
                let there = "http://localhost:\(other.port)/hello"
                let routes = [Route(.get, "/") { _ in .redirect(.found, to: there) }]
                try await TestServer.run(routes) { server in
                    let client = client()
                    var request = try get(server.port)
                    request.prepare = { url in
                        if url.host != "127.0.0.1" {
                            await client.allow(AddressGuard(allowsPrivate: false), plainHTTP: true)
                        }
                        return Fields()
                    }
                    let refused = request
                    #expect(await failure { _ = try await client.open(refused) } == .addressRefused)
                    #expect(await other.server.load.requests == 0)
                }
            }
        }

        @Test func `a redirect whose body does not end costs its connection, and no more`() async throws {
            let end = ScriptedServer(["HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npond"])
            let answer = "Location: http://127.0.0.1:\(end.port)/\r\nContent-Length: 9999\r\n\r\nabc"
            let server = ScriptedServer(["HTTP/1.1 302 Found\r\n\(answer)"], hangsUp: false)
            defer {
                server.stop()
                end.stop()
            }
            #expect(try await collect(client().open(get(server.port))) == Array("pond".utf8))
        }

        @Test func `a server that hangs before the head is left at the deadline`() async throws {
            let server = ScriptedServer(["HTTP/1.1 200"], hangsUp: false)
            defer { server.stop() }
            var request = try get(server.port)
            request.deadline = .milliseconds(60)
            let asked = request
            let client = client()
            #expect(await failure { _ = try await client.open(asked) } == .timedOut)
            #expect(await client.streams == 0)
            // A film may take hours; what comes before it may not.
            let impatient = self.client(Limits.brisk.with { $0.exchange = .milliseconds(60) })
            request.deadline = .seconds(3_600)
            let patient = request
            #expect(await failure { _ = try await impatient.open(patient) } == .timedOut)
        }

        @Test func `a body that stops coming, or only drips, is given up`() async throws {
            let silent = Limits.brisk.with { $0.pieceIdle = .milliseconds(60) }
            let slow = Limits.brisk.with {
                $0.pulledRateFrom = .zero
                $0.pulledRate = 1 << 40
            }
            for limits in [silent, slow] {
                let server = ScriptedServer(
                    ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\na"], hangsUp: false)
                defer { server.stop() }
                let response = try await client(limits).open(get(server.port))
                #expect(await failure { _ = try await collect(response) } == .timedOut)
            }
        }

        @Test func `a reader that does not ask for the rest loses it`() async throws {
            try await TestServer.run(Self.flood()) { server in
                let client = client(Limits.brisk.with { $0.unpulled = .milliseconds(60) })
                let response = try await client.open(get(server.port))
                while await server.server.load.connections > 0 { await Task.yield() }
                #expect(await client.streams == 0)
                #expect(await failure { _ = try await collect(response) } == .timedOut)
            }
        }

        /// An endless body.
        private static func flood(made: (@Sendable () -> Void)? = nil) -> [Route] {
            [
                Route(.get, "/") { _ in
                    Response(
                        .ok,
                        body: .stream(
                            BodyStream {
                                made?()
                                return [UInt8](repeating: 7, count: 60_000)
                            }))
                }
            ]
        }

        @Test func `what is not asked for is not taken from the other side`() async throws {
            let made = Mutex(0)
            let routes = Self.flood { made.withLock { $0 += 1 } }
            let limits = Limits.brisk.with { $0.writeIdle = .milliseconds(60) }
            try await TestServer.run(routes, limits: limits) { server in
                var request = try get(server.port)
                request.maxBody = .max
                let response = try await client().open(request)
                _ = try await response.body.next()
                // The server gives up on who takes nothing: so it was held up.
                while await server.server.load.connections > 0 { await Task.yield() }
                #expect(made.withLock { $0 } * 60_000 < 64 << 20)
                response.close()
            }
        }

        @Test(arguments: [true, false])
        func `who does not want the rest ends the connection`(says: Bool) async throws {
            try await TestServer.run(Self.flood()) { server in
                let client = client()
                var response: IncomingResponse? = try await client.open(get(server.port))
                _ = try await response?.body.next()
                if says { response?.close() }
                response = nil
                while await server.server.load.connections > 0 { await Task.yield() }
                while await client.streams > 0 { await Task.yield() }
            }
        }

        @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
        func `a task that is cancelled leaves no connection behind`(answer: String) async throws {
            let server = ScriptedServer([answer], hangsUp: false)
            defer { server.stop() }
            let client = client()
            let request = try get(server.port)
            let begun = AsyncStream<Void>.makeStream()
            let task = Task {
                if answer.isEmpty { begun.continuation.yield() }
                let response = try await client.open(request)
                _ = try await response.body.next()
                begun.continuation.yield()
                return try await response.body.next()
            }
            for await _ in begun.stream { break }
            task.cancel()
            #expect(await failure { _ = try await task.value } == .cancelled)
            while await client.streams > 0 { await Task.yield() }
        }

        @Test func `more bodies than allowed at once are refused, and hold nobody else up`() async throws {
            try await TestServer.run(Self.flood() + Self.routes) { server in
                let client = client(Limits.brisk.with { $0.outboundStreams = 1 })
                let first = try await client.open(get(server.port))
                let request = try get(server.port, "/pieces")
                #expect(await failure { _ = try await client.open(request) } == .overloaded)
                #expect(try await client.send(get(server.port, "/hello")).status == .ok)
                first.close()
                while await client.streams > 0 { await Task.yield() }
                #expect(try await collect(client.open(request)) == Array("onethree".utf8))
            }
        }
    }
}
