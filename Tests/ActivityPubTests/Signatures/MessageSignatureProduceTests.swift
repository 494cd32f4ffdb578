import ActivityPub
import Crypto
import HTTP
import Testing

struct MessageSignatureProduceTests {
    private let body = Array(SignatureVectors.body.utf8)

    private var fields: Fields {
        [
            "Content-Digest": ContentDigest.structuredHeader(for: body),
            "Content-Type": "application/activity+json", "Collection-Synchronization": "x",
        ]
    }

    private func produce(
        _ method: Method, _ address: String, others: [String] = [], fields: Fields
    ) throws -> Fields {
        try MessageSignature.produce(
            method: method, url: try #require(WebURL(address)), fields: fields, others: others,
            created: SignatureVectors.moment, keyID: SignatureVectors.keyID, key: TestSender.rsaKey.get())
    }

    private func verify(_ method: Method, _ target: String, _ fields: Fields, body: [UInt8]) throws
        -> SignatureVerifier
    {
        let request = SignedRequest(
            method: method, target: target, host: "remote.example", fields: fields, body: body)
        let verifier = try SignatureVerifier(request, now: SignatureVectors.moment)
        let sender = try verifier.verify(
            key: TestSender.rsaKey.get().publicKey, keyOwner: "https://islet.example/actor")
        #expect(sender.keyID == SignatureVectors.keyID)
        return verifier
    }

    @Test func `a POST of ours can be verified`() throws {
        let signed = try produce(.post, "https://remote.example/inbox", fields: fields)
        #expect(
            signed["Signature-Input"]
                == #"sig1=("@method" "@target-uri" "@authority" "content-type" "content-digest")"#
                + #";created=1618884475;keyid="https://islet.example/actor#main-key";alg="rsa-v1_5-sha256""#)
        #expect(signed["Signature"]?.hasPrefix("sig1=:") == true)
        #expect(signed.count == 2)
        _ = try verify(.post, "/inbox", Fields(fields.map { ($0, $1) } + signed.map { ($0, $1) }), body: body)
    }

    @Test func `further fields can be signed`() throws {
        let name = "collection-synchronization"
        let signed = try produce(.post, "https://remote.example/inbox", others: [name], fields: fields)
        let all = Fields(fields.map { ($0, $1) } + signed.map { ($0, $1) })
        #expect(try verify(.post, "/inbox", all, body: body).covers(name))
    }

    @Test func `a GET of ours can be verified`() throws {
        let signed = try produce(.get, "https://Remote.example:443/users/b?page=2", fields: Fields())
        #expect(
            signed["Signature-Input"]?.hasPrefix(#"sig1=("@method" "@target-uri" "@authority");created="#)
                == true)
        _ = try verify(.get, "/users/b?page=2", signed, body: [])
    }

    @Test func `a field that is to be signed must be there`() {
        #expect(throws: SignatureFault.signedFieldAbsent) {
            try produce(.post, "https://remote.example/inbox", fields: Fields())
        }
    }

    @Test func `what others sign as RFC 9421 says is verified`() throws {
        let input =
            #"sig1=("@method" "@target-uri" "content-digest");created=1618884475;"#
            + #"keyid="https://islet.example/actor#main-key";alg="rsa-v1_5-sha256""#
        let request = SignedRequest(
            method: .post, target: "/inbox", host: "remote.example",
            fields: [
                "Content-Digest": "sha-256=:R4ygsStnEcQ21ANY7yt/Wyqgzi+9ZRNHwsyfUCWZ6FE=:",
                "Signature-Input": input, "Signature": "sig1=:\(SignatureVectors.messageSignature):",
            ], body: body)
        let verifier = try SignatureVerifier(request, now: SignatureVectors.moment)
        _ = try verifier.verify(
            key: PublicKey(pem: SignatureVectors.publicPEM), keyOwner: "https://islet.example/actor")
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `a POST is signed to the byte as others sign it`() throws {
        let keys = try SignatureVectors.load("rfc9421-appendix-b.json", as: SignatureVectors.Keys.self)
        let key = try RSAPrivateKey(pem: #require(keys.keys["test-key-rsa"]?.privatePEM))
        let signed = try MessageSignature.produce(
            method: .post, url: try #require(WebURL("https://remote.example/inbox")), fields: fields,
            components: ["@method", "@target-uri", "content-digest"], created: SignatureVectors.moment,
            keyID: SignatureVectors.keyID, key: key)
        #expect(signed["Signature"] == "sig1=:\(SignatureVectors.messageSignature):")
    }
}
