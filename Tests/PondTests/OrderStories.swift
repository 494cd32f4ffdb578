import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// What comes twice, or in the wrong order.
struct OrderStories {
    /// An islet that follows somebody at a stranger's.
    private func follower(_ pond: Pond) async throws -> (Islet, StrangerActor) {
        let islet = try await pond.islet()
        let zoe = pond.stranger("far.example").resident("zoe")
        let row = try await islet.follow(zoe.handle)
        let uri = try #require(try islet.read { try Following.find(row, in: $0) }).uri
        try await islet.receive(zoe.activity("Accept", about: uri), from: zoe)
        try await pond.settle()
        #expect(try islet.following() == [zoe.id])
        return (islet, zoe)
    }

    @Test func `whatever arrives twice has one effect`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await follower(pond)
            let post = try await islet.post("Hi")
            let uri = islet.identity.status(post)
            let activities = [
                zoe.activity("Follow", about: islet.identity.actor), zoe.create(1, zoe.note(1)),
                zoe.activity("Like", about: uri), zoe.activity("Announce", about: uri),
            ]
            for activity in activities + activities {
                #expect(try await islet.receive(activity, from: zoe) == .accepted)
            }
            try await pond.settle()
            #expect(try islet.followers() == [zoe.id])
            #expect(try islet.home().filter { $0 == zoe.noteID(1) }.count == 1)
            #expect(try islet.favourites(of: post) == 1)
            #expect(try islet.boosts(of: post) == 1)
            #expect(
                try islet.notifications() == [
                    "follow zoe@far.example", "favourite zoe@far.example", "reblog zoe@far.example",
                ])
            #expect(zoe.host.received.filter { $0.type == "Accept" }.count == 1)
        }
    }

    @Test func `an Undo that comes before its Follow does no harm`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            #expect(try await islet.receive(zoe.activity("Undo", follow), from: zoe) == .accepted)
            #expect(try await islet.receive(follow, from: zoe) == .accepted)
            try await pond.settle()
            #expect(try islet.followers() == [zoe.id])
        }
    }

    @Test func `a Follow with a new id is accepted again with that id`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            for number in 1...2 {
                try await islet.receive(
                    zoe.activity("Follow", about: islet.identity.actor, number: number), from: zoe)
                try await pond.settle()
            }
            #expect(
                zoe.host.received.map { $0.document?["object"]?["id"]?.string } == [
                    "\(zoe.id)#follow/1", "\(zoe.id)#follow/2",
                ])
            #expect(try islet.notifications().count == 1)
        }
    }

    @Test func `a Delete that comes before its Create keeps the post away`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await follower(pond)
            try await islet.receive(zoe.activity("Delete", about: zoe.noteID(1)), from: zoe)
            #expect(try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe) == .accepted)
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `an Update that comes before its Create wins over it`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await follower(pond)
            let edited = zoe.note(1, "Better", more: #","updated":"2024-01-02T03:04:00Z""#)
            try await islet.receive(zoe.activity("Update", edited), from: zoe)
            try await islet.receive(zoe.create(1, zoe.note(1, "Good")), from: zoe)
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>Better</p>")
            #expect(try islet.home() == [zoe.noteID(1)])
        }
    }

    @Test func `an older Update does not undo a newer one`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await follower(pond)
            try await islet.receive(zoe.create(1, zoe.note(1, "One")), from: zoe)
            let second = zoe.note(1, "Two", more: #","updated":"2024-01-02T03:02:00Z""#)
            let third = zoe.note(1, "Three", more: #","updated":"2024-01-02T03:03:00Z""#)
            try await islet.receive(zoe.activity("Update", third, number: 3), from: zoe)
            try await islet.receive(zoe.activity("Update", second, number: 2), from: zoe)
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>Three</p>")
        }
    }

    @Test func `an Accept that comes twice, with other ids, counts once`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await follower(pond)
            let row = try #require(try islet.actor(zoe.id)).id
            let uri = try #require(try islet.read { try Following.find(row, in: $0) }).uri
            try await islet.receive(zoe.activity("Accept", about: uri, number: 2), from: zoe)
            #expect(try islet.following() == [zoe.id])
            #expect(try islet.read { try Actors.find(islet.identity.owner, in: $0)?.followingCount } == 1)
        }
    }

    @Test func `an Accept that nobody asked for makes nobody followed`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let follow =
                #"{"id":"https://islet.example/activities/1","type":"Follow","actor":"\#(islet.identity.actor)","object":"\#(zoe.id)"}"#
            #expect(try await islet.receive(zoe.activity("Accept", follow), from: zoe) == .accepted)
            #expect(try islet.following().isEmpty)
        }
    }

    @Test func `a reply that comes before its parent is joined with it`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await follower(pond)
            try await islet.receive(zoe.create(2, zoe.note(2, inReplyTo: zoe.noteID(1))), from: zoe)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            let parent = try #require(try islet.status(zoe.noteID(1)))
            #expect(try islet.status(zoe.noteID(2))?.inReplyTo == parent.id)
        }
    }
}
