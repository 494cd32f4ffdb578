import Crypto
import Testing

struct TLSTicketTests {
    /// One client and one server, as between two houses.
    let client: TLSContext
    let server: TLSContext

    init() throws {
        client = try .client(roots: .systemAnd(pemFile: fixturePath("root.pem")))
        server = try .server(certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("pond.key"))
    }

    private func connect(
        to host: String = "pond.example", at other: TLSContext? = nil, with ticket: TLSTicket? = nil
    ) throws -> TLSPair {
        let pair = TLSPair(
            client: try TLSSession(client: client, host: host, resuming: ticket),
            server: TLSSession(server: other ?? server))
        try pair.shakeHands()
        // Tickets come with the first read.
        _ = try pair.client.readAll()
        return pair
    }

    @Test func `a ticket resumes, again and again`() throws {
        var ticket = try connect().client.ticket
        for _ in 0..<5 {
            let pair = try connect(with: ticket)
            #expect(pair.client.wasResumed)
            #expect(pair.server.wasResumed)
            try pair.client.write("hello")
            pair.carry()
            #expect(try pair.server.readAll().bytes == Array("hello".utf8))
            ticket = pair.client.ticket
        }
    }

    @Test func `a ticket stays good after a close in good order and after none`() throws {
        var pair: TLSPair? = try connect()
        var ticket = try #require(pair?.client.ticket)
        pair?.client.shutdown()
        pair = nil
        pair = try connect(with: ticket)
        #expect(pair?.client.wasResumed == true)
        ticket = try #require(pair?.client.ticket)
        pair = nil
        #expect(try connect(with: ticket).client.wasResumed)
    }

    @Test func `a ticket for another host is not used`() throws {
        let ticket = try #require(try connect().client.ticket)
        let pair = try connect(to: "a.wild.example", with: ticket)
        #expect(!pair.client.wasResumed)
    }

    @Test func `a server that does not know the ticket shows its certificate`() throws {
        let ticket = try #require(try connect().client.ticket)
        let other = try TLSContext.server(
            certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("pond.key"))
        let pair = try connect(at: other, with: ticket)
        #expect(!pair.client.wasResumed)
        #expect(pair.client.ticket != nil)
    }

    @Test func `the server's side has no ticket`() throws {
        #expect(try connect().server.ticket == nil)
    }
}
