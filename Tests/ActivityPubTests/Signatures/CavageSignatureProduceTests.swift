import ActivityPub
import Crypto
import HTTP
import Testing

struct CavageSignatureProduceTests {
    @Test func `what we sign can be verified`() throws {
        let key = try TestSender.rsaKey.get()
        let body = Array(#"{"type":"Follow"}"#.utf8)
        var fields: Fields = ["Date": SignatureVectors.date, "Digest": ContentDigest.header(for: body)]
        fields["Signature"] = try CavageSignature.produce(
            method: .post, target: "/inbox?a=b", host: "remote.example", date: SignatureVectors.date,
            digest: ContentDigest.header(for: body), keyID: SignatureVectors.keyID, key: key)
        let request = SignedRequest(
            method: .post, target: "/inbox?a=b", host: "remote.example", fields: fields, body: body)
        let verifier = try SignatureVerifier(request, now: SignatureVectors.moment)
        let sender = try verifier.verify(key: key.publicKey, keyOwner: "https://islet.example/actor")
        #expect(sender.actorID == "https://islet.example/actor")
    }

    @Test func `the header is one line in a fixed order`() throws {
        let header = try CavageSignature.produce(
            method: .get, target: "/a", host: "remote.example", date: SignatureVectors.date,
            keyID: SignatureVectors.keyID, key: TestSender.rsaKey.get())
        #expect(
            header.hasPrefix(
                #"keyId="https://islet.example/actor#main-key",algorithm="rsa-sha256","#
                    + #"headers="(request-target) host date",signature=""#))
        #expect(header.hasSuffix(#"==""#))
        #expect(!header.contains("\n"))
    }

    private func key() throws -> RSAPrivateKey {
        let keys = try SignatureVectors.load("rfc9421-appendix-b.json", as: SignatureVectors.Keys.self)
        return try RSAPrivateKey(pem: #require(keys.keys["test-key-rsa"]?.privatePEM))
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `a POST is signed to the byte as others sign it`() throws {
        let header = try CavageSignature.produce(
            method: .post, target: "/inbox", host: "remote.example", date: SignatureVectors.date,
            digest: ContentDigest.header(for: Array(SignatureVectors.body.utf8)),
            others: [("content-type", "application/activity+json")], keyID: SignatureVectors.keyID, key: key()
        )
        #expect(
            header == #"keyId="https://islet.example/actor#main-key",algorithm="rsa-sha256","#
                + #"headers="(request-target) host date digest content-type","#
                + #"signature="\#(SignatureVectors.postSignature)""#
        )
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `a GET is signed to the byte as others sign it`() throws {
        for (target, signature) in [
            ("/users/bob/followers?page=2", SignatureVectors.getSignature),
            ("/users/bob/followers", SignatureVectors.pathOnlySignature),
        ] {
            let header = try CavageSignature.produce(
                method: .get, target: target, host: "remote.example", date: SignatureVectors.date,
                keyID: SignatureVectors.keyID, key: key())
            #expect(header.hasSuffix(#"headers="(request-target) host date",signature="\#(signature)""#))
        }
    }
}
