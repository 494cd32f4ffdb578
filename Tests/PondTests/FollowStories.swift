import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

struct FollowStories {
    @Test func `a follow is accepted and shows on both sides`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            try await ann.follow("me@bob.example")
            try await pond.settle()
            #expect(try ann.following() == ["https://bob.example/users/me"])
            #expect(try bob.followers() == ["https://ann.example/users/me"])
            #expect(try bob.notifications() == ["follow me@ann.example"])
            #expect(try ann.waitingDeliveries() + bob.waitingDeliveries() == 0)
        }
    }

    @Test func `unfollowing ends it on both sides and takes the posts from the timeline`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            let row = try await ann.follow("me@bob.example")
            try await pond.settle()
            try await bob.post("Morning")
            try await pond.settle()
            #expect(try ann.home().count == 1)
            try await ann.act { outbox, tx in try outbox.unfollow(row, in: tx) }
            try await pond.settle()
            #expect(try ann.following().isEmpty)
            #expect(try ann.home().isEmpty)
            #expect(try bob.followers().isEmpty)
            #expect(try bob.notifications().isEmpty)
        }
    }

    @Test func `a locked account is followed only when the owner says so`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            try await bob.setLocked(true)
            try await ann.follow("me@bob.example")
            try await pond.settle()
            #expect(try ann.following().isEmpty)
            #expect(try bob.notifications() == ["followRequest me@ann.example"])
            let asker = try #require(try bob.actor("https://ann.example/users/me")).id
            try await bob.act { outbox, tx in try outbox.acceptFollower(asker, in: tx) }
            try await pond.settle()
            #expect(try ann.following() == ["https://bob.example/users/me"])
            #expect(try bob.notifications() == ["follow me@ann.example"])
        }
    }

    @Test func `a refused follow leaves nothing on either side`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            try await bob.setLocked(true)
            let row = try await ann.follow("me@bob.example")
            try await pond.settle()
            let asker = try #require(try bob.actor("https://ann.example/users/me")).id
            try await bob.act { outbox, tx in try outbox.rejectFollower(asker, in: tx) }
            try await pond.settle()
            #expect(try ann.read { try Following.find(row, in: $0) } == nil)
            #expect(try bob.read { try FollowRequests.count(in: $0) } == 0)
            #expect(try bob.notifications().isEmpty)
        }
    }

    @Test func `a blocked actor who follows is refused`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let eve = pond.stranger("eve.example").resident("eve")
            let row = try #require(await islet.resolver.account(uri: eve.id))
            try await islet.act { outbox, tx in try outbox.block(row, in: tx) }
            try await pond.settle()
            let follow = eve.activity("Follow", about: islet.identity.actor)
            #expect(try await islet.receive(follow, from: eve) == .accepted)
            try await pond.settle()
            #expect(eve.host.received.map(\.type) == ["Block", "Reject"])
            #expect(eve.host.received.last?.document?["object"]?["id"]?.string == "\(eve.id)#follow/1")
            #expect(try islet.followers().isEmpty)
            #expect(try islet.notifications().isEmpty)
        }
    }

    @Test func `blocking a follower ends the ties in both directions`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            let row = try await ann.follow("me@bob.example")
            try await bob.follow("me@ann.example")
            try await pond.settle()
            try await ann.act { outbox, tx in try outbox.block(row, in: tx) }
            try await pond.settle()
            #expect(try ann.following() + ann.followers() + bob.following() + bob.followers() == [])
        }
    }
}
