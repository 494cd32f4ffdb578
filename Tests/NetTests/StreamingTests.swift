import HTTP
import Net
import Testing

extension Sockets {
    /// Responses without an end of their own, such as server-sent events.
    @Suite struct StreamingTests {
        /// A stream whose pieces come from the test, and that says when it was cancelled.
        private struct Source {
            let pieces = AsyncStream<[UInt8]>.makeStream()
            let cancelled = AsyncStream<Void>.makeStream()

            var routes: [Route] {
                let (pieces, cancelled) = (pieces.stream, cancelled.continuation)
                return [
                    Route(.get, "/events") { _ in
                        Response(
                            .ok,
                            body: .stream(
                                BodyStream {
                                    var iterator = pieces.makeAsyncIterator()
                                    let piece = await iterator.next()
                                    if Task.isCancelled { cancelled.yield() }
                                    return piece
                                }))
                    }
                ]
            }

            func say(_ text: String) { pieces.continuation.yield(Array(text.utf8)) }

            func awaitCancellation() async {
                for await _ in cancelled.stream { return }
            }
        }

        private func listen(_ server: TestServer) throws -> RawClient {
            let client = try RawClient(port: server.port)
            client.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try client.readHead().contains("Transfer-Encoding: chunked"))
            return client
        }

        @Test func `a stream that has nothing to say for long goes on`() async throws {
            let source = Source()
            let limits = Limits.brisk.with {
                $0.writeIdle = .milliseconds(20)
                $0.keepAliveIdle = .milliseconds(20)
                $0.newConnectionIdle = .milliseconds(60)
            }
            try await TestServer.run(source.routes, limits: limits) { server in
                let client = try listen(server)
                // Somebody who says nothing is the clock: the server closes that connection.
                #expect(try RawClient(port: server.port).readAll() == "")
                source.say("one")
                #expect(try client.read(8) == Array("3\r\none\r\n".utf8))
                #expect(try RawClient(port: server.port).readAll() == "")
                source.pieces.continuation.finish()
                #expect(try client.read(5) == Array("0\r\n\r\n".utf8))
            }
        }

        @Test(arguments: [false, true])
        func `a reader that goes ends the stream while nothing is said`(isRude: Bool) async throws {
            let source = Source()
            try await TestServer.run(source.routes) { server in
                let client = try listen(server)
                if isRude { client.reset() } else { client.finish() }
                await source.awaitCancellation()
                while await server.server.load.connections > 0 { await Task.yield() }
            }
        }

        @Test func `what the reader sends meanwhile does not end the stream, and is served after it`()
            async throws
        {
            let source = Source()
            try await TestServer.run(source.routes) { server in
                let client = try listen(server)
                client.send("GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n")
                source.say("one")
                source.pieces.continuation.finish()
                #expect(try client.read(13) == Array("3\r\none\r\n0\r\n\r\n".utf8))
                #expect(try client.readResponse().head.hasPrefix("HTTP/1.1 404 "))
            }
        }

        @Test func `stopping ends a stream at once`() async throws {
            let source = Source()
            try await TestServer.run(source.routes) { server in
                let client = try listen(server)
                await server.server.stop()
                #expect(try client.readAll() == "0\r\n\r\n")
                await server.ended()
            }
        }

        private static let flood = [
            Route(.get, "/flood") { _ in
                Response(.ok, body: .stream(BodyStream { [UInt8](repeating: 7, count: 60_000) }))
            }
        ]

        @Test func `stopping does not wait for a reader that takes nothing`() async throws {
            let limits = Limits.brisk.with { $0.streamEnd = .milliseconds(60) }
            try await TestServer.run(Self.flood, limits: limits) { server in
                let client = try RawClient(port: server.port, buffer: 4_096)
                client.send("GET /flood HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try client.readHead()
                await server.server.stop()
                await server.ended()
            }
        }

        @Test func `a reader that takes nothing is cut at the limit of a write`() async throws {
            let limits = Limits.brisk.with { $0.writeIdle = .milliseconds(60) }
            try await TestServer.run(Self.flood, limits: limits) { server in
                let client = try RawClient(port: server.port, buffer: 4_096)
                client.send("GET /flood HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = try client.readHead()
                while await server.server.load.connections > 0 { await Task.yield() }
            }
        }

        @Test func `who has no more requests still gets a stream that has an end`() async throws {
            let pieces = (0..<20).map { _ in [UInt8](repeating: 65, count: 10_000) }
            let routes = [Route(.get, "/pieces") { _ in Response(.ok, body: .stream(.of(pieces))) }]
            try await TestServer.run(routes) { server in
                let client = try RawClient(port: server.port, buffer: 4_096)
                client.send("GET /pieces HTTP/1.1\r\nHost: h\r\n\r\n")
                client.finish()
                let answer = try client.readAll()
                #expect(answer.utf8.count { $0 == 65 } == 200_000 && answer.hasSuffix("0\r\n\r\n"))
            }
        }
    }
}
