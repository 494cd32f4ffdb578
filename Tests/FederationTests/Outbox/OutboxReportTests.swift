import ActivityPub
import Basics
import Federation
import JSON
import Storage
import Testing

struct OutboxReportTests {
    @Test func `a report names the person and their posts, and not the owner`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob") { $0.sharedInbox = "https://b.example/inbox" }
        let theirs = try await house.theirs(bob, "https://b.example/posts/1")
        let other = try await house.theirs(try await house.neighbour("eve"), "https://b.example/posts/2")
        try await house.act { outbox, tx in
            try outbox.report(bob, statuses: [theirs, other], comment: "spam", in: tx)
        }
        let flag = try #require(try await house.sent().first)
        #expect(flag.kind == "Flag" && flag.inbox == "b.example/inbox")
        #expect(flag.object?.ids() == ["https://b.example/users/bob", "https://b.example/posts/1"])
        #expect(flag.document["actor"]?.string == "https://islet.example/actor")
        #expect(flag.document["content"]?.string == "spam")
        #expect(!String(decoding: flag.body, as: UTF8.self).contains("users/me"))
    }

    @Test func `a closed account is told to every inbox that is known`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("bob") { $0.sharedInbox = "https://b.example/inbox" }
        _ = try await house.neighbour("eve") { $0.sharedInbox = "https://b.example/inbox" }
        _ = try await house.neighbour("carl", at: "c.example")
        try await house.act { outbox, tx in try outbox.deleteAccount(in: tx) }
        let sent = try await house.sent()
        #expect(sent.summary == ["Delete b.example/inbox", "Delete c.example/carl"])
        #expect(sent.allSatisfy { $0.object?.string == "https://islet.example/users/me" })
    }
}
