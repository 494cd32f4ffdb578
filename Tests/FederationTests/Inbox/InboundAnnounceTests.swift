import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundAnnounceTests {
    private func followed(_ pond: Pond) async throws -> (Islet, StrangerActor) {
        let islet = try await pond.islet()
        let zoe = pond.stranger("far.example").resident("zoe")
        let row = try await islet.follow(zoe.handle)
        let uri = try #require(try islet.read { try Following.find(row, in: $0) }).uri
        try await islet.receive(zoe.activity("Accept", about: uri), from: zoe)
        try await pond.settle()
        return (islet, zoe)
    }

    @Test func `what somebody followed boosts is fetched from its own host and shown`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await followed(pond)
            let yan = pond.stranger("third.example").resident("yan")
            yan.host.serve("/users/yan/statuses/1", yan.note(1, "True"))
            let lie = yan.note(1, "False")
            #expect(try await islet.receive(zoe.activity("Announce", lie), from: zoe) == .accepted)
            try await pond.settle()
            #expect(try islet.status(yan.noteID(1))?.content == "<p>True</p>")
            #expect(try islet.home() == [yan.noteID(1)])
        }
    }

    @Test func `what a stranger boosts is neither fetched nor kept`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = pond.stranger("third.example").resident("yan")
            #expect(
                try await islet.receive(zoe.activity("Announce", about: yan.noteID(1)), from: zoe)
                    == .accepted)
            try await pond.settle()
            #expect(yan.host.asked.isEmpty)
            #expect(try islet.read { try Statuses.count(in: $0) } == 0)
        }
    }

    @Test func `what is not for everybody cannot be boosted by another`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await followed(pond)
            let post = try await islet.post("Secret", visibility: .private)
            try await islet.receive(zoe.activity("Announce", about: islet.identity.status(post)), from: zoe)
            #expect(try islet.boosts(of: post) == 0)
        }
    }

    @Test func `a second boost of the same post is no second one`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            for number in 1...2 {
                try await islet.receive(
                    zoe.activity("Announce", about: islet.identity.status(post), number: number), from: zoe)
            }
            #expect(try islet.boosts(of: post) == 1)
            #expect(try islet.notifications().count == 1)
        }
    }

    @Test func `what only followers may see comes with its boost by its author`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await followed(pond)
            let note = zoe.note(1, to: [zoe.followers], cc: [])
            let announce = zoe.activity("Announce", note).dropLast() + #","to":["\#(zoe.followers)"]}"#
            #expect(try await islet.receive(String(announce), from: zoe) == .accepted)
            let status = try #require(try islet.status(zoe.noteID(1)))
            #expect(status.visibility == .private)
            #expect(try islet.boosts(of: status.id) == 1)
        }
    }

    @Test func `a boost cannot take the address of something that is here`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = zoe.host.resident("yan")
            try await islet.receive(yan.create(1, yan.note(1, to: [islet.identity.actor])), from: yan)
            let post = try await islet.post("Hi")
            let announce = zoe.activity("Announce", "\"\(islet.uri(post))\"", id: yan.noteID(1))
            try await islet.receive(announce, from: zoe)
            #expect(try islet.boosts(of: post) == 0)
            #expect(try islet.status(yan.noteID(1))?.reblogOf == nil)
        }
    }
}
