import ActivityPub
import Crypto
import HTTP
import Testing

/// What is decided with the key.
struct VerifiedSenderTests {
    @Test func `the sender is the owner of the key`() throws {
        let sender = try TestSender().send()
        #expect(sender.actorID == "https://remote.example/users/a")
        #expect(sender.keyID == "https://remote.example/users/a#main-key")
    }

    @Test(arguments: ["https://other.example/users/a", "http://remote.example/users/a", "remote.example", ""])
    func `an owner of another origin is refused`(owner: String) {
        #expect(throws: SignatureFault.keyNotOwners) { try TestSender(owner: owner).send() }
    }

    @Test func `another key does not fit`() throws {
        let verifier = try SignatureVerifier(TestSender().request(), now: TestSender.now)
        let stranger = try Ed25519PrivateKey.generate().publicKey
        #expect(throws: SignatureFault.signatureInvalid) {
            try verifier.verify(key: stranger, keyOwner: "https://remote.example/users/a")
        }
        let other = try PublicKey(pem: SignatureVectors.publicPEM)
        #expect(throws: SignatureFault.signatureInvalid) {
            try verifier.verify(key: other, keyOwner: "https://remote.example/users/a")
        }
    }

    @Test func `whatever is signed cannot be changed on the way`() throws {
        let sender = TestSender(
            signed: "(request-target) host date digest x-more", others: [("X-More", "more")])
        try sender.send()
        let changes: [(inout SignedRequest) -> Void] = [
            { $0.target = "/other" },
            { $0.target = "/inbox?x" },
            { $0.method = .put },
            { $0.host = "other.example" },
            { $0.fields["Date"] = "Tue, 20 Apr 2021 02:07:56 GMT" },
            { $0.fields["X-More"] = "less" },
            { $0.fields.append("X-More", "and more") },
        ]
        for (index, change) in changes.enumerated() where index != 1 {
            #expect(throws: SignatureFault.signatureInvalid, "change \(index)") {
                try sender.send(change: change)
            }
        }
        // The price of tolerating software that signs the path alone: a query can be added.
        try sender.send(change: changes[1])
    }

    @Test func `the host of the request does not matter, the one signed for does`() throws {
        try TestSender().send { $0.fields["Host"] = "127.0.0.1:8080" }
        #expect(throws: SignatureFault.signatureInvalid) { try TestSender(host: "other.example").send() }
    }

    @Test func `a query may be left out of what is signed, but not replaced`() throws {
        var sender = TestSender.get("/users/me/outbox?page=2")
        try sender.send()
        sender.signedTarget = "/users/me/outbox"
        try sender.send()
        sender.signedTarget = "/users/me/outbox?page=3"
        #expect(throws: SignatureFault.signatureInvalid) { try sender.send() }
        sender.signedTarget = "/users/me"
        #expect(throws: SignatureFault.signatureInvalid) { try sender.send() }
    }

    @Test(arguments: [nil, "hs2019", "rsa-sha512", "rsa-sha256"])
    func `SHA-512 is tried as well`(algorithm: String?) throws {
        try TestSender(algorithm: algorithm, hash: .sha512).send()
    }

    @Test func `an Ed25519 key signs too`() throws {
        let key = try Ed25519PrivateKey.generate()
        let text = "(request-target): get /a\nhost: islet.example\ndate: \(SignatureVectors.date)"
        let signature = try Base64.encode(key.sign(Array(text.utf8)))
        let fields: Fields = [
            "Date": SignatureVectors.date,
            "Signature": #"keyId="https://remote.example/a#ed25519-key",algorithm="ed25519","#
                + #"headers="(request-target) host date",signature="\#(signature)""#,
        ]
        let request = SignedRequest(
            method: .get, target: "/a", host: "islet.example", fields: fields, body: [])
        let verifier = try SignatureVerifier(request, now: SignatureVectors.moment)
        _ = try verifier.verify(key: key.publicKey, keyOwner: "https://remote.example/a")
        #expect(throws: SignatureFault.signatureInvalid) {
            try verifier.verify(
                key: Ed25519PrivateKey.generate().publicKey, keyOwner: "https://remote.example/a")
        }
    }

    // MARK: - Signatures made elsewhere

    private func verify(
        _ method: Method, _ target: String, signed: String, signature: String,
        others: [(String, String)] = [],
        body: String = ""
    ) throws {
        let header =
            #"keyId="\#(SignatureVectors.keyID)",algorithm="rsa-sha256",headers="\#(signed)","#
            + #"signature="\#(signature)""#
        let fields = Fields([("Date", SignatureVectors.date), ("Signature", header)] + others)
        let request = SignedRequest(
            method: method, target: target, host: "remote.example", fields: fields, body: Array(body.utf8))
        let verifier = try SignatureVerifier(request, now: SignatureVectors.moment)
        _ = try verifier.verify(
            key: PublicKey(pem: SignatureVectors.publicPEM), keyOwner: "https://islet.example/actor")
    }

    @Test func `a Follow that was signed elsewhere is verified`() throws {
        let others = [("Digest", SignatureVectors.digest), ("Content-Type", "application/activity+json")]
        let signed = "(request-target) host date digest content-type"
        try verify(
            .post, "/inbox", signed: signed, signature: SignatureVectors.postSignature, others: others,
            body: SignatureVectors.body)
        #expect(throws: SignatureFault.signatureInvalid) {
            try verify(
                .post, "/other", signed: signed, signature: SignatureVectors.postSignature, others: others,
                body: SignatureVectors.body)
        }
    }

    @Test func `a GET that was signed elsewhere is verified, with its query and without`() throws {
        let target = "/users/bob/followers?page=2"
        let signed = "(request-target) host date"
        try verify(.get, target, signed: signed, signature: SignatureVectors.getSignature)
        try verify(.get, target, signed: signed, signature: SignatureVectors.pathOnlySignature)
        #expect(throws: SignatureFault.signatureInvalid) {
            try verify(.get, target, signed: signed, signature: SignatureVectors.postSignature)
        }
    }

    // The following two were made by the `openssl` program, over the same text.

    private func verifySHA384(_ algorithm: String, _ key: String, _ signature: String) throws {
        let header = #"keyId="https://remote.example/a#k",algorithm="\#(algorithm)","#
        let fields: Fields = [
            "Date": SignatureVectors.date,
            "Signature": header + #"headers="(request-target) host date",signature="\#(signature)""#,
        ]
        let request = SignedRequest(
            method: .get, target: "/users/a", host: "islet.example", fields: fields, body: [])
        let verifier = try SignatureVerifier(request, now: SignatureVectors.moment)
        _ = try verifier.verify(key: PublicKey(pem: key), keyOwner: "https://remote.example/a")
    }

    @Test func `SHA-384 is for large keys under hs2019`() throws {
        let key = """
            -----BEGIN PUBLIC KEY-----
            MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAtci5CNbJjtpUqBucVZ9K
            L8VQJNTtSk1OQVHHyW06cI9N0DWlU6KAqFvvNH4DJKfD6zcYGmd7+awkilbrEPDt
            42JKfMCD860c7y9rWVvJbj5EbXiy4O5vMds7J5dhZti7lNb2eYjWOvtJjPWz6QTz
            tgvAHUMtTYb8eSzIfyiP6Rlax5IDrJ1JqBllepxkIBsSicxnXmovZLo7Y9gaRmMw
            Ct04VsDP+/UZzw1DrR6tORuWS/8seaUOuOhELVWV3AXOuLxsX0ctfLjYfeCZq244
            o/gNyNAW+h5GbJJ/3A8PLm7ctcZhX4DFA/KuwRwhr5tbAEBJiXCd48V85259DN4o
            Vx0SFYlDAFYnnOaIHLBQ6ufPQ9zuI6m19E5O1Xem/TflimKTipCglDfhsZwrh653
            42fgnvjultpx+ADENBcMkq5Nff7BKsXQYLlGs7vpMjmjENNglZvt49h8OJv4K+9V
            XOo3bdXun5bYLGylzLglXgXrL+vnJq1bWcsF6A7AnmrxAgMBAAE=
            -----END PUBLIC KEY-----
            """
        let signature = """
            KzQErJ1Li/uBXzBrL8Mlqf3t/ayBcZfPvNiu9Wznl2QGJXlqZsTsGy8bcPJkfczi3WHWLXdenFpjl1amYcH9xsYFTqRr\
            j9JMnPmm6s5In0JCcB2rHOVRSlI9BVysrRljTkur8/nXkjZzmJnTNWJ0xEktEz9ZbpnWHp31wQmRNpvPaf+cDFMXwpL7\
            ZNL/adYDnsp6isE6XX09AU+2dVCgwPaHrSbh5dxGdb/QKoE4nQ14Re8SyBOaOp9xhIf3MJaJ1fpWJ6YE53oT8qNM1+wH\
            ZF7xMMDEZ5v8m6CFJch/dFgBCKJKUUVe0vOf6Ez1rafhmHgy06uqzZEl8hCa7rTwL/xif9/gq/K3HAV0w1h+qZKsryWb\
            09XexTd5KOz5ao7nazKox+mHVYBM5ofNZWtMei9NbNohPywV7SYJoSTe9pRQqRYfBsnIm5IvNy1IERPI8v+Yyl6NEXLa\
            FO1xlkv+bSGphx71DWEfUweJdb/bz0hn53vNrZkLEuPnLvU0VYJ7
            """
        try verifySHA384("hs2019", key, signature)
        for algorithm in ["rsa-sha256", "rsa-sha512"] {
            #expect(throws: SignatureFault.signatureInvalid) { try verifySHA384(algorithm, key, signature) }
        }
    }

    @Test func `SHA-384 is not for small keys`() {
        let signature = """
            N9A7Frr94MLKADUgWUSWcCzFG+WQTYxnTKD1ECdqsmkNpDRu+0HbDOWJHI4cfrrL1bwSuRouDnQkIK96n9anywAj//dX\
            wOJJdALdfkyQLG9dugNzrxF7ABFgl+mNdc/LQBCw8FXkKTWMWh6s/3FUgYPa0c9pkZVm5oM9X0eQC/jWhhNqMOd8fQ4W\
            yljshdi0dVE0BPumhEF9tZTjJ2J13xmha4o2N2brAry534hshx4nI8JFbCnq3QbPvuEbuu/FOe0Zk9UPkhi+ox5a3aCc\
            Oh7BEvXAYkyLepYEFtXUisADSjEHx2kxJNVt/5VJ+6RC7VUDFeeFEpaQGn3O6qTjEQ==
            """
        #expect(throws: SignatureFault.signatureInvalid) {
            try verifySHA384("hs2019", SignatureVectors.publicPEM, signature)
        }
    }
}
