import ActivityPub
import Crypto
import Federation
import JSON
import Storage
import Testing

struct ActorRenderingTests {
    @Test func `the owner's actor is whole`() async throws {
        let house = try await Household(accountDomain: "example.org")
        try await house.change { actor in
            actor.name = "Me & Myself"
            actor.summary = "<p>Hi</p>"
            actor.locked = true
            actor.avatar = "a.jpg"
            actor.header = "https://islet.example/media/h.webp"
            actor.fields =
                #"[{"name":"Web","value":"<a href=\"https://x.example\">x</a>","verified_at":null}]"#
        }
        let document = try house.store.read { try ActorRendering(identity: house.identity).document(in: $0) }
        let id = "https://islet.example/users/me"
        #expect(
            text(document) == """
                {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",\
                "https://purl.archive.org/socialweb/webfinger","https://w3id.org/fep/844e",{"toot":"http://joinmastodon.org/ns#","schema":"http://schema.org#",\
                "manuallyApprovesFollowers":"as:manuallyApprovesFollowers",\
                "featured":{"@id":"toot:featured","@type":"@id"},"discoverable":"toot:discoverable","indexable":"toot:indexable",\
                "PropertyValue":"schema:PropertyValue","value":"schema:value",\
                "featuredTags":{"@id":"toot:featuredTags","@type":"@id"}}],"id":"\(id)","type":"Person",\
                "preferredUsername":"me","webfinger":"me@example.org","name":"Me & Myself","summary":"<p>Hi</p>",\
                "url":"https://islet.example/@me","inbox":"\(id)/inbox","outbox":"\(id)/outbox","followers":"\(id)/followers",\
                "following":"\(id)/following","featured":"\(id)/collections/featured","featuredTags":"\(id)/collections/tags",\
                "endpoints":{"sharedInbox":"https://islet.example/inbox"},"manuallyApprovesFollowers":true,"discoverable":true,\
                "indexable":false,"published":"2024-01-02T00:00:00Z",\
                "icon":{"type":"Image","mediaType":"image/jpeg","url":"https://islet.example/media/a.jpg"},\
                "image":{"type":"Image","mediaType":"image/webp","url":"https://islet.example/media/h.webp"},\
                "attachment":[{"type":"PropertyValue","name":"Web","value":"<a href=\\"https://x.example\\">x</a>"}],"tag":[],"generator":{"type":"Application","implements":[{\
                "href":"https://datatracker.ietf.org/doc/html/rfc9421","name":"RFC-9421: HTTP Message Signatures"}]},\
                "publicKey":{"id":"\(id)#main-key","owner":"\(id)","publicKeyPem":"OWNER KEY"}}
                """)
    }

    @Test func `another server can read it`() async throws {
        let house = try await Household()
        try await house.change { $0.kind = .service }
        let bytes = try #require(
            try house.store.read { try ActorRendering(identity: house.identity).document(in: $0) })
        let actor = try ActorDocument(try Document(bytes).root, id: house.identity.actor)
        #expect(
            actor.type == "Service" && actor.preferredUsername == "me"
                && actor.webfinger == "me@islet.example")
        #expect(actor.sharedInbox == house.identity.sharedInbox && actor.url == house.identity.profile)
        #expect(
            actor.publicKey
                == ActorKey(id: house.identity.keyID, owner: house.identity.actor, pem: "OWNER KEY"))
        #expect(actor.icon == nil && actor.summary == "" && !actor.locked && actor.discoverable)
    }

    @Test func `the actor that fetches has a key of its own`() async throws {
        let house = try await Household()
        let bytes = try #require(
            try house.store.read { try ActorRendering(identity: house.identity).instanceDocument(in: $0) })
        let actor = try ActorDocument(try Document(bytes).root, id: "https://islet.example/actor")
        #expect(actor.type == "Application" && actor.preferredUsername == "islet.example" && actor.locked)
        #expect(actor.inbox == "https://islet.example/actor/inbox")
        #expect(
            actor.publicKey?.id == "https://islet.example/actor#main-key"
                && actor.publicKey?.pem == "INSTANCE KEY")
        #expect(
            try Document(bytes).root["implements"]?.elements.first?["href"]?.string
                == "https://datatracker.ietf.org/doc/html/rfc9421")
    }

    @Test func `other accounts and the one moved to are named`() async throws {
        let house = try await Household()
        let owner = house.identity.owner
        try await house.store.write { tx in
            try Actors.setMove(
                owner, movedTo: "https://b.example/users/new",
                alsoKnownAs: ["https://b.example/users/old", "https://c.example/users/old"], in: tx)
        }
        let rendered = try #require(
            try house.store.read { try ActorRendering(identity: house.identity).actor(in: $0) })
        let actor = try Document(rendered.bytes).root
        #expect(actor["movedTo"]?.string == "https://b.example/users/new")
        #expect(
            actor["alsoKnownAs"]?.ids() == ["https://b.example/users/old", "https://c.example/users/old"])
        #expect(rendered.context.isSuperset(of: [.movedTo, .alsoKnownAs]))
    }

    @Test func `the key for proofs is listed as others read it`() async throws {
        let house = try await Household()
        let key = try Ed25519PrivateKey.generate()
        try await house.setProofKey(key)
        let bytes = try #require(
            try house.store.read { try ActorRendering(identity: house.identity).document(in: $0) })
        let root = try Document(bytes).root
        let keys = Multikey.all(in: root, now: 0)
        #expect(keys.map(\.id) == ["https://islet.example/users/me#ed25519-key"])
        #expect(root["@context"]?.ids().contains("https://w3id.org/security/multikey/v1") == true)
        #expect(
            root["assertionMethod"]?.elements.first?["publicKeyMultibase"]?.string
                == Multikey.encode(ed25519: key.rawPublicKey))
    }

    @Test func `the actor in an update has no context of its own`() async throws {
        let house = try await Household()
        let bytes = try house.store.read { try ActorRendering(identity: house.identity).actor(in: $0)?.bytes }
        #expect(text(bytes)?.hasPrefix(#"{"id":"https://islet.example/users/me","#) == true)
    }
}
