import Crypto
import HTTP
import Storage
import Testing

@testable import MastodonAPI

@Suite struct PushRequestTests {
    private func request(isStandard: Bool, _ text: [UInt8] = Array("hello".utf8)) throws -> OutboundRequest {
        let subscription = PushSubscription(
            token: 1, accessToken: "t", endpoint: "https://push.example/x",
            key: try P256PrivateKey.generate().point.bytes, auth: RandomBytes.make(16),
            isStandard: isStandard,
            alerts: [], policy: .all)
        return try PushRequest.make(
            text, to: subscription, at: #require(WebURL(subscription.endpoint)),
            PushTokens.Credentials(token: "a.b.c", key: "KEY"), link: "https://home.example/end",
            userAgent: "test")
    }

    @Test(arguments: [true, false])
    func `every message says how long it is good and how to end it`(isStandard: Bool) throws {
        let request = try request(isStandard: isStandard)
        #expect(request.method == .post && request.url.string == "https://push.example/x")
        #expect(request.redirects == 0)
        for (name, value) in [
            ("TTL", "172800"), ("Urgency", "normal"), ("Content-Type", "application/octet-stream"),
            ("Unsubscribe-URL", "https://home.example/end"), ("User-Agent", "test"),
        ] {
            #expect(request.fields[name] == value)
        }
    }

    @Test func `the standard coding carries all in its body`() throws {
        let request = try request(isStandard: true)
        #expect(request.fields["Content-Encoding"] == "aes128gcm")
        #expect(request.fields["Authorization"] == "vapid t=a.b.c,k=KEY")
        #expect(request.fields["Encryption"] == nil && request.fields["Crypto-Key"] == nil)
        #expect(request.body.count == 86 + 5 + 1 + 16)
    }

    @Test func `trap 16: who asked for the older coding gets it, salt and key in their fields`() throws {
        let request = try request(isStandard: false)
        #expect(request.fields["Content-Encoding"] == "aesgcm")
        #expect(request.fields["Authorization"] == "WebPush a.b.c")
        let salt = try #require(request.fields["Encryption"])
        #expect(salt.hasPrefix("salt=") && Base64.decodeLenient(salt.dropFirst(5))?.count == 16)
        let keys = try #require(request.fields["Crypto-Key"]).split(separator: ";")
        #expect(keys.count == 2 && keys[1] == "p256ecdsa=KEY")
        #expect(keys[0].hasPrefix("dh=") && Base64.decodeLenient(keys[0].dropFirst(3))?.count == 65)
        #expect(!salt.dropFirst(5).contains("=") && !keys[0].dropFirst(3).contains("="))
        #expect(request.body.count == 2 + 5 + 16)
    }

    @Test func `what is too long for a push service is not sent`() {
        #expect(throws: PushEncryption.TooLong.self) {
            try request(isStandard: true, [UInt8](repeating: 1, count: 4_096))
        }
    }
}
