import ActivityPub
import Basics
import Federation
import JSON
import Storage
import TestSupport
import Testing

struct OutboxMoveTests {
    private static let me = "https://islet.example/users/me"

    private func refusal(_ house: Household, _ target: ActorID) async -> MoveRefusal? {
        await #expect(throws: MoveRefusal.self) {
            try await house.act { outbox, tx in try outbox.move(to: target, in: tx) }
        }
    }

    @Test func `followers are told who the owner is now, then where to go`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("fan", follows: true)
        let new = try await house.neighbour("new", at: "n.example") { $0.alsoKnownAs = [Self.me] }
        try await house.act { outbox, tx in try outbox.move(to: new, in: tx) }
        let sent = try await house.sent()
        #expect(sent.map(\.kind) == ["Update", "Move"])
        #expect(sent.first?.object?["movedTo"]?.string == "https://n.example/users/new")
        #expect(sent.last?.object?.string == Self.me)
        #expect(sent.last?.document["target"]?.string == "https://n.example/users/new")
        #expect(sent.last?.document["to"]?.ids() == [house.identity.followers])
    }

    @Test func `the other account must say that it is the owner's, and must not have moved`() async throws {
        let house = try await Household()
        let silent = try await house.neighbour("silent")
        let moved = try await house.neighbour("moved") { actor in
            actor.alsoKnownAs = [Self.me]
            actor.movedTo = "https://c.example/users/c"
        }
        #expect(await refusal(house, silent) == .notAcknowledged)
        #expect(await refusal(house, moved) == .movedOn)
        #expect(await refusal(house, house.identity.owner) == .nobodyThere)
        #expect(await refusal(house, ActorID(7)) == .nobodyThere)
        #expect(try house.read { try Actors.find(house.identity.owner, in: $0)?.movedTo } == nil)
    }

    @Test func `thirty days lie between two moves`() async throws {
        let house = try await Household()
        let new = try await house.neighbour("new") { $0.alsoKnownAs = [Self.me] }
        try await house.act { outbox, tx in try outbox.move(to: new, in: tx) }
        house.clock.move(to: Household.start + .days(30) - .seconds(1))
        #expect(await refusal(house, new) == .tooSoon)
        house.clock.move(to: Household.start + .days(30))
        try await house.act { outbox, tx in try outbox.move(to: new, in: tx) }
    }

    @Test func `other accounts of the owner are told to followers, each once`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("fan", follows: true)
        try await house.act { outbox, tx in
            try outbox.setAliases(["https://c.example/c", Self.me, "https://c.example/c"], in: tx)
        }
        let update = try #require(try await house.sent().first)
        #expect(update.kind == "Update" && update.object?["alsoKnownAs"]?.ids() == ["https://c.example/c"])
    }
}
