import COpenSSL
import Testing

@testable import Crypto

struct TLSContextTests {
    /// A ClientHello by hand. RFC 5246 §7.4.1.2: this newest version, no extensions but those given.
    private func clientHello(version: UInt8, extensions: [UInt8] = []) -> [UInt8] {
        // secp256r1, and ECDSA with SHA-256 and SHA-1, which every version from 1.0 to 1.2 can do.
        let common: [UInt8] = [0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 6, 0, 4, 4, 3, 2, 3]
        let all = common + extensions
        // ECDHE-ECDSA with AES-128-GCM-SHA256 (1.2), AES-256-CBC-SHA and AES-128-CBC-SHA (any).
        let ciphers: [UInt8] = [0xc0, 0x2b, 0xc0, 0x0a, 0xc0, 0x09]
        var body: [UInt8] = [3, version] + [UInt8](repeating: 7, count: 32) + [0]
        body += [0, UInt8(ciphers.count)] + ciphers + [1, 0]
        body += [0, UInt8(all.count)] + all
        return [0x16, 3, 1, 0, UInt8(body.count + 4), 1, 0, 0, UInt8(body.count)] + body
    }

    private func answer(to hello: [UInt8]) throws -> (error: TLSError?, bytes: [UInt8]) {
        let context = try TLSContext.server(
            certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("pond.key"))
        // At the usual level OpenSSL refuses old versions by itself; here it shall be us.
        SSL_CTX_set_security_level(context.context, 0)
        let server = TLSSession(server: context)
        hello.withUnsafeBytes { server.receive($0) }
        do throws(TLSError) {
            _ = try server.handshake()
            return (nil, server.takeOutgoing())
        } catch {
            return (error, server.takeOutgoing())
        }
    }

    @Test(arguments: [UInt8(1), 2])
    func `a client that knows only TLS 1.0 or 1.1 is refused`(version: UInt8) throws {
        let answer = try answer(to: clientHello(version: version))
        #expect(answer.error == .protocolError("unsupported protocol"))
        // A fatal alert, protocol_version.
        #expect(answer.bytes.suffix(2) == [2, 70])
    }

    @Test func `the same client with TLS 1.2 gets a ServerHello`() throws {
        let answer = try answer(to: clientHello(version: 3))
        #expect(answer.error == nil)
        #expect(answer.bytes.starts(with: [0x16, 3, 3]))
        // ServerHello, and the version in it.
        #expect(Array(answer.bytes.dropFirst(5).prefix(1)) == [2])
        #expect(Array(answer.bytes.dropFirst(9).prefix(2)) == [3, 3])
    }

    @Test func `a client that wants only HTTP 2 is refused`() throws {
        let h2: [UInt8] = [0, 16, 0, 5, 0, 3, 2] + Array("h2".utf8)
        let both: [UInt8] = [0, 16, 0, 14, 0, 12, 2] + Array("h2".utf8) + [8] + Array("http/1.1".utf8)
        let refusal = try answer(to: clientHello(version: 3, extensions: h2))
        // A fatal alert, no_application_protocol.
        #expect(refusal.bytes.suffix(2) == [2, 120])
        #expect(try answer(to: clientHello(version: 3, extensions: both)).error == nil)
    }

    @Test(arguments: [UInt8(1), 2])
    func `a server that wants TLS 1.0 or 1.1 is refused`(version: UInt8) throws {
        let context = try TLSContext.client(roots: .system)
        SSL_CTX_set_security_level(context.context, 0)
        let client = try TLSSession(client: context, host: "pond.example")
        _ = try client.handshake()
        let body: [UInt8] = [3, version] + [UInt8](repeating: 7, count: 32) + [0, 0xc0, 0x09, 0]
        let hello: [UInt8] = [0x16, 3, version, 0, UInt8(body.count + 4), 2, 0, 0, UInt8(body.count)] + body
        hello.withUnsafeBytes { client.receive($0) }
        #expect(throws: TLSError.protocolError("unsupported protocol")) { try client.handshake() }
    }

    @Test func `a certificate needs its own key`() throws {
        #expect(throws: OpenSSLError.self) {
            try TLSContext.server(
                certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("expired.key"))
        }
    }

    @Test func `an encrypted key is an error`() throws {
        #expect(throws: OpenSSLError.self) {
            try TLSContext.server(
                certificatePEMFile: fixturePath("pond.pem"), keyPEMFile: fixturePath("encrypted.key"))
        }
    }

    @Test func `a file without certificates is no root`() throws {
        #expect(throws: OpenSSLError.self) {
            try TLSContext.client(roots: .systemAnd(pemFile: fixturePath("pond.key")))
        }
    }
}
