import ActivityPub
import Basics
import Crypto
import Federation
import HTTP
import TestSupport
import Testing

/// How other servers are asked, for those who insist on details.
struct KnockQuirks {
    private static let note = #"{"id":"https://far.example/notes?page=2","type":"Note"}"#

    /// What goes out when a document is asked for, and what comes of it.
    private func ask(
        _ address: String = "https://far.example/notes?page=2", times: Int = 1,
        _ answer: @escaping @Sendable (QuirkWire.Asked) -> OutboundResponse
    ) async throws -> (asked: [QuirkWire.Asked], isRead: Bool) {
        var result: (asked: [QuirkWire.Asked], isRead: Bool) = ([], false)
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let wire = QuirkWire(answer)
            let fetcher = wire.fetcher(of: islet)
            for _ in 0..<times { result.isRead = (try? await fetcher.document(address)) != nil }
            result.asked = wire.asked
        }
        return result
    }

    @Test func `every question is signed by the server's own actor, with the draft, and says who asks`()
        async throws
    {
        let (asked, isRead) = try await ask { QuirkWire.document(Self.note, to: $0) }
        let fields = try #require(asked.first?.fields)
        #expect(isRead && asked.count == 1)
        #expect(fields["User-Agent"]?.isEmpty == false && fields["User-Agent"]?.contains("bot") == false)
        let signature = try #require(fields["Signature"])
        #expect(signature.contains(#"keyId="https://islet.example/actor#main-key""#))
        #expect(signature.contains(#"algorithm="rsa-sha256",headers="(request-target) host date""#))
        #expect(!signature.contains(", ") && !fields.contains("Signature-Input"))
        #expect(fields["Accept"]?.hasPrefix("application/activity+json, application/ld+json") == true)
        #expect(HTTPDate.parse(fields["Date"] ?? "") == ManualClock.start.seconds)
    }

    /// Whether the signature is good for this target.
    private static func isSigned(_ asked: QuirkWire.Asked, target: String) -> Bool {
        let request = SignedRequest(
            method: .get, target: target, host: "far.example", fields: asked.fields, body: [])
        guard let verifier = try? SignatureVerifier(request, now: ManualClock.start.seconds) else {
            return false
        }
        let owner = "https://islet.example/actor"
        return (try? verifier.verify(key: TestKeys.instance.publicKey, keyOwner: owner)) != nil
    }

    @Test func `whoever leaves the query out of what they check is knocked at so, and from then on at once`()
        async throws
    {
        let (asked, isRead) = try await ask(times: 2) { asked in
            // Only a signature over the path alone is good for the path alone.
            Self.isSigned(asked, target: "/notes")
                ? QuirkWire.document(Self.note, to: asked) : QuirkWire.status(401, to: asked)
        }
        #expect(isRead && asked.count == 3)
        #expect(
            asked.first.map {
                Self.isSigned($0, target: "/notes?page=2") && !Self.isSigned($0, target: "/notes")
            } == true)
        #expect(asked.dropFirst().allSatisfy { Self.isSigned($0, target: "/notes") })
    }

    @Test func `whoever answers 400 to a signature that they cannot check is asked once without`()
        async throws
    {
        let (asked, isRead) = try await ask { asked in
            asked.fields.contains("Signature")
                ? QuirkWire.status(400, to: asked) : QuirkWire.document(Self.note, to: asked)
        }
        #expect(isRead && asked.count == 2)
    }

    @Test(arguments: [
        (401, 2), (403, 2), (404, 1), (406, 1), (410, 1), (418, 1), (429, 1), (500, 1), (503, 1),
    ])
    func `nobody is asked more than twice, and in trouble or when it is not there once`(code: Int, times: Int)
        async throws
    {
        let (asked, isRead) = try await ask { QuirkWire.status(code, to: $0) }
        #expect(!isRead && asked.count == times)
    }

    @Test func `a page that a guard puts before a document is no document`() async throws {
        let (asked, isRead) = try await ask { asked in
            OutboundResponse(
                status: .ok, fields: ["Content-Type": "text/html"], body: Array("<html>Are you human?".utf8),
                url: asked.request.url)
        }
        #expect(!isRead && asked.count == 1)
    }

    @Test func `a delivery that is sent elsewhere is not sent there`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            let other = pond.stranger("other.example")
            far.answerDeliveries(.status(HTTP.Status(307), ["Location": "https://other.example/inbox"]))
            try await islet.follow(zoe.handle)
            try await pond.settle()
            #expect(far.attempts.count == 1 && other.attempts.isEmpty)
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    @Test func `the keys in signatures are those that the actors show, and they differ`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let reader = try await pond.islet("reader.example", isRunning: false)
            var keys: Set<String> = []
            for (actor, keyID) in [
                (islet.identity.actor, islet.identity.keyID),
                (islet.identity.instanceActor, islet.identity.instanceKeyID),
            ] {
                let document = try await reader.fetcher.document(actor)
                let key = try #require(try ActorDocument(document, id: actor, keyID: keyID).publicKey)
                #expect(key.id == keyID && keyID.hasSuffix("#main-key"))
                keys.insert(key.pem)
            }
            #expect(keys.count == 2)
        }
    }
}
