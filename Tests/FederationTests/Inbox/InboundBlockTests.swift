import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundBlockTests {
    @Test func `both follows end without a word`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            try await pond.settle()
            zoe.host.forget()
            for _ in 0..<2 {
                #expect(
                    try await islet.receive(zoe.activity("Block", about: islet.identity.actor), from: zoe)
                        == .accepted)
            }
            try await pond.settle()
            #expect(try islet.followers().isEmpty && islet.following().isEmpty && islet.home().isEmpty)
            #expect(try islet.notifications().isEmpty)
            #expect(zoe.host.received.isEmpty)
            let undo = zoe.activity("Undo", zoe.activity("Block", about: islet.identity.actor))
            #expect(try await islet.receive(undo, from: zoe) == .accepted)
            #expect(try islet.followers().isEmpty && islet.following().isEmpty)
        }
    }

    @Test func `a block of somebody else is nothing`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            try await islet.receive(zoe.activity("Block", about: "https://third.example/yan"), from: zoe)
            let banned =
                #"{"id":"\#(zoe.id)#b/9","type":"Block","actor":"\#(zoe.id)","object":"\#(islet.identity.actor)","target":"https://far.example/c/cats"}"#
            try await islet.receive(banned, from: zoe)
            #expect(try islet.followers() == [zoe.id])
        }
    }
}
