import Federation
import HTTP
import Storage
import Testing

struct NoteDocumentsTests {
    private func asking(_ house: Household) -> Asking {
        Asking(routes: ObjectEndpoint(identity: house.identity, store: house.store).routes)
    }

    @Test func `a document is made once and then at hand`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let asking = asking(house)
        let first = try await asking.get("/users/me/statuses/\(id)")
        let statements = house.store.statementsRead
        let second = try await asking.get("/users/me/statuses/\(id)")
        #expect(first.bytes == second.bytes && !first.bytes.isEmpty)
        #expect(house.store.statementsRead == statements)
    }

    @Test func `a change of the post is seen`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let asking = asking(house)
        let before = try await asking.get("/users/me/statuses/\(id)")
        try await house.store.write { tx in
            var status = try #require(try Statuses.find(id, in: tx))
            status.content = "<p>Changed</p>"
            try Statuses.update(status, in: tx)
            tx.announce(.ownPosts)
        }
        let after = try await asking.get("/users/me/statuses/\(id)")
        #expect(after.text.contains("Changed") && before.fields["ETag"] != after.fields["ETag"])
    }

    @Test func `what is not there is not remembered`() async throws {
        let house = try await Household()
        let asking = asking(house)
        let next = Statuses.newID(at: Household.start)
        #expect(try await asking.get("/users/me/statuses/\(next)").status == .notFound)
        let uri = house.identity.status(next)
        let owner = house.identity.owner
        try await house.store.write { tx in
            let status = Storage.Status(
                uri: uri, actor: owner, createdAt: Household.start, visibility: .public)
            _ = try Statuses.insert(status, id: next, in: tx)
        }
        #expect(try await asking.get("/users/me/statuses/\(next)").status == .ok)
    }
}
