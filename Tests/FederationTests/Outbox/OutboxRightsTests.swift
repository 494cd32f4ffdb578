import ActivityPub
import Basics
import Federation
import JSON
import Storage
import Testing

/// Posts whose authors restrict what others do with them.
struct OutboxRightsTests {
    /// Who may at once, whether the owner follows the author, whether the author follows the owner, and whether the
    /// act goes to everybody.
    static let cases: [(InteractionRights.People?, Bool, Bool, Bool)] = [
        (nil, false, false, true), (.everybody, false, false, true), (.owner, false, false, true),
        ([], true, true, false), (.followers, false, true, false), (.followers, true, false, true),
        (.following, true, false, false), (.following, false, true, true),
    ]

    private func post(
        _ house: Household, _ automatic: InteractionRights.People?, follows: Bool, isFollowed: Bool
    ) async throws -> StatusID {
        _ = try await house.neighbour("fan", at: "f.example", follows: true)
        let bob = try await house.neighbour("bob", follows: isFollowed)
        if follows {
            try await house.store.write { [owner = house.identity.owner] tx in
                try Following.request(bob, uri: "f", reblogs: true, notify: false, in: tx)
                _ = try Following.accept(bob, owner: owner, in: tx)
            }
        }
        return try await house.theirs(bob, "https://b.example/posts/1") { status in
            guard let automatic else { return }
            var rights = InteractionRights()
            for act in InteractionRights.Act.allCases { rights[act] = (automatic, .everybody) }
            status.rights = rights
        }
    }

    @Test(arguments: cases)
    func `an answer that needs leave goes to the author alone`(
        automatic: InteractionRights.People?, follows: Bool, isFollowed: Bool, isForAll: Bool
    ) async throws {
        let house = try await Household()
        let parent = try await post(house, automatic, follows: follows, isFollowed: isFollowed)
        try await house.publish(inReplyTo: parent)
        let expected = ["Create b.example/bob"] + (isForAll ? ["Create f.example/fan"] : [])
        #expect(try await house.sent().summary == expected)
    }

    @Test(arguments: cases)
    func `a boost that needs leave goes to the author alone, and so does its end`(
        automatic: InteractionRights.People?, follows: Bool, isFollowed: Bool, isForAll: Bool
    ) async throws {
        let house = try await Household()
        let target = try await post(house, automatic, follows: follows, isFollowed: isFollowed)
        _ = try await house.act { outbox, tx in try outbox.boost(target, visibility: .public, in: tx) }
        #expect(
            try await house.sent().summary
                == ["Announce b.example/bob"] + (isForAll ? ["Announce f.example/fan"] : []))
        try await house.act { outbox, tx in try outbox.unboost(target, in: tx) }
        #expect(
            try await house.sent().summary == ["Undo b.example/bob"]
                + (isForAll ? ["Undo f.example/fan"] : []))
    }

    @Test func `an edit of what was withheld is withheld, and its end is told to all who may have it`()
        async throws
    {
        let house = try await Household()
        let parent = try await post(house, [], follows: false, isFollowed: false)
        let eve = try await house.neighbour("eve")
        let id = try await house.publish(mentions: [eve], inReplyTo: parent)
        #expect(try await house.sent().summary == ["Create b.example/bob"])
        try await house.act { outbox, tx in try outbox.edit(id, in: tx) }
        #expect(try await house.sent().summary == ["Update b.example/bob"])
        try await house.act { outbox, tx in try outbox.delete(id, in: tx) }
        #expect(
            try await house.sent().summary
                == ["Delete b.example/bob", "Delete b.example/eve", "Delete f.example/fan"])
    }

    @Test func `whoever is named may answer`() async throws {
        let house = try await Household()
        let parent = try await post(house, [], follows: false, isFollowed: false)
        let owner = house.identity.owner
        try await house.store.write { try Mentions.insert(status: parent, actor: owner, in: $0) }
        try await house.publish(inReplyTo: parent)
        #expect(try await house.sent().summary == ["Create b.example/bob", "Create f.example/fan"])
    }

    @Test func `an own post for followers is boosted for followers`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("fan", at: "f.example", follows: true)
        let id = try await house.post(visibility: .private)
        _ = try await house.act { outbox, tx in try outbox.boost(id, visibility: .public, in: tx) }
        let sent = try await house.sent()
        #expect(sent.summary == ["Announce f.example/fan"])
        #expect(sent.first?.document["to"]?.ids() == [house.identity.followers])
        #expect(sent.first?.document["cc"]?.count == 0)
        try await house.act { outbox, tx in try outbox.unboost(id, in: tx) }
        let undo = try #require(try await house.sent().first)
        #expect(undo.document["to"]?.ids() == [house.identity.followers])
        #expect(undo.object?["@context"] == nil && undo.object?["type"]?.string == "Announce")
    }
}
