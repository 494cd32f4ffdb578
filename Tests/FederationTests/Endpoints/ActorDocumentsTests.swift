import Federation
import Storage
import Testing

struct ActorDocumentsTests {
    @Test func `both documents are made once`() async throws {
        let house = try await Household()
        let documents = ActorDocuments(identity: house.identity, store: house.store)
        let first = try #require(try documents.owner())
        let instance = try #require(try documents.instance())
        let statements = house.store.statementsRead
        #expect(try documents.owner()?.bytes == first.bytes)
        #expect(try documents.instance()?.bytes == instance.bytes)
        #expect(house.store.statementsRead == statements)
        #expect(first.bytes != instance.bytes)
    }

    @Test func `a change of the owner is seen`() async throws {
        let house = try await Household()
        let documents = ActorDocuments(identity: house.identity, store: house.store)
        let before = try #require(try documents.owner())
        try await house.change { $0.name = "Somebody else" }
        let after = try #require(try documents.owner())
        #expect(before.etag != after.etag)
        #expect(text(after.bytes)?.contains("Somebody else") == true)
    }
}
