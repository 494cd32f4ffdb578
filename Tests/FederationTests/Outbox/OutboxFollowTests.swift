import Basics
import Federation
import JSON
import Storage
import Testing

struct OutboxFollowTests {
    @Test func `only the newest answer to whoever asks again and again waits`() async throws {
        let house = try await Household()
        try await house.change { $0.locked = true }
        let (bob, eve) = (try await house.neighbour("bob"), try await house.neighbour("eve"))
        for number in 0..<30 {
            try await house.act { outbox, tx in
                for (name, actor) in [("bob", bob), ("eve", eve)] {
                    _ = try FollowRequests.insert(
                        actor, uri: "https://b.example/\(name)/follows/\(number)", in: tx)
                    try number.isMultiple(of: 2)
                        ? outbox.rejectFollower(actor, in: tx) : outbox.acceptFollower(actor, in: tx)
                }
            }
        }
        #expect(try house.read { try Deliveries.count(in: $0) } == 2)
        let sent = try await house.sent()
        #expect(sent.summary == ["Accept b.example/bob", "Accept b.example/eve"])
        #expect(sent.first?.object?["id"]?.string == "https://b.example/bob/follows/29")
    }

    @Test func `what an Undo takes back stands in it without a context`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        try await house.act { outbox, tx in try outbox.follow(bob, reblogs: true, notify: false, in: tx) }
        try await house.sent()
        try await house.act { outbox, tx in try outbox.unfollow(bob, in: tx) }
        let undo = try #require(try await house.sent().first)
        #expect(undo.object?["type"]?.string == "Follow" && undo.object?["@context"] == nil)
    }
}
