import ActivityPub
import Crypto
import HTTP
import Testing

struct MessageSignatureCheckTests {
    @Test func `the sender is the owner of the key`() throws {
        let sender = try MessageSender().send()
        #expect(sender.actorID == "https://remote.example/users/a")
        #expect(sender.keyID == "https://remote.example/users/a#main-key")
        try MessageSender.get("/users/me?page=1").send()
    }

    @Test(arguments: ["wp", "sig1", "*a-b_c.d"])
    func `any label will do`(label: String) throws {
        try MessageSender(label: label).send()
    }

    // MARK: - What is signed

    @Test(arguments: [
        #""@method" "@target-uri" "@authority" "host" "date" "content-digest""#,
        #""@method" "@target-uri" "@authority" "content-type" "content-digest""#,
        #""@method" "@authority" "@path" "content-digest""#,
        #""content-digest" "@request-target" "@authority" "@method""#,
        #""@method" "@scheme" "@authority" "@path" "@query" "content-digest""#,
    ])
    func `enough is signed of a POST`(signed: String) throws {
        try MessageSender(signed: signed, others: [("Date", SignatureVectors.date)]).send()
    }

    @Test(arguments: [
        #""@method" "@target-uri""#, #""@target-uri" "content-digest""#, #""@method" "content-digest""#,
        #""@method" "@path" "content-digest""#, #""@method" "@authority" "content-digest""#, "",
    ])
    func `too little is signed of a POST`(signed: String) {
        #expect(throws: SignatureFault.tooLittleSigned) { try MessageSender(signed: signed).send() }
    }

    @Test func `path without query is enough only where there is none`() throws {
        var sender = MessageSender.get("/users/me")
        sender.signed = #""@method" "@authority" "@path""#
        try sender.send()
        sender.target = "/users/me?page=1"
        #expect(throws: SignatureFault.tooLittleSigned) { try sender.send() }
        sender.signed += #" "@query""#
        try sender.send()
        #expect(throws: SignatureFault.signatureInvalid) {
            try sender.send { $0.target = "/users/me?page=2" }
        }
    }

    @Test func `a signature must say when and by whom it was made`() {
        #expect(throws: SignatureFault.tooLittleSigned) { try MessageSender(created: nil).send() }
        #expect(throws: SignatureFault.keyIDNotUsable) { try MessageSender(keyID: nil).send() }
        for keyID in ["acct:a@remote.example", "http://remote.example/a", "test-key-rsa"] {
            #expect(throws: SignatureFault.keyIDNotUsable) { try MessageSender(keyID: keyID).send() }
        }
    }

    @Test(arguments: [
        #""@method";req"#, #""content-digest";sf"#, #""date";bs"#, #""@query-param";name="Pet""#,
        #""@status""#, #""@unheard-of""#, #""Content-Type""#, #""content-digest";key="sha-256""#,
    ])
    func `what is signed in a manner we do not know is refused`(component: String) {
        let signed = #""@method" "@target-uri" "content-digest" "# + component
        #expect(throws: SignatureFault.componentNotSupported) { try MessageSender(signed: signed).send() }
        #expect(SignatureFault.componentNotSupported.status.code == 401)
    }

    @Test func `a field that is signed must be there`() throws {
        let sender = MessageSender(signed: #""@method" "@target-uri" "content-digest" "x-more""#)
        let request = try sender.request()
        // This is told before the key is asked for.
        #expect(throws: SignatureFault.signedFieldAbsent) {
            try SignatureVerifier(request, now: TestSender.now)
        }
        #expect(throws: SignatureFault.signedFieldAbsent) {
            try MessageSender().send { $0.fields["Content-Digest"] = nil }
        }
    }

    @Test func `whatever is signed cannot be changed on the way`() throws {
        let sender = MessageSender(
            signed: #""@method" "@target-uri" "content-digest" "x-more""#, others: [("X-More", "more")])
        try sender.send()
        let changes: [(inout SignedRequest) -> Void] = [
            { $0.target = "/other" }, { $0.target = "/inbox?x" }, { $0.method = .put },
            { $0.host = "other.example" }, { $0.scheme = "http" }, { $0.fields["X-More"] = "less" },
            { $0.fields.append("X-More", "and more") },
            { $0.fields["Signature-Input"] = ($0.fields["Signature-Input"] ?? "") + #";tag="x""# },
        ]
        for (index, change) in changes.enumerated() {
            #expect(throws: SignatureFault.signatureInvalid, "change \(index)") {
                try sender.send(change: change)
            }
        }
        #expect(throws: SignatureFault.digestMismatch) { try sender.send { $0.body.append(0x20) } }
    }

    @Test func `a POST without body is refused`() {
        #expect(throws: SignatureFault.emptyBody) { try MessageSender(body: "").send() }
    }

    // MARK: - Time

    @Test(arguments: [-3600, -60, 0, 60, 3600])
    func `an hour more or less is let pass`(offset: Int64) throws {
        try MessageSender().send(now: TestSender.now + offset)
    }

    @Test(arguments: [(Int64(3901), SignatureFault.dateTooOld), (-3601, .dateInFuture)])
    func `more than an hour is not`(offset: Int64, fault: SignatureFault) {
        #expect(throws: fault) { try MessageSender().send(now: TestSender.now + offset) }
    }

    @Test(arguments: [-999_999_999_999_999, 999_999_999_999_999])
    func `a moment beyond all reason does no harm`(created: Int64) {
        #expect(throws: SignatureFault.self) { try MessageSender(created: created).send() }
    }

    @Test func `an end that has passed counts`() throws {
        let sender = MessageSender(more: ";expires=\(TestSender.now - 100)")
        try sender.send(now: TestSender.now + 3500)
        #expect(throws: SignatureFault.expired) { try sender.send(now: TestSender.now + 3501) }
    }

    // MARK: - Algorithm and key

    @Test func `the algorithm must not contradict the key`() throws {
        try MessageSender(more: #";alg="ed25519""#).send()
        for name in ["rsa-v1_5-sha256", "rsa-pss-sha512"] {
            #expect(throws: SignatureFault.algorithmOfAnotherKey) {
                try MessageSender(more: ";alg=\"\(name)\"").send()
            }
        }
        for name in ["hmac-sha256", "ecdsa-p256-sha256", "", "ED25519"] {
            #expect(throws: SignatureFault.algorithmNotSupported) {
                try MessageSender(more: ";alg=\"\(name)\"").send()
            }
        }
        let verifier = try SignatureVerifier(
            MessageSender(more: #";alg="ed25519""#).request(), now: TestSender.now)
        #expect(throws: SignatureFault.algorithmOfAnotherKey) {
            try verifier.verify(
                key: PublicKey(pem: SignatureVectors.publicPEM), keyOwner: "https://remote.example/users/a")
        }
    }

    @Test func `another key or an owner of another origin does not fit`() throws {
        let verifier = try SignatureVerifier(MessageSender().request(), now: TestSender.now)
        #expect(throws: SignatureFault.signatureInvalid) {
            try verifier.verify(
                key: Ed25519PrivateKey.generate().publicKey, keyOwner: "https://remote.example/users/a")
        }
        #expect(throws: SignatureFault.keyNotOwners) {
            try MessageSender(owner: "https://other.example/users/a").send()
        }
    }

    @Test func `parameters that only say more are let pass`() throws {
        try MessageSender(more: #";nonce="b3k2";tag="activitypub";more=?1"#).send()
    }

    // MARK: - Several signatures

    /// The fields of two requests that differ in their signatures only.
    private func merged(_ first: MessageSender, _ second: MessageSender) throws -> Fields {
        var fields = try first.fields()
        for name in ["Signature-Input", "Signature"] {
            fields.append(name, try second.fields()[name] ?? "")
        }
        return fields
    }

    @Test func `of several signatures the first that passes counts`() throws {
        let proxy = MessageSender(label: "proxy", keyID: "https://proxy.example/key", signed: #""@method""#)
        for fields in [try merged(proxy, MessageSender()), try merged(MessageSender(), proxy)] {
            let sender = try MessageSender().send { $0.fields = fields }
            #expect(sender.keyID == "https://remote.example/users/a#main-key")
        }
    }

    @Test func `of several signatures the one of the actor is preferred`() throws {
        let other = MessageSender(label: "other", keyID: "https://other.example/users/b#main-key")
        let fields = try merged(other, MessageSender())
        let actor = "https://remote.example/users/a"
        try MessageSender().send(preferring: actor) { $0.fields = fields }
        #expect(throws: SignatureFault.keyNotOwners) { try MessageSender().send { $0.fields = fields } }
    }

    @Test func `not more than three signatures are looked at`() throws {
        for (count, isFound) in [(2, true), (3, false)] {
            var request = try MessageSender().request()
            let weak = (0..<count).map { #"a\#($0)=("@method");keyid="https://a.example/k""# }
            let values = (0..<count).map { "a\($0)=:AQID:" }
            for (name, more) in [("Signature-Input", weak), ("Signature", values)] {
                request.fields[name] = (more + [request.fields[name] ?? ""]).joined(separator: ", ")
            }
            if isFound {
                let verifier = try SignatureVerifier(request, now: TestSender.now)
                #expect(verifier.keyID.document.host == "remote.example")
            } else {
                #expect(throws: SignatureFault.tooLittleSigned) {
                    try SignatureVerifier(request, now: TestSender.now)
                }
            }
        }
    }

    @Test func `what is covered can be asked for`() throws {
        let verifier = try SignatureVerifier(
            MessageSender(
                signed: #""@method" "@target-uri" "content-digest" "collection-synchronization""#,
                others: [("Collection-Synchronization", "x")]
            ).request(), now: TestSender.now)
        #expect(verifier.covers("collection-synchronization"))
        #expect(!verifier.covers("date"))
        let older = try SignatureVerifier(
            TestSender(
                signed: "(request-target) host date digest collection-synchronization",
                others: [("Collection-Synchronization", "x")]
            ).request(), now: TestSender.now)
        #expect(older.covers("collection-synchronization"))
        #expect(!older.covers("content-type"))
    }
}
