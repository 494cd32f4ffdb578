import Crypto
import Testing

/// Who is let through as the other side.
struct TLSPeerTests {
    @Test(arguments: ["pond.example", "POND.example", "any.wild.example", "127.0.0.1", "::1", "[::1]"])
    func `the names and addresses of the certificate are accepted`(host: String) throws {
        let pair = try TLSPair(host: host)
        try pair.shakeHands()
    }

    @Test(arguments: [
        "stranger.example", "pond.example.org", "a.pond.example", "wild.example", "a.b.wild.example", "pond",
        "localhost",
        ".pond.example", "example", "127.1", "2130706433",
    ])
    func `another name is refused`(host: String) throws {
        let pair = try TLSPair(host: host)
        #expect(throws: TLSError.certificate("hostname mismatch")) { try pair.shakeHands() }
        // The server learns of it.
        pair.carry()
        #expect(throws: TLSError.self) { try pair.server.handshake() }
    }

    @Test(arguments: ["127.0.0.2", "::2", "[fe80::1]"])
    func `another address is refused`(host: String) throws {
        #expect(throws: TLSError.certificate("IP address mismatch")) { try TLSPair(host: host).shakeHands() }
    }

    @Test(arguments: [
        "", "pond.example\u{0}.org", "pond example", "pond\u{e9}.example", "[::1", "::1]", "pond.example:443",
        String(repeating: "a", count: 254),
    ])
    func `what cannot be verified is not tried`(host: String) {
        #expect(throws: TLSError.protocolError("the host's name cannot be verified")) {
            try TLSPair(host: host)
        }
    }

    @Test func `an unknown root is refused`() throws {
        #expect(throws: TLSError.certificate("unable to get local issuer certificate")) {
            try TLSPair(root: "stranger").shakeHands()
        }
    }

    @Test func `an expired certificate is refused`() throws {
        #expect(throws: TLSError.certificate("certificate has expired")) {
            try TLSPair(certificate: "expired").shakeHands()
        }
    }

    @Test func `a name in the subject alone does not count`() throws {
        #expect(throws: TLSError.certificate("hostname mismatch")) {
            try TLSPair(certificate: "nameless").shakeHands()
        }
    }

    @Test func `the roots of the system alone do not cover our own`() throws {
        let server = try TLSContext.server(
            certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("pond.key"))
        let pair = TLSPair(
            client: try TLSSession(client: .client(roots: .system), host: "pond.example"),
            server: TLSSession(server: server))
        #expect(throws: TLSError.certificate("unable to get local issuer certificate")) {
            try pair.shakeHands()
        }
    }
}
