import ActivityPub
import Basics
import Crypto
import Federation
import JSON
import Storage
import TestSupport
import Testing

struct OutboxPublishTests {
    @Test func `a group whose conversation is answered gets the answer`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let group = try await house.neighbour("club", at: "g.example") { $0.kind = .group }
        let root = try await house.theirs(bob, "https://b.example/posts/1")
        try await house.theirs(group, "https://g.example/announces/1") { $0.reblogOf = root }
        try await house.publish(inReplyTo: root)
        let sent = try await house.sent()
        #expect(sent.summary == ["Create b.example/bob", "Create g.example/club"])
        #expect(sent.allSatisfy { $0.document["cc"]?.ids().contains("https://g.example/users/club") == true })
    }

    @Test func `what is for everybody is proven, and others can check it`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("fan", follows: true)
        let key = try Ed25519PrivateKey.generate()
        try await house.setProofKey(key)
        let owner = try #require(try house.read { try Owner.load(in: $0) })
        let proving = try #require(
            Proving(identity: house.identity, owner: owner, clock: house.clock.clock()))
        let outbox = Outbox(identity: house.identity, clock: house.clock.clock(), prove: proving.prove)
        for visibility in [Visibility.public, .private] {
            let id = try await house.post(visibility: visibility)
            try await house.store.write { tx in try outbox.publish(id, in: tx) }
        }
        let sent = try await house.sent().map(\.document)
        let create = try #require(sent.first)
        let proof = try #require(IntegrityProof(create))
        #expect(proof.verificationMethod == house.identity.proofKeyID)
        let author = try proof.verify(
            create, key: key.publicKey, owner: house.identity.actor, now: Household.start.seconds)
        #expect(author.actorID == house.identity.actor)
        #expect(
            sent.first?["@context"]?.ids().contains("https://w3id.org/security/data-integrity/v2") == true)
        #expect(sent.first?["object"]?["proof"] == nil)
        #expect(sent.last?["proof"] == nil)
    }

    @Test func `without a key for it nothing is proven`() async throws {
        let house = try await Household()
        let owner = try #require(try house.read { try Owner.load(in: $0) })
        #expect(Proving(identity: house.identity, owner: owner, clock: house.clock.clock()) == nil)
    }
}
