import JSON
import Testing

@testable import ActivityPub

struct ActorKeyTests {
    private func keys(_ publicKey: String) throws -> [ActorKey] {
        ActorKey.all(in: try json("{\"id\": \"https://a.example/u\", \"publicKey\": \(publicKey)}"))
    }

    private static let one =
        #"{"id": "https://a.example/u#1", "owner": "https://a.example/u", "publicKeyPem": "P1"}"#
    private static let two = #"{"id": "https://a.example/u#2", "publicKeyPem": "P2"}"#

    @Test func `a key is an object or one of several`() throws {
        let first = ActorKey(id: "https://a.example/u#1", owner: "https://a.example/u", pem: "P1")
        #expect(try keys(Self.one) == [first])
        #expect(
            try keys("[\(Self.one), null, \(Self.two)]").map(\.id) == [
                "https://a.example/u#1", "https://a.example/u#2",
            ])
    }

    @Test func `all keys are there, and a controller is an owner`() throws {
        let value = try json(
            """
            {"id": "https://a.example/u", "type": "Person", "inbox": "https://a.example/i", "preferredUsername": "u",
             "sec:publicKey": [\(Self.one), {"@id": "https://a.example/u#3", "controller": "https://A.example/u",
             "sec:publicKeyPem": {"@value": "P3"}}, {"id": "https://a.example/u#4", "controller": "https://b.example/u", "publicKeyPem": "P4"}]}
            """)
        let keys = try ActorDocument(value, id: "https://a.example/u").publicKeys
        #expect(keys.map(\.pem) == ["P1", "P3"] && keys.allSatisfy { $0.owner == "https://a.example/u" })
        let alone = try json(#"{"id": "k", "controller": "https://a.example/u", "publicKeyPem": "P"}"#)
        #expect(ActorDocument.keyOwner(alone) == "https://a.example/u")
    }

    @Test(arguments: [
        #""https://a.example/u#1""#, "null", "{}", #"{"id": "https://a.example/u#1"}"#,
        #"{"id": "k", "publicKeyPem": ""}"#, #"{"id": "", "publicKeyPem": "P"}"#, #"{"publicKeyPem": "P"}"#,
        #"{"id": "k", "owner": "https://b.example/u", "publicKeyPem": "P"}"#,
    ])
    func `what is no key of this actor is left out`(source: String) throws {
        #expect(try keys(source).isEmpty)
    }

    @Test func `the key asked for is chosen among several`() throws {
        let value = try json(
            """
            {"id": "https://a.example/u", "type": "Person", "inbox": "https://a.example/i", "preferredUsername": "u",
             "publicKey": [\(Self.one), \(Self.two)]}
            """)
        let id = "https://a.example/u"
        #expect(try ActorDocument(value, id: id).publicKey?.pem == "P1")
        #expect(try ActorDocument(value, id: id, keyID: id + "#2").publicKey?.pem == "P2")
        #expect(try ActorDocument(value, id: id, keyID: id + "#3").publicKey?.pem == "P1")
    }

    @Test func `a key that stands alone names its owner`() throws {
        let alone = try json(#"{"id": "k", "owner": "https://a.example/u", "publicKeyPem": "P"}"#)
        #expect(ActorDocument.isBareKey(alone))
        #expect(ActorDocument.keyOwner(alone) == "https://a.example/u")
        let stub = try json(
            #"{"id": "https://a.example/u", "type": "Person", "publicKey": {"id": "k", "owner": "https://a.example/u", "publicKeyPem": "P"}}"#
        )
        #expect(ActorDocument.isBareKey(stub))
        #expect(ActorDocument.keyOwner(stub) == "https://a.example/u")
        #expect(!ActorDocument.isBareKey(try json(#"{"type": "Person", "inbox": "i", "publicKey": {}}"#)))
    }
}
