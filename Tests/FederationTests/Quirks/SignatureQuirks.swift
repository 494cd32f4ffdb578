import ActivityPub
import Basics
import Crypto
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Signatures as other software makes them.
struct SignatureQuirks {
    /// What a Follow with this signature is answered with.
    private func follow(
        change: (inout QuirkPost) -> Void = { _ in }, isMessage: Bool = false
    ) async throws -> HTTP.Status {
        var status = HTTP.Status.ok
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            var post = QuirkPost(follow, by: zoe, at: islet.clock.now())
            change(&post)
            let request = isMessage ? try post.messageSigned() : try post.request()
            status = await islet.answer(request).status
            #expect(try islet.followers().isEmpty == (status != .accepted))
        }
        return status
    }

    @Test func `a delivery signed by RFC 9421 alone is taken`() async throws {
        #expect(try await follow(isMessage: true) == .accepted)
        #expect(try await follow(change: { $0.key = TestKeys.other }, isMessage: true) == .unauthorized)
    }

    @Test(arguments: ["rsa-sha256", "hs2019", "RSA-SHA256", "rsa-sha512", nil])
    func `the name of the algorithm, or none, hinders nobody`(algorithm: String?) async throws {
        #expect(try await follow { $0.algorithm = algorithm } == .accepted)
    }

    @Test(arguments: [",", ", ", " , ", ",\t"])
    func `spaces between the parameters hinder nobody`(comma: String) async throws {
        #expect(try await follow { $0.comma = comma } == .accepted)
    }

    @Test(arguments: ["sha-256=", "SHA-256=", "Sha-256="])
    func `the name of the digest may be small`(name: String) async throws {
        let status = try await follow {
            $0.digest = ContentDigest.header(for: Array($0.body.utf8)).replacing("SHA-256=", with: name)
        }
        #expect(status == .accepted)
    }

    @Test(arguments: [
        "application/activity+json", "application/activity+json; charset=utf-8", "application/json",
        #"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#,
    ])
    func `every type of a delivered document is taken`(type: String) async throws {
        #expect(try await follow { $0.contentType = type } == .accepted)
    }

    @Test(arguments: [(-64, true), (-70, false), (59, true), (61, false)])
    func `a delivery may be some five minutes more than an hour old, and an hour early`(
        minutes: Int, isTaken: Bool
    )
        async throws
    {
        let status = try await follow { $0.date = $0.date + .minutes(minutes) }
        #expect(status == (isTaken ? .accepted : .unauthorized))
    }

    @Test func `a changed key costs one question, and rubbish after that none`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await Quirk.followed(by: zoe, islet, pond)
            zoe.publish(key: TestKeys.other)
            let like = zoe.activity("Like", about: "https://near.example/1")
            #expect(try await islet.receive(like, from: zoe) { $0.key = TestKeys.other } == .accepted)
            #expect(zoe.host.asked == ["/users/zoe"])
            for _ in 0..<10 {
                pond.clock.move(to: pond.clock.now + .seconds(6))
                #expect(
                    try await islet.receive(like, from: zoe) { $0.breaksSignature = true } == .unauthorized)
            }
            #expect(zoe.host.asked == ["/users/zoe"])
        }
    }

    @Test func `a GET may carry and sign the digest of its empty body`() throws {
        var fields: Fields = [
            "Date": HTTPDate.format(1_704_164_645), "Digest": ContentDigest.header(for: []),
            "Host": "islet.example",
        ]
        fields["Signature"] = try CavageSignature.produce(
            method: .get, target: "/users/me", host: "islet.example", date: fields["Date"] ?? "",
            digest: fields["Digest"], keyID: "https://far.example/zoe#main-key", key: TestKeys.common)
        let signed = SignedRequest(
            method: .get, target: "/users/me", host: "islet.example", fields: fields, body: [])
        let verifier = try SignatureVerifier(signed, now: 1_704_164_645)
        _ = try verifier.verify(key: TestKeys.common.publicKey, keyOwner: "https://far.example/zoe")
    }

    @Test func `actors and keys are read without signature, also where posts are not`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let post = try await islet.post("Hi")
            let closed = Router(
                ObjectEndpoint(
                    identity: islet.identity, store: islet.store,
                    shield: Shield(store: islet.store, now: islet.clock.now), authorizesFetch: true
                ).routes)
            var request = Request(.get, WebURL(islet.identity.status(post))?.requestTarget ?? "")
            request.fields["Accept"] = Vocabulary.accept
            guard case .found(let route, let parameters) = closed.match(.get, request.target) else {
                Issue.record("there is no route")
                return
            }
            request.parameters = parameters
            let refusal = try await route.handle(request)
            #expect(refusal.status == .unauthorized && refusal.fields["Accept-Signature"] != nil)
            for path in ["/users/me", "/actor"] {
                var request = Request(.get, path)
                request.fields["Accept"] = Vocabulary.accept
                request.fields["Signature"] = "nonsense"
                let answer = await islet.answer(request)
                #expect(answer.status == .ok && answer.fields["Content-Type"] == Vocabulary.contentType)
            }
        }
    }

    @Test func `a signature that is not good changes nothing of what anybody may read`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let post = try await islet.post("Hi")
            for signature in ["", "x", #"keyId="https://far.example/zoe#main-key",signature="AAAA""#] {
                var request = Request(.get, WebURL(islet.identity.status(post))?.requestTarget ?? "")
                request.fields["Accept"] = Vocabulary.accept
                request.fields["Signature"] = signature
                #expect(await islet.answer(request).status == .ok)
            }
        }
    }
}
