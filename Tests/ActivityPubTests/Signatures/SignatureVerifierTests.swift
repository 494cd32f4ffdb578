import ActivityPub
import HTTP
import Testing

/// What is decided before the key is known.
struct SignatureVerifierTests {
    @Test func `the key is named first`() throws {
        let verifier = try SignatureVerifier(TestSender().request(), now: TestSender.now)
        #expect(verifier.keyID.text == "https://remote.example/users/a#main-key")
        #expect(verifier.keyID.document.string == "https://remote.example/users/a")
    }

    // MARK: - What is signed

    @Test(arguments: [
        "(request-target) host date digest", "digest date host (request-target)", "date digest",
        "(request-target) host date digest x-more", "host date digest",
    ])
    func `enough is signed of a POST`(signed: String) throws {
        try TestSender(signed: signed, others: [("X-More", "more")]).send()
    }

    @Test(arguments: [
        "date", "(request-target) host date", "host date", "(request-target) host digest", "digest", "host",
    ])
    func `too little is signed of a POST`(signed: String) {
        #expect(throws: SignatureFault.tooLittleSigned) { try TestSender(signed: signed).send() }
    }

    @Test func `created instead of the date needs the target and the host`() throws {
        var sender = TestSender(algorithm: "hs2019", signed: "(request-target) host (created) digest")
        sender.created = TestSender.now
        try sender.send()
        sender.signed = "(created) digest"
        #expect(throws: SignatureFault.tooLittleSigned) { try sender.send() }
    }

    @Test func `a GET must be signed for a host`() throws {
        try TestSender.get().send()
        for signed in ["(request-target) date", "host date", "(request-target) host"] {
            var sender = TestSender.get()
            sender.signed = signed
            #expect(throws: SignatureFault.tooLittleSigned) { try sender.send() }
        }
    }

    @Test func `a field that is signed must be there`() {
        #expect(throws: SignatureFault.signedFieldAbsent) {
            try TestSender(signed: "(request-target) host date digest content-type").send()
        }
        #expect(throws: SignatureFault.signedFieldAbsent) {
            try TestSender().send { $0.fields["Date"] = nil }
        }
        #expect(throws: SignatureFault.signedFieldAbsent) {
            try TestSender().send { $0.fields["Digest"] = nil }
        }
    }

    // MARK: - Algorithm and key

    @Test(arguments: [nil, "hs2019", "rsa-sha256", "rsa-sha512", "ed25519", "RSA-SHA256"])
    func `the name of the algorithm hardly matters`(algorithm: String?) throws {
        try TestSender(algorithm: algorithm).send()
    }

    @Test(arguments: ["hmac-sha256", "rsa-sha1", "dsa-sha1", "none", ""])
    func `other algorithms are refused`(algorithm: String) {
        #expect(throws: SignatureFault.algorithmNotSupported) { try TestSender(algorithm: algorithm).send() }
    }

    @Test(arguments: ["acct:a@remote.example", "http://remote.example/users/a", "Test"])
    func `a key that cannot be fetched is refused`(keyID: String) {
        #expect(throws: SignatureFault.keyIDNotUsable) { try TestSender(keyID: keyID).send() }
    }

    // MARK: - Time

    @Test(arguments: [-3600, -3599, -60, 0, 60, 3599, 3600])
    func `an hour more or less is let pass`(offset: Int64) throws {
        try TestSender().send(now: TestSender.now + offset)
        try TestSender(
            algorithm: "hs2019", signed: "(request-target) host (created) digest", created: TestSender.now,
            date: nil
        ).send(now: TestSender.now + offset)
    }

    @Test(arguments: [
        (Int64(3901), SignatureFault.dateTooOld), (-3601, .dateInFuture), (100_000_000, .dateTooOld),
    ])
    func `more than an hour is not`(offset: Int64, fault: SignatureFault) {
        #expect(throws: fault) { try TestSender().send(now: TestSender.now + offset) }
        #expect(throws: fault) {
            try TestSender(
                algorithm: "hs2019", signed: "(request-target) host (created) digest", created: TestSender.now
            ).send(now: TestSender.now + offset)
        }
    }

    @Test func `only a moment that is signed counts`() {
        // A fresh `created` that anybody could have added does not refresh an old signed date.
        #expect(throws: SignatureFault.dateTooOld) {
            try TestSender(algorithm: "hs2019", created: TestSender.now + 10_000).send(
                now: TestSender.now + 10_000)
        }
    }

    @Test(arguments: ["yesterday", "", "2021-04-20T02:07:55Z", "1618884475"])
    func `a date must be readable`(date: String) {
        #expect(throws: SignatureFault.dateUnreadable) { try TestSender(date: date).send() }
    }

    @Test func `an end that has passed counts`() throws {
        var sender = TestSender(
            algorithm: "hs2019", signed: "(request-target) host (created) (expires) digest",
            created: TestSender.now,
            expires: TestSender.now - 100)
        try sender.send(now: TestSender.now + 3500)
        #expect(throws: SignatureFault.expired) { try sender.send(now: TestSender.now + 3501) }
        sender.expires = TestSender.now + 300
        try sender.send(now: TestSender.now + 3600)
    }

    @Test func `created and expires need their algorithm and their parameters`() {
        #expect(throws: SignatureFault.pseudoFieldNotAllowed) {
            try TestSender(signed: "(request-target) host date digest (created)", created: TestSender.now)
                .send()
        }
        #expect(throws: SignatureFault.pseudoFieldNotAllowed) {
            try TestSender(algorithm: "hs2019", signed: "(request-target) host date digest (created)").send()
        }
        #expect(throws: SignatureFault.pseudoFieldNotAllowed) {
            try TestSender(algorithm: nil, signed: "(request-target) host date digest (expires)").send()
        }
    }

    // MARK: - Body

    @Test func `the digest must be that of the body`() {
        #expect(throws: SignatureFault.digestMismatch) { try TestSender().send { $0.body.append(0x20) } }
        #expect(throws: SignatureFault.digestMismatch) {
            try TestSender(digest: ContentDigest.header(for: Array("another".utf8))).send()
        }
        #expect(throws: SignatureFault.malformedDigest) { try TestSender(digest: "SHA-256=x").send() }
    }

    @Test func `the successor of the Digest header will do`() throws {
        let sender = TestSender(
            signed: "(request-target) host date content-digest",
            others: [("Content-Digest", ContentDigest.structuredHeader(for: Array(#"{"type":"Like"}"#.utf8)))]
        )
        try sender.send()
        #expect(throws: SignatureFault.digestMismatch) { try sender.send { $0.body.append(0x20) } }
    }

    @Test func `a POST without body is refused`() {
        #expect(throws: SignatureFault.emptyBody) { try TestSender(body: "").send() }
    }
}
