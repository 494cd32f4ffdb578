import ActivityPub
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

struct PostStories {
    /// Two islets that follow each other.
    private func friends(_ pond: Pond) async throws -> (Islet, Islet) {
        let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
        try await ann.follow("me@bob.example")
        try await bob.follow("me@ann.example")
        try await pond.settle()
        return (ann, bob)
    }

    @Test func `a post reaches the follower's timeline, and the answer comes back`() async throws {
        try await Pond.with { pond in
            let (ann, bob) = try await friends(pond)
            let post = try await bob.post("Morning")
            try await pond.settle()
            let uri = bob.identity.status(post)
            #expect(try ann.home() == [uri])
            let copy = try #require(try ann.status(uri))
            #expect(copy.content == "<p>Morning</p>")
            #expect(copy.visibility == .public)

            let reply = try await ann.post("Already?", mentions: [copy.actor], inReplyTo: copy.id)
            try await pond.settle()
            let answer = try #require(try bob.status(ann.identity.status(reply)))
            #expect(answer.inReplyTo == post)
            #expect(answer.inReplyToActor == bob.identity.owner)
            #expect(try bob.notifications() == ["follow me@ann.example", "mention me@ann.example"])
            #expect(try bob.home().contains(answer.uri))
        }
    }

    @Test(arguments: [Visibility.public, .unlisted, .private])
    func `a post keeps who may see it`(visibility: Visibility) async throws {
        try await Pond.with { pond in
            let (ann, bob) = try await friends(pond)
            let post = try await bob.post("Psst", visibility: visibility)
            try await pond.settle()
            #expect(try ann.status(bob.identity.status(post))?.visibility == visibility)
        }
    }

    @Test func `a like is counted once and can be taken back`() async throws {
        try await Pond.with { pond in
            let (ann, bob) = try await friends(pond)
            let post = try await bob.post("Morning")
            try await pond.settle()
            let copy = try #require(try ann.status(bob.identity.status(post))).id
            try await ann.act { outbox, tx in
                try outbox.favourite(copy, in: tx)
                try outbox.favourite(copy, in: tx)
            }
            try await pond.settle()
            #expect(try bob.favourites(of: post) == 1)
            #expect(try bob.notifications().last == "favourite me@ann.example")
            try await ann.act { outbox, tx in try outbox.unfavourite(copy, in: tx) }
            try await pond.settle()
            #expect(try bob.favourites(of: post) == 0)
            #expect(try bob.notifications() == ["follow me@ann.example"])
        }
    }

    @Test func `a boost shows a post to those who did not have it, and can be taken back`() async throws {
        try await Pond.with { pond in
            let (ann, bob) = try await friends(pond)
            let cat = try await pond.islet("cat.example")
            try await ann.follow("me@cat.example")
            try await pond.settle()
            let post = try await cat.post("Meow")
            try await pond.settle()
            let uri = cat.identity.status(post)
            let copy = try #require(try ann.status(uri)).id
            try await ann.act { outbox, tx in
                _ = try outbox.boost(copy, visibility: .public, in: tx)
                _ = try outbox.boost(copy, visibility: .public, in: tx)
            }
            try await pond.settle()
            #expect(try bob.home() == [uri])
            #expect(try cat.boosts(of: post) == 1)
            #expect(try cat.notifications() == ["follow me@ann.example", "reblog me@ann.example"])
            try await ann.act { outbox, tx in try outbox.unboost(copy, in: tx) }
            try await pond.settle()
            #expect(try bob.home().isEmpty)
            #expect(try cat.boosts(of: post) == 0)
            #expect(try cat.notifications() == ["follow me@ann.example"])
        }
    }

    @Test func `an edit replaces the text and keeps the old one, a deletion takes all`() async throws {
        try await Pond.with { pond in
            let (ann, bob) = try await friends(pond)
            let post = try await bob.post("Mornin")
            try await pond.settle()
            let uri = bob.identity.status(post)
            let copy = try #require(try ann.status(uri)).id
            try await pond.pass(.seconds(60))
            try await bob.edit(post, "Morning")
            try await pond.settle()
            #expect(try ann.status(uri)?.content == "<p>Morning</p>")
            #expect(try ann.read { try StatusEdits.of(copy, in: $0).map(\.content) } == ["<p>Mornin</p>"])
            try await bob.act { outbox, tx in try outbox.delete(post, in: tx) }
            try await pond.settle()
            #expect(try ann.status(uri) == nil)
            #expect(try ann.home().isEmpty)
            #expect(try ann.read { try Tombstones.contains(uri, in: $0) })
        }
    }

    @Test func `a stranger who is named gets the post, although nobody follows`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example").resident("zoe")
            let zoe = try #require(await islet.resolver.account(handle: "@zoe@far.example"))
            let post = try await islet.post("Hello", mentions: [zoe])
            try await pond.settle()
            let received = try #require(far.host.received.first)
            #expect(far.host.received.count == 1)
            #expect(received.isSigned)
            #expect(received.type == "Create")
            #expect(received.path == "/inbox")
            #expect(received.document?["object"]?["id"]?.string == islet.identity.status(post))
            #expect(received.document?["object"]?["cc"]?.ids().contains(far.id) == true)
        }
    }

    @Test func `a direct post goes to its addressee's own inbox and nowhere else`() async throws {
        try await Pond.with { pond in
            let (ann, bob) = try await friends(pond)
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe"), yan = far.resident("yan")
            for actor in [zoe, yan] {
                try await bob.receive(actor.activity("Follow", about: bob.identity.actor), from: actor)
            }
            try await pond.settle()
            far.forget()
            let addressee = try #require(try bob.actor(zoe.id)).id
            let post = try await bob.post("Only you", visibility: .direct, mentions: [addressee])
            try await pond.settle()
            #expect(far.received.map(\.path) == ["/users/zoe/inbox"])
            #expect(far.received.first?.document?["to"]?.ids() == [zoe.id])
            #expect(far.received.first?.document?["cc"]?.ids() == [])
            #expect(try ann.status(bob.identity.status(post)) == nil)
        }
    }

    @Test func `one delivery serves all followers of a host`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            for name in ["uma", "vic", "wes"] {
                let actor = far.resident(name)
                try await islet.receive(actor.activity("Follow", about: islet.identity.actor), from: actor)
            }
            try await pond.settle()
            #expect(far.received.map(\.type) == ["Accept", "Accept", "Accept"])
            #expect(Set(far.received.map(\.path)).count == 3)
            far.forget()
            try await islet.post("Hello all")
            try await pond.settle()
            #expect(far.received.map(\.path) == ["/inbox"])
            #expect(far.received.map(\.isSigned) == [true])
        }
    }
}
