import Crypto
import Testing

struct RSAKeyTests {
    @Test func `a key goes to text and back`() throws {
        let key = try RSAPrivateKey.generate(bits: 2048)
        #expect(key.bits == 2048)
        #expect(key.pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(key.publicPEM.hasPrefix("-----BEGIN PUBLIC KEY-----\n"))
        #expect(key.publicPEM.hasSuffix("\n-----END PUBLIC KEY-----\n"))

        let again = try RSAPrivateKey(pem: key.pem)
        #expect(again.pem == key.pem)
        #expect(again.publicPEM == key.publicPEM)
        #expect(try again.sign([1, 2, 3]) == key.sign([1, 2, 3]))
    }

    @Test func `the text is the one that OpenSSL writes`() throws {
        let key = try RSAPrivateKey(pem: fixture("rsa-2048.pem"))
        #expect(try key.pem == fixture("rsa-2048.pem"))
        #expect(try key.publicPEM == fixture("rsa-2048-public.pem"))
        #expect(try RSAPrivateKey(pem: fixture("rsa-2048-pkcs1.pem")).pem == key.pem)
    }

    @Test(arguments: [[], [0], Array("a message".utf8), [UInt8](repeating: 9, count: 100_000)])
    func `what is signed can be verified`(message: [UInt8]) throws {
        let key = try RSAPrivateKey(pem: fixture("rsa-2048.pem"))
        #expect(try key.publicKey.verify(key.sign(message), of: message, using: .rsaSHA256))
        #expect(try key.publicKey.verify(key.sign(message, .sha512), of: message, using: .rsaSHA512))
    }

    @Test(arguments: [
        "rsa-2048-encrypted.pem", "rsa-2048-pkcs1-encrypted.pem", "rsa-2048-public.pem", "pond.key",
        "encrypted.key",
        "pond.pem",
    ])
    func `other keys are refused, and nobody is asked for a password`(name: String) throws {
        let pem = try fixture(name)
        #expect(throws: (any Error).self) { try RSAPrivateKey(pem: pem) }
    }

    @Test(.enabled(if: SharedVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `a key with primes of unequal length is understood`() throws {
        let vectors = try SharedVectors.load("rfc9421-appendix-b.json", as: MessageSignatureVectors.self)
        let pem = try #require(vectors.keys["test-key-rsa"])
        let key = try RSAPrivateKey(pem: #require(pem.privatePEM))
        let publicKey = try PublicKey(pem: #require(pem.publicPEM))
        #expect(try publicKey.verify(key.sign([1, 2, 3]), of: [1, 2, 3], using: .rsaSHA256))
    }
}
