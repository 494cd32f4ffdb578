import Crypto
import Foundation
import Glibc
import HTTP
import Testing

@testable import Net

extension Sockets {
    /// Bodies that are files.
    @Suite struct FileSendingTests {
        private static let content = (0..<900_000).map { UInt8(truncatingIfNeeded: $0 / 7) }

        /// Calls `body` with the path of a file that has `content`, and is gone afterwards.
        private func withFile(_ body: (String) async throws -> Void) async throws {
            let path = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString)")
                .path()
            try Data(Self.content).write(to: URL(fileURLWithPath: path))
            defer { unlink(path) }
            try await body(path)
        }

        @Test func `a file whose name is gone is still sent`() async throws {
            try await withFile { path in
                let file = try #require(OpenFile(sending: path))
                unlink(path)
                let routes = [
                    Route(.get, "/all") { _ in Response(.ok, body: .openFile(file, range: 0..<900_000)) },
                    Route(.get, "/part") { _ in
                        Response(.partialContent, body: .openFile(file, range: 300_001..<800_000))
                    },
                ]
                try await TestServer.run(routes) { server in
                    // Small buffers, so that the kernel takes little at a time.
                    let client = try RawClient(port: server.port, buffer: 4_096)
                    for _ in 0..<2 {
                        client.send("GET /all HTTP/1.1\r\nHost: h\r\n\r\n")
                        #expect(try client.readHead().contains("Content-Length: 900000\r\n"))
                        #expect(try client.read(900_000) == Self.content)
                        client.send("GET /part HTTP/1.1\r\nHost: h\r\n\r\n")
                        #expect(try client.readHead().contains("Content-Length: 499999\r\n"))
                        #expect(try client.read(499_999) == Array(Self.content[300_001..<800_000]))
                    }
                }
            }
        }

        @Test func `a file is encrypted on its way where the connection is`() async throws {
            try await withFile { path in
                let routes = [
                    Route(.get, "/") { _ in
                        Response(.ok, body: .file(path: path, range: 0..<900_000))
                    }
                ]
                try await TestServer.run(routes, certificate: "pond") { server in
                    let client = Client(
                        limits: .brisk, addressGuard: AddressGuard(allowsPrivate: true),
                        allowsPlainHTTP: false
                    ) { try TLSContext.client(roots: .systemAnd(pemFile: fixturePath("root.pem"))) }
                    let url = try #require(WebURL("https://127.0.0.1:\(server.port)/"))
                    #expect(try await client.send(OutboundRequest(url: url)).body == Self.content)
                }
            }
        }

        @Test func `a link is no file to send`() async throws {
            try await withFile { path in
                let link = path + ".link"
                #expect(symlink(path, link) == 0)
                defer { unlink(link) }
                #expect(OpenFile(sending: link) == nil && OpenFile(sending: path) != nil)
            }
        }

        @Test func `a reader that takes nothing of a file is cut`() async throws {
            try await withFile { path in
                // As much as no kernel takes by itself.
                let file = try #require(OpenFile(sending: path))
                #expect(truncate(path, 64 << 20) == 0)
                let routes = [
                    Route(.get, "/") { _ in Response(.ok, body: .openFile(file, range: 0..<64 << 20)) }
                ]
                let limits = Limits.brisk.with { $0.writeIdle = .milliseconds(60) }
                try await TestServer.run(routes, limits: limits) { server in
                    let client = try RawClient(port: server.port, buffer: 4_096)
                    client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                    _ = try client.readHead()
                    while await server.server.load.connections > 0 { await Task.yield() }
                }
            }
        }
    }
}
