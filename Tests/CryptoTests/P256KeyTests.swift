import COpenSSL
import Testing

@testable import Crypto

struct P256KeyTests {
    @Test func `a key is the same after it was written and read`() throws {
        let key = try P256PrivateKey.generate()
        let other = try P256PrivateKey.generate()
        let read = try P256PrivateKey(pem: key.pem)
        #expect(read.point == key.point)
        #expect(key.point != other.point)
        #expect(key.point.bytes.count == 65 && key.point.bytes[0] == 4)
        #expect(try read.sharedSecret(with: other.point) == key.sharedSecret(with: other.point))
    }

    @Test func `both sides agree on the same secret`() throws {
        let one = try P256PrivateKey.generate()
        let other = try P256PrivateKey.generate()
        let third = try P256PrivateKey.generate()
        let secret = try one.sharedSecret(with: other.point)
        #expect(secret.count == 32)
        #expect(try secret == other.sharedSecret(with: one.point))
        #expect(try secret != other.sharedSecret(with: third.point))
    }

    @Test func `a signature is r and s of 32 bytes each, and is good for its message alone`() throws {
        let key = try P256PrivateKey.generate()
        // Leading zeros of r or s must stay: one signature in 128 has some.
        for number in 0..<300 {
            let message = Array("message \(number)".utf8)
            let signature = try key.sign(message)
            #expect(signature.count == 64)
            #expect(try verify(signature, of: message, by: key.point))
            #expect(try !verify(signature, of: message + [0], by: key.point))
        }
    }

    @Test func `what is no point of the curve is no key`() throws {
        let good = try P256PrivateKey.generate().point.bytes
        var off = good
        off[64] ^= 1
        for bad in [
            [], Array(good.dropLast()), good + [0], [5] + good.dropFirst(), off,
            [4] + [UInt8](repeating: 0, count: 64),
        ] {
            #expect(throws: KeyError.malformed) { try P256Point(bad) }
        }
    }

    @Test func `keys of other kinds and broken texts are refused`() throws {
        let rsa = try RSAPrivateKey.generate(bits: 2048).pem
        #expect(throws: KeyError.unsupportedAlgorithm) { try P256PrivateKey(pem: rsa) }
        #expect(throws: KeyError.notPEM) { try P256PrivateKey(pem: "") }
        #expect(throws: (any Error).self) {
            try P256PrivateKey(pem: "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")
        }
    }

    /// OpenSSL's own verification, which wants DER.
    private func verify(_ signature: [UInt8], of message: [UInt8], by point: P256Point) throws -> Bool {
        let parsed = ECDSA_SIG_new()
        defer { ECDSA_SIG_free(parsed) }
        let r = BN_bin2bn(Array(signature[..<32]), 32, nil)
        let s = BN_bin2bn(Array(signature[32...]), 32, nil)
        #expect(ECDSA_SIG_set0(parsed, r, s) == 1)
        var der: UnsafeMutablePointer<UInt8>?
        let length = i2d_ECDSA_SIG(parsed, &der)
        defer { CRYPTO_free(der, nil, 0) }
        let key = try point.makeKey()
        defer { EVP_PKEY_free(key) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        #expect(EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1)
        let isGood = EVP_DigestVerify(context, der, Int(length), message, message.count) == 1
        ERR_clear_error()
        return isGood
    }
}
