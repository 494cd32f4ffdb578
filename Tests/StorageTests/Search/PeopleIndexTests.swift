import SQLite
import Testing

@testable import Storage

@Suite struct PeopleIndexTests {
    private func index(_ store: TestStore) async throws {
        try await store.write { tx in
            try SearchIndex.catchUp(limit: 100, words: { _ in "" }, cut: { $0 }, in: tx)
        }
    }

    private func find(
        _ text: String, following: Bool = false, limit: Int = 40, offset: Int = 0, in store: TestStore
    ) throws -> [ActorID] {
        var expression = SearchExpression()
        for word in text.split(separator: " ") { expression.add(String(word), isBeginning: true) }
        return try store.read {
            try PeopleIndex.find(
                expression, name: text, following: following, limit: limit, offset: offset, in: $0)
        }
    }

    private func save(_ name: String, shown: String, in store: TestStore) async throws -> ActorID {
        try await store.write { tx in
            var actor = Actor.make(name)
            actor.name = shown
            return try Actors.save(actor, in: tx)
        }
    }

    @Test func `people are found by the beginning of any word, without case and accents`() async throws {
        let store = try TestStore()
        let eve = try await save("eve", shown: "Zoë van der Meer", in: store)
        try await index(store)
        for text in ["e", "EVE", "zoe", "ZOË", "meer zo", "eve@lake", "@eve@lake.exam", "lake"] {
            #expect(try find(text, in: store) == [eve], "\(text)")
        }
        for text in ["ve", "zoe x", "far", "%", "_", "\\", "\""] {
            #expect(try find(text, in: store) == [], "\(text)")
        }
    }

    @Test func `followed ones come first, then the exact name`() async throws {
        let store = try TestStore()
        let longer = try await save("bobby", shown: "", in: store)
        let exact = try await save("bob", shown: "", in: store)
        let friend = try await save("robert", shown: "Bob R", in: store)
        try await store.write { tx in
            try Following.request(friend, uri: "u", reblogs: true, notify: false, in: tx)
        }
        try await index(store)
        #expect(try find("bob", in: store) == [friend, exact, longer])
        #expect(try find("bob", limit: 1, offset: 1, in: store) == [exact])
        #expect(try find("bob", following: true, in: store) == [], "it is only asked for")
        try await store.write { tx in _ = try Following.accept(friend, owner: exact, in: tx) }
        #expect(try find("bob", following: true, in: store) == [friend])
    }

    @Test func `a new name replaces the old one, and whoever is gone is found no more`() async throws {
        let store = try TestStore()
        let id = try await save("eve", shown: "Before", in: store)
        try await index(store)
        #expect(try await save("eve", shown: "After", in: store) == id)
        try await index(store)
        #expect(try find("before", in: store) == [])
        #expect(try find("after", in: store) == [id])
        try await store.write { tx in try Actors.remove(id, owner: ActorID(0), in: tx) }
        #expect(try find("after", in: store) == [], "at once")
        try await index(store)
        #expect(
            try store.read { try $0.db.first("SELECT count(*) FROM search_people") { $0.int(0) } } == 0)
        #expect(try !store.read { try SearchIndex.isBehind(in: $0) })
    }
}
