import Crypto
import HTTP
import Testing

@testable import Net

extension Sockets {
    @Suite struct OutboundConnectionTests {
        @Loop private func exchange(
            port: UInt16, context: TLSContext, ticket: TLSTicket?
        ) async throws -> (wasResumed: Bool, ticket: TLSTicket?) {
            let deadline = MonotonicTime.after(.seconds(5))
            let stream = try await ByteStream.connect(to: .ipv4([127, 0, 0, 1], port: port), until: deadline)
            defer { stream.close() }
            let session = try TLSSession(client: context, host: "127.0.0.1", resuming: ticket)
            try await stream.secure(session, until: deadline)
            let url = try #require(WebURL("https://127.0.0.1:\(port)/hello"))
            let connection = OutboundConnection(stream, origin: url.origin)
            let (response, isReusable) = try await connection.exchange(
                OutboundRequest(url: url), fields: Fields(), limits: .brisk, until: deadline)
            #expect(response.status == .ok && isReusable)
            return (session.wasResumed, session.ticket)
        }

        @Test func `a second connection resumes the first one's session`() async throws {
            try await TestServer.run(certificate: "pond") { server in
                let context = try TLSContext.client(roots: .systemAnd(pemFile: fixturePath("root.pem")))
                let first = try await exchange(port: server.port, context: context, ticket: nil)
                #expect(!first.wasResumed)
                let ticket = try #require(first.ticket)
                let second = try await exchange(port: server.port, context: context, ticket: ticket)
                #expect(second.wasResumed)
            }
        }
    }
}
