import Foundation
import Glibc
import HTTP
import Synchronization
import Testing

@testable import Net

extension Sockets {
    @Suite struct UplinkTests {
        private static let size = 400_000
        private static let content = [UInt8](repeating: 7, count: size)

        /// The same bytes as each kind of body, all of which count.
        private func routes(_ path: String) throws -> [Route] {
            let file = try #require(OpenFile(sending: path))
            let bodies: [(String, @Sendable () -> ResponseBody)] = [
                ("/bytes", { .bytes(Self.content) }),
                ("/file", { .file(path: path, range: 0..<Self.size) }),
                ("/open", { .openFile(file, range: 0..<Self.size) }),
                ("/stream", { .stream(.of([Self.content]), length: Self.size) }),
                ("/chunks", { .stream(.of([Self.content])) }),
            ]
            return TestServer.standardRoutes
                + bodies.map { path, body in
                    Route(.get, path) { _ in
                        var response = Response(.ok, body: body())
                        response.isFile = true
                        return response
                    }
                }
        }

        private func withRoutes(_ body: ([Route]) async throws -> Void) async throws {
            let path = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString)")
                .path()
            try Data(Self.content).write(to: URL(fileURLWithPath: path))
            defer { unlink(path) }
            try await body(routes(path))
        }

        private func ask(_ server: TestServer, _ path: String) throws -> RawClient {
            let client = try RawClient(port: server.port)
            client.send("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n")
            return client
        }

        @Test func `0 is no bound`() {
            #expect(Uplink(bytesPerSecond: 0) == nil && Uplink(bytesPerSecond: 1) != nil)
        }

        @Test(arguments: ["/bytes", "/file", "/open", "/stream", "/chunks"])
        func `two readers together stay within the bound, and others are answered meanwhile`(
            path: String
        ) async throws {
            try await withRoutes { routes in
                let rate = 2_000_000
                let uplink = try #require(Uplink(bytesPerSecond: rate))
                let begun = MonotonicTime.now()
                try await TestServer.run(routes, uplink: uplink) { server in
                    let readers = [try ask(server, path), try ask(server, path)]
                    for reader in readers { #expect(try reader.readHead().hasPrefix("HTTP/1.1 200 ")) }
                    #expect(try ask(server, "/hello").readResponse().body == "hello 127.0.0.1")
                    // All of it at this rate takes longer than this did, so it came in between.
                    let answered = begun.duration(to: .now())
                    for reader in readers {
                        _ = try reader.read(Self.size)
                        reader.finish()
                    }
                    let free = rate / 4 + 2 * uplink.piece
                    let shortest = Double(2 * Self.size - free) / Double(rate)
                    let took = begun.duration(to: .now())
                    #expect(took >= .seconds(shortest))
                    #expect(answered < took)
                }
            }
        }

        @Test func `who waits is not a stalled reader`() async throws {
            try await withRoutes { routes in
                let limits = Limits.brisk.with { $0.writeIdle = .milliseconds(20) }
                let uplink = try #require(Uplink(bytesPerSecond: 800_000))
                try await TestServer.run(routes, limits: limits, uplink: uplink) { server in
                    let reader = try ask(server, "/file")
                    _ = try reader.readHead()
                    #expect(try reader.read(Self.size) == Self.content)
                }
            }
        }

        @Test(arguments: ["/bytes", "/file", "/stream"])
        func `who goes while waiting waits no longer`(path: String) async throws {
            try await withRoutes { routes in
                // So slow that the second piece would take a quarter of an hour.
                let uplink = try #require(Uplink(bytesPerSecond: 16))
                try await TestServer.run(routes, uplink: uplink) { server in
                    let readers = [try ask(server, path), try ask(server, path)]
                    for reader in readers { _ = try reader.readHead() }
                    readers[1].finish()
                    while await server.server.load.connections > 1 { await Task.yield() }
                    readers[0].reset()
                    while await server.server.load.connections > 0 { await Task.yield() }
                }
            }
        }

        @Test func `those who wait share alike`() async throws {
            let uplink = try #require(Uplink(bytesPerSecond: 4_000_000))
            let order = Order()
            // What gathered is used up, so that both wait from the first piece on.
            _ = await uplink.take(1_000_001)
            await withTaskGroup(of: Void.self) { group in
                for name in ["a", "b"] {
                    group.addTask {
                        for _ in 0..<10 {
                            _ = await uplink.take(uplink.piece)
                            order.names.withLock { $0.append(name) }
                        }
                    }
                }
            }
            let early = order.names.withLock { $0 }.prefix(16)
            #expect(abs(early.count { $0 == "a" } - early.count { $0 == "b" }) <= 2)
        }

        private final class Order: Sendable {
            let names = Mutex<[String]>([])
        }
    }
}
