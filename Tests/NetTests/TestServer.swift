import Basics
import Crypto
import Foundation
import Glibc
import HTTP
import Net
import Testing

/// A server on a port of this machine that the kernel chose.
final class TestServer: Sendable {
    let port: UInt16
    let server: Server
    private let serving: Task<Void, Never>

    private init(
        _ routes: [Route], limits: Limits, proxies: String, certificate: String?, uplink: Uplink?
    ) async throws {
        _ = Sockets.loop
        let socket = try ListeningSocket(.ipv4([127, 0, 0, 1], port: 0))
        port = TestServer.port(of: socket.fd)
        let server = Server(
            router: Router(routes), limits: limits, proxies: try #require(TrustedProxies(proxies)),
            uplink: uplink, log: .silent,
            fallback: { _, match in
                if case .methodNotAllowed = match {
                    .text(.methodNotAllowed, "no")
                } else {
                    .text(.notFound, "none")
                }
            },
            failed: { error, _ in .text((error as? BodyError)?.status ?? .internalServerError, "failed") })
        if let certificate {
            await server.use(
                try TLSContext.server(
                    certificatePEMFile: fixturePath("\(certificate).pem"),
                    keyPEMFile: fixturePath("\(certificate).key")))
        }
        self.server = server
        serving = Reactor.spawn { await server.serve([socket]) }
    }

    /// Serves while `body` runs; afterwards every task of the server has ended.
    static func run(
        _ routes: [Route] = standardRoutes, limits: Limits = .brisk, proxies: String = "",
        certificate: String? = nil, uplink: Uplink? = nil,
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let server = try await TestServer(
            routes, limits: limits, proxies: proxies, certificate: certificate, uplink: uplink)
        do {
            try await body(server)
        } catch {
            await server.end()
            throw error
        }
        await server.end()
        #expect(await server.server.load.connections == 0)
    }

    /// Returns when the server has ended by itself after `stop`.
    func ended() async {
        await serving.value
    }

    private func end() async {
        await server.stop()
        await server.closeAll()
        await serving.value
    }

    static func port(of fd: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(fd, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    static let standardRoutes = [
        Route(.get, "/hello") { request in .text(.ok, "hello \(request.peer)") },
        Route(.get, "/secure") { request in .text(.ok, "\(request.isSecure)") },
        Route(.get, "/fails") { _ in throw CancellationError() },
        Route(.post, "/echo", body: .buffered(limit: 1_000)) { request in
            Response(.ok, body: .bytes(try await request.body.collect(limit: 1_000)))
        },
        Route(.post, "/count", body: .streamed(limit: 1_000_000)) { request in
            .text(.ok, String(try await request.body.collect(limit: 1_000_000).count))
        },
        Route(.post, "/unread", body: .streamed(limit: 10_000_000)) { _ in .text(.ok, "not read") },
        Route(.get, "/pieces") { _ in
            Response(.ok, body: .stream(.of([Array("one".utf8), Array("three".utf8)])))
        },
    ]
}

extension Limits {
    /// Ordinary limits with deadlines that suit a test: long enough for a busy machine where nothing should
    /// time out.
    static let brisk: Limits = {
        var limits = Limits()
        limits.lingering = .milliseconds(100)
        limits.webSocketClose = .milliseconds(200)
        return limits
    }()

    func with(_ change: (inout Limits) -> Void) -> Limits {
        var limits = self
        change(&limits)
        return limits
    }
}

/// A certificate or key of the tests of Crypto.
func fixturePath(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "CryptoTests/Fixtures/\(name)").path()
}
