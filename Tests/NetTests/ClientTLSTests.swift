import Crypto
import HTTP
import Net
import Testing

extension Sockets {
    /// The certificate `pond` is for pond.example and 127.0.0.1, signed by the root of the tests.
    @Suite struct ClientTLSTests {
        private func client(limits: Limits = .brisk, root: String = "root") -> Client {
            _ = Sockets.loop
            return Client(
                limits: limits, addressGuard: AddressGuard(allowsPrivate: true), allowsPlainHTTP: false
            ) {
                try TLSContext.client(roots: .systemAnd(pemFile: fixturePath("\(root).pem")))
            }
        }

        private func request(_ port: UInt16, host: String = "127.0.0.1") throws -> OutboundRequest {
            OutboundRequest(url: try #require(WebURL("https://\(host):\(port)/secure")))
        }

        private func isRefused(_ client: Client, _ request: OutboundRequest) async -> Bool {
            do throws(SendError) {
                _ = try await client.send(request)
                return false
            } catch {
                if case .tls = error { return true }
                Issue.record("not refused for its certificate but for \(error)")
                return false
            }
        }

        @Test func `the right certificate is accepted, and the connection used again`() async throws {
            try await TestServer.run(certificate: "pond") { server in
                let client = client()
                for _ in 0..<2 {
                    let response = try await client.send(request(server.port))
                    #expect(response.status == .ok && response.body == Array("true".utf8))
                }
                #expect(await server.server.load.connections == 1)
            }
        }

        @Test func `a long body passes both ways`() async throws {
            try await TestServer.run(
                [
                    Route(.post, "/back", body: .buffered(limit: 1 << 20)) { request in
                        Response(.ok, body: .bytes(try await request.body.collect(limit: 1 << 20)))
                    }
                ], certificate: "pond"
            ) { server in
                var request = OutboundRequest(
                    method: .post, url: try #require(WebURL("https://127.0.0.1:\(server.port)/back")))
                request.body = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                #expect(try await client().send(request).body == request.body)
            }
        }

        @Test(arguments: ["expired", "nameless"])
        func `a bad certificate is refused`(name: String) async throws {
            try await TestServer.run(certificate: name) { server in
                let refused = try await isRefused(client(), request(server.port))
                #expect(refused)
                #expect(await server.server.load.requests == 0)
            }
        }

        @Test func `a certificate for another host is refused`() async throws {
            try await TestServer.run(certificate: "pond") { server in
                let refused = try await isRefused(client(), request(server.port, host: "localhost"))
                #expect(refused)
                #expect(await server.server.load.requests == 0)
            }
        }

        @Test func `a certificate of an unknown authority is refused`() async throws {
            try await TestServer.run(certificate: "pond") { server in
                let refused = try await isRefused(client(root: "stranger"), request(server.port))
                #expect(refused)
                #expect(await server.server.load.requests == 0)
            }
        }

        @Test func `a server that speaks no TLS is refused`() async throws {
            try await TestServer.run { server in
                let refused = try await isRefused(client(), request(server.port))
                #expect(refused)
            }
        }

        @Test func `a server that says nothing is left at the exchange's deadline`() async throws {
            let server = ScriptedServer([""], hangsUp: false)
            defer { server.stop() }
            var request = try request(server.port)
            request.deadline = .milliseconds(80)
            await #expect(throws: SendError.connectionFailed("timed out")) {
                try await client().send(request)
            }
        }

        @Test func `a redirect into the open is not followed`() async throws {
            try await TestServer.run(
                [Route(.get, "/secure") { _ in .redirect(.found, to: "http://127.0.0.1/") }],
                certificate: "pond"
            ) { server in
                await #expect(throws: SendError.plainHTTPRefused) {
                    try await client().send(try request(server.port))
                }
            }
        }

        @Test func `a server takes a new certificate while it runs`() async throws {
            try await TestServer.run(certificate: "expired") { server in
                let refused = try await isRefused(client(), request(server.port))
                #expect(refused)
                await server.server.use(
                    try TLSContext.server(
                        certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("pond.key")))
                #expect(try await client().send(request(server.port)).status == .ok)
            }
        }
    }
}
