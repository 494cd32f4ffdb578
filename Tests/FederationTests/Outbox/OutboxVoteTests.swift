import ActivityPub
import Basics
import Federation
import JSON
import Storage
import TestSupport
import Testing

struct OutboxVoteTests {
    /// A poll on a post.
    private func poll(
        on id: StatusID, multiple: Bool = false, in tx: Transaction
    ) throws {
        try Polls.save(
            Poll(
                status: id, isMultiple: multiple, endsAt: Household.start + .hours(1),
                options: ["a", "b", "c"].map { .init(name: $0, votes: 0) }, readAt: Household.start), in: tx)
    }

    private func theirPoll(_ house: Household, multiple: Bool = false) async throws -> StatusID {
        let bob = try await house.neighbour("bob")
        let id = try await house.theirs(bob, "https://b.example/posts/1")
        try await house.store.write { try poll(on: id, multiple: multiple, in: $0) }
        return id
    }

    private func ownPoll(_ house: Household) async throws -> StatusID {
        let id = try await house.publish { id, tx in try poll(on: id, in: tx) }
        try await house.sent()
        return id
    }

    @Test func `each choice is told to the author alone`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("eve", follows: true)
        let id = try await theirPoll(house, multiple: true)
        try await house.act { outbox, tx in try outbox.vote([2, 0], on: id, in: tx) }
        let sent = try await house.sent()
        #expect(sent.map(\.inbox) == ["b.example/bob", "b.example/bob"])
        #expect(sent.map { $0.object?["name"]?.string } == ["a", "c"])
        #expect(sent.allSatisfy { $0.object?["inReplyTo"]?.string == "https://b.example/posts/1" })
        #expect(sent.allSatisfy { $0.object?["content"] == nil && $0.document["cc"]?.count == 0 })
        #expect(Set(sent.compactMap { $0.object?["id"]?.string }).count == 2)
        let counted = try #require(try house.read { try Polls.find(id, in: $0) })
        #expect(counted.options.map(\.votes) == [1, 0, 1] && counted.voters == 1)
    }

    @Test func `a vote that is not allowed is refused and nothing is sent`() async throws {
        let house = try await Household()
        let id = try await theirPoll(house)
        func refusal(_ choices: [Int]) async -> PollRefusal? {
            await #expect(throws: PollRefusal.self) {
                try await house.act { outbox, tx in try outbox.vote(choices, on: id, in: tx) }
            }
        }
        #expect(await refusal([]) == .noSuchOption)
        #expect(await refusal([3]) == .noSuchOption)
        #expect(await refusal([-1]) == .noSuchOption)
        #expect(await refusal([0, 1]) == .tooManyChoices)
        #expect(try await house.sent().isEmpty)
        try await house.act { outbox, tx in try outbox.vote([1], on: id, in: tx) }
        #expect(await refusal([0]) == .alreadyVoted)
        #expect(try await house.sent().count == 1)
        house.clock.move(to: Household.start + .hours(1))
        #expect(await refusal([0]) == .over)
    }

    @Test func `numbers are told at most every three minutes`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("bob", follows: true)
        let id = try await ownPoll(house)
        func vote(_ name: String, _ position: Int) async throws -> [Household.Sent] {
            let voter = try await house.neighbour(name, at: "v.example")
            try await house.act { outbox, tx in
                _ = try Polls.vote(position, by: voter, in: id, tx)
                try outbox.tellTallies(of: id, in: tx)
            }
            return try await house.sent()
        }
        let first = try await vote("v1", 0)
        #expect(first.summary == ["Update b.example/bob", "Update v.example/v1"])
        #expect(first.first?.object?["oneOf"]?.elements.first?["replies"]?["totalItems"]?.int == 1)
        #expect(first.first?.object?["updated"] == nil)
        #expect(try await vote("v2", 1).isEmpty)
        house.clock.move(to: Household.start + .seconds(180))
        let second = try await vote("v3", 1)
        #expect(second.first?.object?["votersCount"]?.int == 3)
        #expect(second.first?.document["id"]?.string != first.first?.document["id"]?.string)
    }

    @Test func `the end of an own poll is told to followers and voters once`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("bob", follows: true)
        let voter = try await house.neighbour("eve", at: "v.example")
        let id = try await ownPoll(house)
        let end = Household.start + .hours(1)
        #expect(
            try await house.act { outbox, tx in try outbox.closePolls(at: end - .seconds(1), in: tx) } == 0)
        try await house.store.write { _ = try Polls.vote(1, by: voter, in: id, $0) }
        #expect(try await house.act { outbox, tx in try outbox.closePolls(at: end, in: tx) } == 1)
        let sent = try await house.sent()
        #expect(sent.summary == ["Update b.example/bob", "Update v.example/eve"])
        #expect(sent.first?.object?["closed"]?.string == "2024-01-02T04:04:05Z")
        #expect(try await house.act { outbox, tx in try outbox.closePolls(at: end, in: tx) } == 0)
    }

    @Test func `the end of a poll in which the owner voted is a notification`() async throws {
        let house = try await Household()
        let voted = try await theirPoll(house)
        try await house.act { outbox, tx in try outbox.vote([0], on: voted, in: tx) }
        let other = try await house.theirs(try await house.neighbour("eve"), "https://b.example/posts/2")
        try await house.store.write { try poll(on: other, in: $0) }
        try await house.sent()
        let closed = try await house.act { outbox, tx in
            try outbox.closePolls(at: Household.start + .hours(1), in: tx)
        }
        let told = try house.read {
            try Notifications.page(Page(limit: 10), kinds: [.poll], actor: nil, in: $0)
        }
        #expect(closed == 2 && told.map(\.status) == [voted])
        #expect(try await house.sent().isEmpty)
    }
}
