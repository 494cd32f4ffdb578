import Crypto
import HTTP
import Storage

/// A message on its way to a push service, RFC 8030, in the coding that the app asked for.
enum PushRequest {
    /// For the whole exchange.
    private static let deadline = Duration.seconds(15)
    /// Most that is read of the answer, in bytes; only its status matters.
    private static let answer = 65_536

    /// - Parameters:
    ///   - text: what only the app can read.
    ///   - link: where the subscription can be ended.
    static func make(
        _ text: [UInt8], to subscription: PushSubscription, at url: WebURL,
        _ credentials: PushTokens.Credentials, link: String, userAgent: String
    ) throws -> OutboundRequest {
        let recipient = try PushEncryption.Recipient(key: subscription.key, auth: subscription.auth)
        let envelope = try PushEncryption.Envelope()
        var fields: Fields = [
            "Content-Type": "application/octet-stream",
            "TTL": String(Pushes.lifetime.components.seconds),
            "Urgency": "normal",
            "Unsubscribe-URL": link,
            "User-Agent": userAgent,
        ]
        let body: [UInt8]
        if subscription.isStandard {
            // RFC 8291 and RFC 8292.
            body = try PushEncryption.aes128gcm(text, for: recipient, in: envelope)
            fields.append("Content-Encoding", "aes128gcm")
            fields.append("Authorization", "vapid t=\(credentials.token),k=\(credentials.key)")
        } else {
            // draft-ietf-webpush-encryption-04 and draft-ietf-webpush-vapid-01.
            body = try PushEncryption.aesgcm(text, for: recipient, in: envelope)
            fields.append("Content-Encoding", "aesgcm")
            fields.append("Encryption", "salt=\(Base64.encodeURL(envelope.salt))")
            fields.append(
                "Crypto-Key",
                "dh=\(Base64.encodeURL(envelope.key.point.bytes));p256ecdsa=\(credentials.key)")
            fields.append("Authorization", "WebPush \(credentials.token)")
        }
        return OutboundRequest(
            method: .post, url: url, fields: fields, body: body, maxBody: answer, redirects: 0,
            deadline: deadline)
    }
}
