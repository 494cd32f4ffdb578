import COpenSSL
import Testing

@testable import Crypto

struct PushEncryptionTests {
    private struct PushExample: Decodable {
        var plaintext: String
        var as_private: String
        var as_public: String
        var ua_private: String
        var ua_public: String
        var auth_secret: String
        var salt: String
        var message: String
    }

    private struct RecordExamples: Decodable {
        struct Case: Decodable {
            var ikm: String
            var keyid: String
            var rs: UInt32
            var plaintext_text: String
            var salt: String?
            var message: String
        }
        var cases: [Case]
    }

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64.decodeLenient(text)) }

    /// The key with these halves, by way of RFC 5915.
    private func key(_ scalar: [UInt8], _ point: [UInt8]) throws -> P256PrivateKey {
        let curve: [UInt8] = [0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]
        return try P256PrivateKey(
            der: [0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20] + scalar + curve + [0xa1, 0x44, 0x03, 0x42, 0x00]
                + point)
    }

    @Test(.enabled(if: SharedVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the example of RFC 8291 comes out`() throws {
        let example = try SharedVectors.load("rfc8291-appendix-a.json", as: PushExample.self)
        let recipient = try PushEncryption.Recipient(
            key: bytes(example.ua_public), auth: bytes(example.auth_secret))
        let envelope = PushEncryption.Envelope(
            key: try key(bytes(example.as_private), bytes(example.as_public)), salt: try bytes(example.salt))
        let message = try PushEncryption.aes128gcm(bytes(example.plaintext), for: recipient, in: envelope)
        #expect(Base64.encodeURL(message) == example.message)
    }

    @Test(.enabled(if: SharedVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the example of RFC 8188 with one record comes out`() throws {
        // The other one has several records, which a push message must not have (RFC 8291 section 4).
        let example = try SharedVectors.load("rfc8188-section-3.json", as: RecordExamples.self).cases[0]
        let message = try PushEncryption.aes128gcm(
            Array(example.plaintext_text.utf8), input: bytes(example.ikm),
            salt: bytes(try #require(example.salt)), keyID: [], recordSize: example.rs)
        #expect(Base64.encodeURL(message) == example.message)
    }

    @Test(arguments: [0, 1, 41, PushEncryption.longestText])
    func `the app reads what was sealed in the older coding`(length: Int) throws {
        let text = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        let app = try P256PrivateKey.generate()
        let auth = RandomBytes.make(16)
        let envelope = try PushEncryption.Envelope()
        let sealed = try PushEncryption.aesgcm(
            text, for: PushEncryption.Recipient(key: app.point.bytes, auth: auth), in: envelope)
        #expect(sealed.count <= PushEncryption.longestBody)

        // draft-ietf-webpush-encryption-04, from the app's side and written out step by step.
        func expand(_ key: [UInt8], _ info: [UInt8], _ count: Int) -> [UInt8] {
            Array(HMAC.sha256(key: key, message: info + [1]).prefix(count))
        }
        let shared = try app.sharedSecret(with: envelope.key.point)
        let input = expand(
            HMAC.sha256(key: auth, message: shared), Array("Content-Encoding: auth".utf8) + [0], 32)
        let extracted = HMAC.sha256(key: envelope.salt, message: input)
        let context =
            Array("P-256".utf8) + [0, 0, 65] + app.point.bytes + [0, 65] + envelope.key.point.bytes
        let key = expand(extracted, Array("Content-Encoding: aesgcm".utf8) + [0] + context, 16)
        let nonce = expand(extracted, Array("Content-Encoding: nonce".utf8) + [0] + context, 12)
        #expect(open(sealed, key, nonce) == [0, 0] + text)
        var spoilt = sealed
        spoilt[0] ^= 1
        #expect(open(spoilt, key, nonce) == nil)
    }

    @Test func `the longest text makes the longest body, and no more is taken`() throws {
        let app = try P256PrivateKey.generate()
        let recipient = try PushEncryption.Recipient(key: app.point.bytes, auth: RandomBytes.make(16))
        let text = [UInt8](repeating: 7, count: PushEncryption.longestText)
        let envelope = try PushEncryption.Envelope()
        #expect(try PushEncryption.aes128gcm(text, for: recipient, in: envelope).count == 4_096)
        let error = PushEncryption.TooLong(bytes: text.count + 1)
        #expect(throws: error) { try PushEncryption.aes128gcm(text + [1], for: recipient, in: envelope) }
        #expect(throws: error) { try PushEncryption.aesgcm(text + [1], for: recipient, in: envelope) }
    }

    @Test func `a recipient has a point of the curve and sixteen bytes more`() throws {
        let point = try P256PrivateKey.generate().point.bytes
        #expect(throws: KeyError.malformed) {
            try PushEncryption.Recipient(key: point, auth: [UInt8](repeating: 1, count: 15))
        }
        #expect(throws: KeyError.malformed) {
            try PushEncryption.Recipient(
                key: Array(point.dropFirst()), auth: [UInt8](repeating: 1, count: 16))
        }
    }

    @Test func `no two envelopes are alike`() throws {
        let one = try PushEncryption.Envelope()
        let other = try PushEncryption.Envelope()
        #expect(one.salt.count == 16 && one.salt != other.salt && one.key.point != other.key.point)
    }

    /// What OpenSSL decrypts, or nil when the tag does not fit.
    private func open(_ sealed: [UInt8], _ key: [UInt8], _ nonce: [UInt8]) -> [UInt8]? {
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var text = [UInt8](repeating: 0, count: sealed.count - 16)
        var tag = Array(sealed.suffix(16))
        var written: CInt = 0
        guard EVP_DecryptInit_ex(context, EVP_aes_128_gcm(), nil, key, nonce) == 1,
            EVP_DecryptUpdate(context, &text, &written, sealed, CInt(sealed.count - 16)) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, &tag) == 1
        else { return nil }
        var rest: [UInt8] = [0]
        let isWhole = EVP_DecryptFinal_ex(context, &rest, &written) == 1
        ERR_clear_error()
        return isWhole ? text : nil
    }
}
