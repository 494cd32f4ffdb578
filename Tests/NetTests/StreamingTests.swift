import HTTP
import Net
import Synchronization
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

        /// Answers `pieces` as a stream that says it is `length` bytes long.
        private func sized(_ pieces: [String], _ length: Int) -> [Route] {
            [
                Route(.get, "/") { _ in
                    Response(.ok, body: .stream(.of(pieces.map { Array($0.utf8) }), length: length))
                }
            ]
        }

        @Test func `a stream of known length is sent as it is, and the connection stays`() async throws {
            let routes = sized(["one", "", "three"], 8) + TestServer.standardRoutes
            try await TestServer.run(routes) { server in
                let client = try RawClient(port: server.port)
                for _ in 0..<2 {
                    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                    let (head, body) = try client.readResponse()
                    #expect(body == "onethree" && head.contains("Content-Length: 8\r\n"))
                    #expect(!head.contains("Transfer-Encoding") && !head.contains("Connection"))
                }
                client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readHead().contains("Content-Length: 8\r\n"))
                #expect(try client.readResponse().body == "hello 127.0.0.1")
            }
        }

        @Test(arguments: [
            (["one"], 8, "one"), ([], 8, ""), (["one", "three", "x"], 8, "onethree"), (["nine"], 3, ""),
        ])
        func `a stream that is not as long as it said ends the connection, never beyond that`(
            pieces: [String], length: Int, sent: String
        ) async throws {
            try await TestServer.run(sized(pieces, length)) { server in
                let client = try RawClient(port: server.port)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readHead().contains("Content-Length: \(length)\r\n"))
                #expect(try client.readAll() == sent)
            }
        }

        @Test func `stopping lets a stream of known length come to its end`() async throws {
            let gate = Gate()
            let routes = [
                Route(.get, "/") { _ in
                    let pieces = Mutex(["one", "two"])
                    let stream = BodyStream {
                        await gate.pass()
                        return pieces.withLock { $0.popLast() }.map { Array($0.utf8) }
                    }
                    return Response(.ok, body: .stream(stream, length: 6))
                }
            ]
            try await TestServer.run(routes) { server in
                let client = try RawClient(port: server.port)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                await gate.awaitEntry()
                await server.server.stop()
                for _ in 0..<3 { gate.open() }
                #expect(try client.readResponse().body == "twoone")
                await server.ended()
            }
        }
    }
}
