import Basics
import Federation
import JSON
import Storage
import Testing

struct OutboxEditTests {
    /// A post that names bob and that eve liked, carl boosted, dora answered and fred quoted.
    private func popular(_ house: Household, _ visibility: Visibility) async throws -> StatusID {
        let bob = try await house.neighbour("bob")
        let id = try await house.publish(visibility: visibility, mentions: [bob])
        let (eve, carl) = (try await house.neighbour("eve"), try await house.neighbour("carl"))
        let (dora, fred) = (try await house.neighbour("dora"), try await house.neighbour("fred"))
        try await house.theirs(carl, "https://b.example/boosts/1") { $0.reblogOf = id }
        try await house.theirs(dora, "https://b.example/posts/2") { $0.inReplyTo = id }
        let quoting = try await house.theirs(fred, "https://b.example/posts/3")
        try await house.store.write { tx in
            _ = try Favourites.insert(actor: eve, status: id, uri: "https://b.example/likes/1", in: tx)
            try Quotes.save(
                Quote(
                    status: quoting, quoted: id, quotedURI: "x", state: .accepted, checkedAt: Household.start),
                in: tx)
        }
        try await house.sent()
        return id
    }

    @Test(arguments: ["Update", "Delete"])
    func `everybody who did something with an open post hears what becomes of it`(kind: String) async throws {
        let house = try await Household()
        let id = try await popular(house, .public)
        try await house.act { outbox, tx in
            try kind == "Update" ? outbox.edit(id, in: tx) : outbox.delete(id, in: tx)
        }
        #expect(
            try await house.sent().summary
                == ["bob", "carl", "dora", "eve", "fred"].map { "\(kind) b.example/\($0)" })
    }

    @Test(arguments: [Visibility.private, .direct], ["Update", "Delete"])
    func `of any other post only those hear whom it is for`(visibility: Visibility, kind: String) async throws
    {
        let house = try await Household()
        _ = try await house.neighbour("fan", at: "f.example", follows: true)
        let id = try await popular(house, visibility)
        try await house.act { outbox, tx in
            try kind == "Update" ? outbox.edit(id, in: tx) : outbox.delete(id, in: tx)
        }
        let expected = ["\(kind) b.example/bob"] + (visibility == .private ? ["\(kind) f.example/fan"] : [])
        #expect(try await house.sent().summary == expected)
    }

    @Test(arguments: [Visibility.public, .direct])
    func `whoever is taken out of a post hears of that, and of its end`(visibility: Visibility) async throws {
        let house = try await Household()
        let (bob, eve) = (try await house.neighbour("bob"), try await house.neighbour("eve"))
        let id = try await house.publish(visibility: visibility, mentions: [bob, eve])
        try await house.sent()
        try await house.act { outbox, tx in
            try Mentions.removeAll(of: id, in: tx)
            try Mentions.insert(status: id, actor: eve, in: tx)
            try outbox.edit(id, formerly: [bob, eve], in: tx)
        }
        let updates = try await house.sent()
        #expect(updates.summary == ["Update b.example/bob", "Update b.example/eve"])
        #expect(updates.allSatisfy { !String(decoding: $0.body, as: UTF8.self).contains("users/bob") })
        try await house.act { outbox, tx in try outbox.delete(id, in: tx) }
        #expect(try await house.sent().summary == ["Delete b.example/bob", "Delete b.example/eve"])
        #expect(try house.read { try Mentions.former(of: id, in: $0) }.isEmpty)
    }

    @Test func `what changed besides the text is no edit`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let id = try await house.publish(mentions: [bob])
        try await house.sent()
        var ids: [String] = []
        for _ in 0..<2 {
            try await house.act { outbox, tx in try outbox.refresh(id, in: tx) }
            let update = try #require(try await house.sent().first)
            #expect(update.kind == "Update" && update.object?["updated"] == nil)
            ids.append(try #require(update.document["id"]?.string))
        }
        #expect(Set(ids).count == 2)
    }

    @Test func `who still waits for a post gets it as it is now`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let id = try await house.publish(mentions: [bob])
        try await house.act { outbox, tx in
            guard var status = try Statuses.find(id, in: tx) else { return }
            status.content = "<p>New</p>"
            status.editedAt = Household.start + .minutes(1)
            try Statuses.update(status, in: tx)
            try outbox.edit(id, in: tx)
        }
        let sent = try await house.sent()
        #expect(sent.summary == ["Create b.example/bob"])
        #expect(sent.first?.object?["content"]?.string == "<p>New</p>")
    }
}
