import ActivityPub
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What somebody brings that another one did.
struct InboundForwardedTests {
    @Test func `a reply that is passed on is fetched from its own host, and only that is believed`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let yan = pond.stranger("third.example").resident("yan")
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            yan.serve(1, yan.note(1, "True", inReplyTo: zoe.noteID(1)))
            let forged = yan.create(1, yan.note(1, "False", inReplyTo: zoe.noteID(1)))
            #expect(try await islet.receive(forged, from: zoe) == .accepted)
            try await pond.settle()
            #expect(try islet.status(yan.noteID(1))?.content == "<p>True</p>")
            #expect(try islet.status(yan.noteID(1))?.inReplyTo == islet.status(zoe.noteID(1))?.id)
            #expect(try !islet.home().contains(yan.noteID(1)))
        }
    }

    @Test func `whoever is named in it is told, and sees what somebody followed wrote`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let relay = pond.stranger("relay.example").resident("relay")
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            let note = zoe.note(1, cc: [islet.identity.actor], more: mention(of: islet))
            zoe.serve(1, note)
            for _ in 0..<2 { try await islet.receive(zoe.create(1, note), from: relay) }
            try await pond.settle()
            #expect(try islet.home() == [zoe.noteID(1)])
            #expect(try islet.notifications() == ["mention zoe@far.example"])
        }
    }

    @Test func `a stranger cannot make us fetch`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let yan = pond.stranger("third.example").resident("yan")
            let eve = pond.stranger("evil.example").resident("eve")
            for (number, type) in ["Create", "Update", "Delete", "Announce", "Like", "Follow"].enumerated() {
                let activity = yan.activity(type, yan.note(1), number: number)
                #expect(try await islet.receive(activity, from: eve) == .accepted)
            }
            try await pond.settle()
            #expect(yan.host.asked.isEmpty)
            #expect(try islet.waitingActivities() == 0)
        }
    }

    @Test func `an edit and a deletion that are passed on are looked up`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = pond.stranger("third.example").resident("yan")
            try await islet.befriend(zoe)
            for number in 1...2 {
                let note = yan.note(number, "One", to: [islet.identity.actor])
                try await islet.receive(yan.create(number, note), from: yan)
                yan.serve(number, note)
            }
            let edited = yan.note(
                1, "Two", to: [islet.identity.actor], more: #","updated":"2024-01-02T03:03:59Z""#)
            yan.serve(1, edited)
            try await islet.receive(yan.activity("Update", edited), from: zoe)
            // It is still there, whatever is said.
            try await islet.receive(yan.activity("Delete", about: yan.noteID(1)), from: zoe)
            yan.host.answer("/users/yan/statuses/2", .status(.gone))
            try await islet.receive(yan.activity("Delete", about: yan.noteID(2), number: 2), from: zoe)
            try await pond.settle()
            #expect(try islet.status(yan.noteID(1))?.content == "<p>Two</p>")
            #expect(try islet.status(yan.noteID(2)) == nil)
            #expect(try islet.read { try Tombstones.contains(yan.noteID(2), in: $0) })
        }
    }

    @Test func `a boost that is passed on is taken from its own server`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let relay = pond.stranger("relay.example").resident("relay")
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            let post = try await islet.post("Hi")
            let announce = zoe.activity(
                "Announce", "\"\(islet.uri(post))\"", id: "\(zoe.host.origin)/boosts/1")
            try await islet.receive(announce, from: relay)
            try await pond.settle()
            #expect(try islet.boosts(of: post) == 0)
            zoe.host.serve("/boosts/1", announce)
            try await islet.receive(announce, from: relay)
            try await pond.settle()
            #expect(try islet.boosts(of: post) == 1)
            #expect(try islet.notifications() == ["reblog zoe@far.example"])
        }
    }

    @Test func `what is added to a thread is looked up like what is passed on`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = pond.stranger("third.example").resident("yan")
            try await islet.befriend(zoe)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            yan.serve(1, yan.note(1, "True", inReplyTo: zoe.noteID(1)))
            let create = yan.create(1, yan.note(1, "False", inReplyTo: zoe.noteID(1)))
            try await islet.receive(zoe.feature("Add", create, target: "\(zoe.id)/contexts/1"), from: zoe)
            try await pond.settle()
            #expect(try islet.status(yan.noteID(1))?.content == "<p>True</p>")
        }
    }
}
