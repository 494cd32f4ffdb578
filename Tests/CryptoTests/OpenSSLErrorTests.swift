import Testing

@testable import Crypto

struct OpenSSLErrorTests {
    @Test func `a missing file is named with the reason`() {
        #expect(throws: OpenSSLError.self) {
            try TLSContext.server(
                certificatePEMFile: "/nonexistent/cert.pem", keyPEMFile: "/nonexistent/key.pem")
        }
        do {
            _ = try TLSContext.client(roots: .systemAnd(pemFile: "/nonexistent/roots.pem"))
        } catch let error as OpenSSLError {
            #expect(
                error.description.hasPrefix("reading the certificates to trust from /nonexistent/roots.pem: ")
            )
            #expect(error.reason.contains("No such file"))
        } catch {
            Issue.record("another error: \(error)")
        }
    }

    @Test func `taking an error leaves none behind`() {
        #expect(throws: (any Error).self) { try RSAPrivateKey(pem: fixture("rsa-2048-encrypted.pem")) }
        #expect(throws: KeyError.self) { try PublicKey(pem: fixture("p256-public.pem")) }
        #expect(throws: (any Error).self) { try RSAPrivateKey.generate(bits: 1) }
        #expect(OpenSSLError.takeReason() == nil)
    }
}
