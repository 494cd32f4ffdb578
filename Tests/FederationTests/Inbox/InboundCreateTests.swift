import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

struct InboundCreateTests {
    @Test func `the post of a stranger who does not address the owner is not kept`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            #expect(try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe) == .accepted)
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `an answer to the owner is kept, named or not`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let note = zoe.note(1, inReplyTo: islet.identity.status(post))
            try await islet.receive(zoe.create(1, note), from: zoe)
            #expect(try islet.status(zoe.noteID(1))?.inReplyTo == post)
            #expect(try islet.notifications().isEmpty)
        }
    }

    @Test func `who is named is told once`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let tag =
                #","tag":[{"type":"Mention","href":"\#(islet.identity.actor)","name":"@me@islet.example"}]"#
            let create = zoe.create(1, zoe.note(1, cc: [islet.identity.actor], more: tag))
            for _ in 0..<2 { try await islet.receive(create, from: zoe) }
            #expect(try islet.notifications() == ["mention zoe@far.example"])
        }
    }

    @Test func `a note of another origin in somebody's own Create is not believed`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let eve = pond.stranger("evil.example").resident("eve")
            let note = zoe.note(1, "Lies", to: [islet.identity.actor])
            #expect(try await islet.receive(eve.activity("Create", note), from: eve) == .accepted)
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `a note in the name of a neighbour is not believed`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe"), yan = far.resident("yan")
            let note = zoe.note(1, "Lies", to: [islet.identity.actor])
            #expect(try await islet.receive(yan.activity("Create", note), from: yan) == .accepted)
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `a note that claims to be of this server is not believed`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let eve = pond.stranger("evil.example").resident("eve")
            let note =
                #"{"id":"https://islet.example/users/me/statuses/1","type":"Note","attributedTo":"\#(eve.id)","content":"x","to":["\#(islet.identity.actor)"]}"#
            #expect(try await islet.receive(eve.activity("Create", note), from: eve) == .accepted)
            try await pond.settle()
            #expect(try islet.read { try Statuses.count(in: $0) } == 0)
        }
    }

    @Test func `somebody blocked is not heard`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let eve = pond.stranger("evil.example").resident("eve")
            let row = try #require(await islet.resolver.account(uri: eve.id))
            try await islet.act { outbox, tx in try outbox.block(row, in: tx) }
            let note = eve.note(1, to: [islet.identity.actor])
            #expect(try await islet.receive(eve.create(1, note), from: eve) == .accepted)
            #expect(try islet.status(eve.noteID(1)) == nil)
        }
    }

    @Test func `a post that is only named is fetched, a refused one is forgotten`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let tag = #","tag":[{"type":"Mention","href":"\#(islet.identity.actor)"}]"#
            zoe.host.serve("/users/zoe/statuses/1", zoe.note(1, to: [islet.identity.actor], more: tag))
            for number in 1...2 {
                let create = zoe.activity(
                    "Create", about: zoe.noteID(number), number: number, to: [islet.identity.actor])
                #expect(try await islet.receive(create, from: zoe) == .accepted)
            }
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1)) != nil)
            #expect(try islet.status(zoe.noteID(2)) == nil)
            #expect(try islet.notifications() == ["mention zoe@far.example"])
            #expect(try islet.read { try Inbound.count(in: $0) } == 0)
        }
    }

    @Test func `a stranger's post that is only named is not kept either`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            zoe.host.serve("/users/zoe/statuses/1", zoe.note(1))
            try await islet.receive(zoe.activity("Create", about: zoe.noteID(1)), from: zoe)
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1)) == nil)
            #expect(!zoe.host.asked.contains("/users/zoe/statuses/1"))
        }
    }

    @Test func `a named post whose host is down is tried again within a day, then given up`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            zoe.host.answer("/users/zoe/statuses/1", .status(.serviceUnavailable))
            let create = zoe.activity("Create", about: zoe.noteID(1), to: [islet.identity.actor])
            try await islet.receive(create, from: zoe)
            try await pond.settle()
            #expect(try islet.read { try Inbound.count(in: $0) } == 1)
            try await pond.pass(.days(3))
            #expect(try islet.read { try Inbound.count(in: $0) } == 0)
            #expect(zoe.host.asked.filter { $0 == "/users/zoe/statuses/1" }.count == 8)
        }
    }
}
