import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundDeleteTests {
    /// An islet that has a note of somebody's.
    private func kept(_ pond: Pond) async throws -> (Islet, StrangerActor) {
        let islet = try await pond.islet(isRunning: false)
        let zoe = pond.stranger("far.example").resident("zoe")
        try await islet.receive(zoe.create(1, zoe.note(1, to: [islet.identity.actor])), from: zoe)
        #expect(try islet.status(zoe.noteID(1)) != nil)
        return (islet, zoe)
    }

    @Test(arguments: [false, true]) func `the author may delete, by id or tombstone`(isTombstone: Bool)
        async throws
    {
        try await Pond.with { pond in
            let (islet, zoe) = try await kept(pond)
            let object =
                isTombstone ? #"{"id":"\#(zoe.noteID(1))","type":"Tombstone"}"# : "\"\(zoe.noteID(1))\""
            #expect(try await islet.receive(zoe.activity("Delete", object), from: zoe) == .accepted)
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `nobody else may, elsewhere or next door`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await kept(pond)
            let others = [pond.stranger("evil.example").resident("eve"), zoe.host.resident("yan")]
            for other in others {
                _ = await islet.resolver.account(uri: other.id)
                #expect(
                    try await islet.receive(other.activity("Delete", about: zoe.noteID(1)), from: other)
                        == .accepted)
                #expect(
                    try await islet.receive(other.activity("Delete", about: zoe.id), from: other) == .accepted
                )
            }
            #expect(try islet.status(zoe.noteID(1)) != nil)
            #expect(try islet.actor(zoe.id) != nil)
        }
    }

    @Test func `the owner's posts are not theirs to delete`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await kept(pond)
            let post = try await islet.post("Mine")
            try await islet.receive(zoe.activity("Delete", about: islet.identity.status(post)), from: zoe)
            #expect(try islet.status(islet.identity.status(post)) != nil)
        }
    }

    @Test func `who closes their account is gone with all they wrote`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await kept(pond)
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            #expect(try await islet.receive(zoe.activity("Delete", about: zoe.id), from: zoe) == .accepted)
            #expect(try islet.actor(zoe.id) == nil)
            #expect(try islet.status(zoe.noteID(1)) == nil)
            #expect(try islet.followers().isEmpty)
            #expect(try islet.notifications().isEmpty)
            let owner = try #require(try islet.actor(islet.identity.actor))
            #expect(owner.followersCount == 0)
        }
    }
}
