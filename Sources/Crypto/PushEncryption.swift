/// Messages that push services carry and only the subscribed app can read, in both codings that apps ask for.
///
/// | coding | source | body | beside it |
/// |---|---|---|---|
/// | `aes128gcm` | RFC 8291, RFC 8188 | salt, record size, our point, one sealed record | nothing |
/// | `aesgcm` | draft-ietf-webpush-encryption-04 | one sealed record | salt in `Encryption`, our point in `Crypto-Key` |
package enum PushEncryption {
    /// Whom a message is for, as the app registered.
    package struct Recipient: Sendable {
        let key: P256Point
        let auth: [UInt8]

        /// - Throws: `KeyError.malformed` unless `key` is a point of 65 bytes on the curve and `auth` has 16 bytes
        ///   (RFC 8291 sections 3.1 and 3.2).
        package init(key: [UInt8], auth: [UInt8]) throws(KeyError) {
            guard auth.count == 16 else { throw .malformed }
            self.key = try P256Point(key)
            self.auth = auth
        }
    }

    /// What makes one message different from all others: a key pair and a salt, used once.
    package struct Envelope: Sendable {
        package let key: P256PrivateKey
        /// 16 bytes.
        package let salt: [UInt8]

        /// A new one.
        package init() throws {
            self.init(key: try P256PrivateKey.generate(), salt: RandomBytes.make(16))
        }

        init(key: P256PrivateKey, salt: [UInt8]) {
            self.key = key
            self.salt = salt
        }
    }

    /// A body is too long for a push service.
    package struct TooLong: Error, Equatable {
        package let bytes: Int
    }

    /// Longest body that every push service takes, in bytes. RFC 8030 section 7.2.
    package static let longestBody = 4_096
    /// Longest text that fits into a body of either coding, in bytes: the header of `aes128gcm` (RFC 8188 section 2.1,
    /// with a point as key id), the delimiter and the tag take the rest.
    package static let longestText = longestBody - 86 - 1 - AES128GCM.tagLength

    /// The body in the coding of the standard. RFC 8291 section 3.4.
    package static func aes128gcm(
        _ text: [UInt8], for recipient: Recipient, in envelope: Envelope
    ) throws -> [UInt8] {
        try checkLength(text)
        let secret = try envelope.key.sharedSecret(with: recipient.key)
        let point = envelope.key.point.bytes
        let input = HKDF.sha256(
            salt: recipient.auth, secret: secret,
            info: Array("WebPush: info\0".utf8) + recipient.key.bytes + point, count: 32)
        return try aes128gcm(text, input: input, salt: envelope.salt, keyID: point)
    }

    /// A single record and the header in front of it. RFC 8188 section 2.
    static func aes128gcm(
        _ text: [UInt8], input: [UInt8], salt: [UInt8], keyID: [UInt8], recordSize: UInt32 = 4_096
    ) throws -> [UInt8] {
        let key = HKDF.sha256(
            salt: salt, secret: input, info: Array("Content-Encoding: aes128gcm\0".utf8), count: 16)
        let nonce = HKDF.sha256(
            salt: salt, secret: input, info: Array("Content-Encoding: nonce\0".utf8), count: 12)
        let size = (0..<4).map { UInt8(truncatingIfNeeded: recordSize >> (24 - 8 * UInt32($0))) }
        let header = salt + size + [UInt8(keyID.count)] + keyID
        // 2 says that this is the last record.
        return header + (try AES128GCM.seal(text + [2], key: key, nonce: nonce))
    }

    /// The body in the coding from before the standard, sections 3 and 4 of the draft.
    package static func aesgcm(
        _ text: [UInt8], for recipient: Recipient, in envelope: Envelope
    ) throws -> [UInt8] {
        try checkLength(text)
        let secret = try envelope.key.sharedSecret(with: recipient.key)
        let input = HKDF.sha256(
            salt: recipient.auth, secret: secret, info: Array("Content-Encoding: auth\0".utf8), count: 32)
        let context =
            Array("P-256\0".utf8) + [0, 65] + recipient.key.bytes + [0, 65] + envelope.key.point.bytes
        let key = HKDF.sha256(
            salt: envelope.salt, secret: input, info: Array("Content-Encoding: aesgcm\0".utf8) + context,
            count: 16)
        let nonce = HKDF.sha256(
            salt: envelope.salt, secret: input, info: Array("Content-Encoding: nonce\0".utf8) + context,
            count: 12)
        // The length of the padding, of which there is none.
        return try AES128GCM.seal([0, 0] + text, key: key, nonce: nonce)
    }

    private static func checkLength(_ text: [UInt8]) throws(TooLong) {
        guard text.count <= longestText else { throw TooLong(bytes: text.count) }
    }
}
