import Federation
import HTTP
import Storage
import Testing

struct ActorDocumentsTests {
    private let asked = Request(.get, "/users/me")

    @Test func `both documents are made once`() async throws {
        let house = try await Household()
        let documents = ActorDocuments(identity: house.identity, store: house.store, shield: house.shield)
        let first = try await documents.owner(for: asked)
        let instance = try await documents.instance(for: asked)
        let statements = house.store.statementsRead
        #expect(try await documents.owner(for: asked).bytes == first.bytes)
        #expect(try await documents.instance(for: asked).bytes == instance.bytes)
        #expect(house.store.statementsRead == statements)
        #expect(first.bytes != instance.bytes)
    }

    @Test func `a change of the owner is seen`() async throws {
        let house = try await Household()
        let documents = ActorDocuments(identity: house.identity, store: house.store, shield: house.shield)
        let before = try await documents.owner(for: asked)
        try await house.change { $0.name = "Somebody else" }
        let after = try await documents.owner(for: asked)
        #expect(before.fields["ETag"] != after.fields["ETag"])
        #expect(after.text.contains("Somebody else"))
    }
}
