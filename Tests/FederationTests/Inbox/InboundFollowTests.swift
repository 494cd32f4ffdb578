import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

struct InboundFollowTests {
    @Test func `a Follow that is repeated is answered with its own id, also under an id used before`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let follows = [1, 2].map { zoe.activity("Follow", about: islet.identity.actor, number: $0) }
            for activity in [follows[0], follows[1], zoe.activity("Undo", follows[0]), follows[0]] {
                try await islet.receive(activity, from: zoe)
                try await pond.settle()
            }
            #expect(try islet.followers() == [zoe.id])
            let answered = zoe.host.received.compactMap { $0.document?["object"]?["id"]?.string }
            #expect(answered == [1, 2, 1].map { "\(zoe.id)#follow/\($0)" })
            #expect(try islet.notifications() == ["follow zoe@far.example"])
        }
    }

    @Test func `endless Follows of one person leave one answer waiting`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            for number in 1...20 {
                try await islet.receive(
                    zoe.activity("Follow", about: islet.identity.actor, number: number), from: zoe)
            }
            #expect(try islet.waitingDeliveries() == 1)
        }
    }

    @Test func `who asked while the account was locked is let in when they ask again`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.setLocked(true)
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            try await islet.receive(follow, from: zoe)
            #expect(try islet.notifications() == ["followRequest zoe@far.example"])
            try await islet.setLocked(false)
            try await islet.receive(follow, from: zoe)
            #expect(try islet.notifications() == ["follow zoe@far.example"])
            #expect(try islet.read { try FollowRequests.count(in: $0) } == 0)
        }
    }

    @Test func `whoever has gone gets no new followers, and keeps the others`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = zoe.host.resident("yan")
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            try await islet.act { [owner = islet.identity.owner] _, tx in
                try Actors.setMove(owner, movedTo: "https://new.example/me", alsoKnownAs: [], in: tx)
            }
            try await islet.receive(yan.activity("Follow", about: islet.identity.actor), from: yan)
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor, number: 2), from: zoe)
            try await pond.settle()
            #expect(zoe.host.received.map(\.type).sorted() == ["Accept", "Accept", "Reject"])
            #expect(try islet.followers() == [zoe.id])
            #expect(try islet.notifications() == ["follow zoe@far.example"])
        }
    }

    @Test(arguments: ["https://www.w3.org/ns/activitystreams#Public", "https://islet.example/actor"])
    func `a Follow of something else is nothing`(object: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            #expect(try await islet.receive(zoe.activity("Follow", about: object), from: zoe) == .accepted)
            #expect(try islet.followers().isEmpty)
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    @Test func `a yes to a Follow that was taken back is taken back again, once`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let row = try await islet.follow(zoe.handle)
            let uri = try #require(try islet.read { try Following.find(row, in: $0) }).uri
            try await islet.act { outbox, tx in try outbox.unfollow(row, in: tx) }
            try await pond.settle()
            zoe.host.forget()
            try await islet.receive(zoe.activity("Accept", about: uri), from: zoe)
            try await pond.settle()
            #expect(zoe.host.received.map(\.type) == ["Undo"])
            #expect(zoe.host.received.first?.document?["object"]?["id"]?.string == uri)
            #expect(try islet.following().isEmpty)
        }
    }

    @Test func `a no that names another thing of the owner's ends no follow`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            let post = try await islet.post("Hi")
            let objects = [
                "\"\(islet.uri(post))\"", "\"\(islet.identity.origin)/activities/1\"",
                #"{"id":"\#(islet.identity.origin)/activities/1","type":"Like","actor":"\#(islet.identity.actor)"}"#,
                #"{"type":"Follow","actor":"\#(islet.identity.actor)","object":"https://far.example/users/yan"}"#,
                // An older Follow than the present one.
                #"{"id":"\#(islet.identity.origin)/activities/1","type":"Follow","actor":"\#(islet.identity.actor)","object":"\#(zoe.id)"}"#,
            ]
            for (number, object) in objects.enumerated() {
                try await islet.receive(zoe.activity("Reject", object, number: number), from: zoe)
            }
            #expect(try islet.following() == [zoe.id])
        }
    }
}
