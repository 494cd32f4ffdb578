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
        ]

        private static func upgrade(_ request: Request, _ handler: @escaping WebSocketHandler) -> Response {
            switch WebSocketHandshake.answer(request, sha1: { Digest.sha1($0) }) {
            case .accept(let fields):
                Response(.switchingProtocols, fields: fields, body: .webSocket(protocol: nil, handler))
            case .refuse(let response): response
            }
        }

        private func connect(_ server: TestServer, _ path: String = "/echo") throws -> RawClient {
            let client = try RawClient(port: server.port)
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

        @Test func `a silent client is pinged, and dropped when it stays silent`() async throws {
            let limits = Limits.brisk.with { $0.webSocketPing = .milliseconds(40) }
            try await TestServer.run(Self.routes, limits: limits) { server in
                let client = try connect(server)
                #expect(try client.read(2) == [0x89, 0])
                client.send(frame(0x8A, []))
                #expect(try client.read(2) == [0x89, 0], "a pong keeps it for another turn")
                #expect(try client.read(4) == [0x88, 2, 0x03, 0xE8])
                #expect(try client.readAll() == "")
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
