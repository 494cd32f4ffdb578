import Testing

@testable import Crypto

struct PublicKeyTests {
    @Test func `both frames of an RSA key hold the same key`() throws {
        let message = Array("hello".utf8)
        let signature = try RSAPrivateKey(pem: fixture("rsa-2048.pem")).sign(message)
        for name in ["rsa-2048-public.pem", "rsa-2048-public-pkcs1.pem"] {
            let key = try PublicKey(pem: fixture(name))
            #expect(key.kind == .rsa(bits: 2048))
            #expect(key.verify(signature, of: message, using: .rsaSHA256))
        }
    }

    @Test func `an Ed25519 key is read`() throws {
        #expect(try PublicKey(pem: fixture("ed25519-public.pem")).kind == .ed25519)
    }

    @Test func `a key survives what servers do to its lines`() throws {
        let pem = try fixture("rsa-2048-public.pem")
        for other in [
            pem.replacing("\n", with: "\r\n"), String(pem.dropLast()), pem.replacing("\n", with: "\\n"),
            pem.replacing("\n", with: ""), "\n" + pem + "\n\n",
        ] {
            #expect(try PublicKey(pem: other).kind == .rsa(bits: 2048))
        }
    }

    static let refused: [(String, KeyError)] = [
        ("rsa-1024-public.pem", .unacceptableSize(bits: 1024)),
        ("rsa-long-exponent-public.pem", .unacceptableExponent),
        ("p256-public.pem", .unsupportedAlgorithm),
        ("rsa-2048.pem", .wrongKind),
        ("rsa-2048-pkcs1.pem", .wrongKind),
        ("pond.pem", .wrongKind),
        ("make-fixtures", .notPEM),
    ]

    @Test(arguments: refused)
    func `other keys are refused`(name: String, error: KeyError) {
        #expect(throws: error) { try PublicKey(pem: fixture(name)) }
    }

    @Test func `no change of a single byte of the frame makes it crash, and no cut makes it a key`() throws {
        let block = try PEMBlock(fixture("rsa-2048-public.pem"))
        func pem(_ bytes: some Collection<UInt8>) -> String {
            "-----BEGIN PUBLIC KEY-----\n\(Base64.encode(bytes))\n-----END PUBLIC KEY-----\n"
        }
        #expect(try PublicKey(pem: pem(block.bytes)).kind == .rsa(bits: 2048))
        for index in block.bytes.indices {
            #expect(throws: KeyError.self) { try PublicKey(pem: pem(block.bytes[..<index])) }
            for bit in 0..<8 where index < 40 {
                var bytes = block.bytes
                bytes[index] ^= 1 << bit
                // Most are refused; a change inside of the modulus gives another key of the same size.
                if let key = try? PublicKey(pem: pem(bytes)) {
                    #expect(key.verify([UInt8](repeating: 1, count: 256), of: [], using: .rsaSHA256) == false)
                }
            }
        }
        #expect(throws: KeyError.malformed) { try PublicKey(pem: pem(block.bytes + [0])) }
    }

    @Test func `nothing may follow a key in its block`() throws {
        let block = try PEMBlock(fixture("rsa-2048-public-pkcs1.pem"))
        func pem(_ bytes: [UInt8]) -> String {
            "-----BEGIN RSA PUBLIC KEY-----\(Base64.encode(bytes))-----END RSA PUBLIC KEY-----"
        }
        #expect(try PublicKey(pem: pem(block.bytes)).kind == .rsa(bits: 2048))
        #expect(throws: KeyError.malformed) { try PublicKey(pem: pem(block.bytes + [0])) }
    }

    @Test func `a raw Ed25519 key has 32 bytes`() {
        #expect(throws: KeyError.malformed) { try PublicKey(ed25519: [UInt8](repeating: 1, count: 31)) }
        #expect(throws: KeyError.malformed) { try PublicKey(ed25519: [UInt8](repeating: 1, count: 33)) }
    }
}
