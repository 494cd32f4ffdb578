import Crypto
import HTTP
import Net
import Testing

extension Sockets {
    @Suite struct WebSocketConnectionTests {
        private static let routes = [
            Route(.get, "/echo") { request in
                upgrade(request) { channel in
                    while let message = await channel.receive() {
                        // A client that is gone ends the loop by itself.
                        try? await channel.send(message)
                    }
                }
            },
            Route(.get, "/leave") { request in
                upgrade(request) { channel in
                    _ = await channel.receive()
                    await channel.close(4_000)
                }
            },
            // One message of so many bytes for each that comes.
            Route(.get, "/much/:count") { request in
                let count = Int(request.parameters["count"] ?? "") ?? 0
                return upgrade(request) { channel in
                    while await channel.receive() != nil {
                        // A client that is too slow ends the loop by itself.
                        try? await channel.send(.binary([UInt8](repeating: 7, count: count)))
                    }
                }
            },
            Route(.get, "/stalled") { request in
                upgrade(request) { channel in
                    _ = await channel.receive()
                    // Queued in any case, and more than any kernel takes.
                    try? await channel.send(.binary([UInt8](repeating: 7, count: 16 << 20)))
                    await channel.close(4_000)
                    await channel.close(4_001)
                    #expect(await channel.receive() == nil)
                    await #expect(throws: (any Error).self) { try await channel.send(.text("late")) }
                }
            },
        ]

        /// A handler that does not receive, and says when its task is cancelled.
        private static func deaf(_ cancelled: AsyncStream<Void>.Continuation) -> Route {
            Route(.get, "/deaf") { request in
                upgrade(request) { channel in
                    try? await channel.send(.text("here"))
                    for await _ in AsyncStream<Void>.makeStream().stream {}  // ends when cancelled
                    if Task.isCancelled { cancelled.yield() }
                }
            }
        }

        private static func upgrade(_ request: Request, _ handler: @escaping WebSocketHandler) -> Response {
            switch WebSocketHandshake.answer(request, sha1: { Digest.sha1($0) }) {
            case .accept(let fields):
                Response(.switchingProtocols, fields: fields, body: .webSocket(protocol: nil, handler))
            case .refuse(let response): response
            }
        }

        private func connect(
            _ server: TestServer, _ path: String = "/echo", buffer: Int32? = nil
        ) throws -> RawClient {
            let client = try RawClient(port: server.port, buffer: buffer)
            client.send(
                "GET \(path) HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
            let head = try client.readHead()
            // The key and its answer are those of RFC 6455 section 1.3.
            #expect(head.hasPrefix("HTTP/1.1 101 ") && head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
            #expect(!head.contains("Content-Length") && !head.contains("Transfer-Encoding"))
            return client
        }

        /// A frame as a client sends it: masked.
        private func frame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
            let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
            var frame = [first]
            if payload.count < 126 {
                frame.append(0x80 | UInt8(payload.count))
            } else {
                frame += [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
            }
            return frame + mask + payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
        }

        @Test func `what is said comes back, whole and in pieces`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try connect(server)
                client.send(frame(0x81, Array("ribbit".utf8)))
                #expect(try client.read(8) == [0x81, 6] + Array("ribbit".utf8))
                client.send(frame(0x02, [1, 2]) + frame(0x00, []) + frame(0x80, [3]))
                #expect(try client.read(5) == [0x82, 3, 1, 2, 3])
                let long = [UInt8](repeating: 65, count: 5_000)
                client.send(frame(0x81, long))
                #expect(try client.read(5_004) == [0x81, 126, 0x13, 0x88] + long)
            }
        }

        @Test func `a ping is answered with its own words`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try connect(server)
                client.send(frame(0x89, [7, 8]))
                #expect(try client.read(4) == [0x8A, 2, 7, 8])
            }
        }

        @Test func `a client that closes gets its code back, and then the end`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try connect(server)
                client.send(frame(0x88, [0x03, 0xE9]))
                #expect(try client.read(4) == [0x88, 2, 0x03, 0xE9])
                client.finish()
                #expect(try client.readAll() == "")
            }
        }

        @Test func `a handler may end it with a code of its own`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try connect(server, "/leave")
                client.send(frame(0x81, []))
                #expect(try client.read(4) == [0x88, 2, 0x0F, 0xA0])
                // The client does not answer; the connection ends all the same.
                #expect(try client.readAll() == "")
            }
        }

        @Test(
            arguments: [
                ([0x81, 0x01, 0x41], 1_002), ([0xF1, 0x80, 0, 0, 0, 0], 1_002),
                ([0x81, 0xFF, 0, 0, 0, 0, 1, 0, 0, 0, 1, 2, 3, 4], 1_009),
            ] as [([UInt8], UInt16)])
        func `what is against the rules closes with its code`(bytes: [UInt8], code: UInt16) async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try connect(server)
                client.send(bytes)
                #expect(try client.read(4) == [0x88, 2, UInt8(code >> 8), UInt8(code & 0xFF)])
            }
        }

        @Test func `trap streaming: who is silent is pinged, then dropped`() async throws {
            let limits = Limits.brisk.with { $0.webSocketPing = .milliseconds(40) }
            try await TestServer.run(Self.routes, limits: limits) { server in
                let client = try connect(server)
                #expect(try client.read(2) == [0x89, 0])
                client.send(frame(0x8A, []))
                #expect(try client.read(2) == [0x89, 0], "a pong keeps it for another turn")
                #expect(try client.readAll() == "")
            }
        }

        @Test func `who talks is pinged all the same, and words are no pong`() async throws {
            let limits = Limits.brisk.with { $0.webSocketPing = .milliseconds(40) }
            try await TestServer.run(Self.routes, limits: limits) { server in
                let client = try connect(server)
                var pings = 0
                while let opcode = try? client.read(2) {
                    if opcode == [0x89, 0] { pings += 1 } else { #expect(opcode == [0x81, 0]) }
                    client.send(frame(0x81, []))
                }
                #expect(pings == 1)
            }
        }

        @Test func `a message that takes longer than a ping comes whole`() async throws {
            let limits = Limits.brisk.with { $0.webSocketPing = .milliseconds(30) }
            try await TestServer.run(Self.routes, limits: limits) { server in
                let client = try connect(server)
                client.send(frame(0x01, Array("rib".utf8)))
                for _ in 0..<3 {
                    #expect(try client.read(2) == [0x89, 0])
                    client.send(frame(0x8A, []))
                }
                client.send(frame(0x80, Array("bit".utf8)))
                var head = try client.read(2)
                while head == [0x89, 0] {
                    client.send(frame(0x8A, []))
                    head = try client.read(2)
                }
                #expect(try head + client.read(6) == [0x81, 6] + Array("ribbit".utf8))
            }
        }

        @Test func `more than the queue holds closes with 1013`() async throws {
            let limits = Limits.brisk.with { $0.webSocketQueue = 1_000 }
            try await TestServer.run(Self.routes, limits: limits) { server in
                let client = try connect(server, "/much/900")
                client.send(frame(0x81, []))
                #expect(try client.read(4 + 900).starts(with: [0x82, 126]))
                let other = try connect(server, "/much/1001")
                other.send(frame(0x81, []))
                #expect(try other.read(4) == [0x88, 2, 0x03, 0xF5])
                #expect(try other.readAll() == "")
                client.send(frame(0x81, []))
                #expect(try client.read(4 + 900).count == 904, "others are not touched")
            }
        }

        @Test func `who takes nothing is cut soon after its queue is full`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try connect(server, "/much/60000", buffer: 4_096)
                // In answers more than twice what the kernel and the queue take; the limit of a write is far away.
                let asking = frame(0x81, [])
                for _ in 0..<15 { client.send(asking) }
                while await server.server.load.connections > 0 { await Task.yield() }
            }
        }

        @Test func `closing while a write is stalled takes no longer than closing may`() async throws {
            let limits = Limits.brisk.with { $0.webSocketQueue = 32 << 20 }
            try await TestServer.run(Self.routes, limits: limits) { server in
                let client = try connect(server, "/stalled", buffer: 4_096)
                client.send(frame(0x81, []))
                while await server.server.load.connections > 0 { await Task.yield() }
            }
        }

        @Test func `who takes nothing of a write is cut at its limit`() async throws {
            let limits = Limits.brisk.with {
                $0.webSocketQueue = 32 << 20
                $0.writeIdle = .milliseconds(60)
            }
            try await TestServer.run(Self.routes, limits: limits) { server in
                let client = try connect(server, "/much/16000000", buffer: 4_096)
                client.send(frame(0x81, []))
                while await server.server.load.connections > 0 { await Task.yield() }
            }
        }

        @Test func `what was queued before the close still comes, in order`() async throws {
            let routes = [
                Route(.get, "/burst") { request in
                    Self.upgrade(request) { channel in
                        for number in 0..<50 { try? await channel.send(.binary([UInt8(number)])) }
                        await channel.close(1_000)
                    }
                }
            ]
            try await TestServer.run(routes) { server in
                let client = try connect(server, "/burst")
                for number in 0..<50 { #expect(try client.read(3) == [0x82, 1, UInt8(number)]) }
                #expect(try client.read(4) == [0x88, 2, 0x03, 0xE8])
            }
        }

        @Test func `a handler that listens to nobody is cancelled when the server stops`() async throws {
            let cancelled = AsyncStream<Void>.makeStream()
            try await TestServer.run([Self.deaf(cancelled.continuation)]) { server in
                let client = try connect(server, "/deaf")
                #expect(try client.read(6) == [0x81, 4] + Array("here".utf8))
                await server.server.stop()
                #expect(try client.read(4) == [0x88, 2, 0x03, 0xE9])
                client.finish()
                for await _ in cancelled.stream { break }
                await server.ended()
            }
        }

        @Test func `stopping says goodbye with 1001 and waits no longer than closing may`() async throws {
            try await TestServer.run(Self.routes) { server in
                let polite = try connect(server)
                let silent = try connect(server)
                await server.server.stop()
                for client in [polite, silent] {
                    #expect(try client.read(4) == [0x88, 2, 0x03, 0xE9])
                }
                polite.send(frame(0x88, [0x03, 0xE9]))
                polite.finish()
                #expect(try polite.readAll() == "")
                await server.ended()
            }
        }

        @Test func `who talks on after the close does not hold the connection`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try connect(server, "/leave")
                client.send(frame(0x81, []))
                _ = try client.read(4)
                let words = frame(0x81, [UInt8](repeating: 65, count: 4_000))
                while await server.server.load.connections > 0 { client.send(words) }
                #expect(await server.server.load.connections == 0)
            }
        }

        @Test func `an ordinary request is refused`() async throws {
            try await TestServer.run(Self.routes) { server in
                let client = try RawClient(port: server.port)
                client.send("GET /echo HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(try client.readResponse().head.hasPrefix("HTTP/1.1 426 "))
            }
        }
    }
}
