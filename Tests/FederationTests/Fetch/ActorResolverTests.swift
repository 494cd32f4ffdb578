import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct ActorResolverTests {
    @Test func `many who ask at once cause one fetch`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let found = await withTaskGroup(of: ActorID?.self) { group in
                for _ in 0..<20 { group.addTask { await islet.resolver.account(uri: zoe.id) } }
                return await group.reduce(into: Set<ActorID?>()) { $0.insert($1) }
            }
            #expect(found.count == 1 && !found.contains(nil))
            #expect(zoe.host.asked == ["/users/zoe"])
        }
    }

    @Test func `a key is fetched once and then known, also after a restart`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            for _ in 0..<3 { _ = try await islet.actors.keys.key(zoe.keyID) }
            #expect(try islet.actor(zoe.id) == nil, "nothing is stored of somebody who proved nothing")
            _ = try await islet.receive(zoe.activity("Like", about: zoe.noteID(1)), from: zoe)
            let again = try await pond.restart(islet, isRunning: false)
            let key = try await again.actors.keys.key(zoe.keyID)
            #expect(key.owner == zoe.id)
            #expect(zoe.host.asked == ["/users/zoe"])
        }
    }

    @Test func `a key that does not verify is asked for again every five minutes`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let key = try await islet.actors.keys.key(zoe.keyID)
            for wait in [Duration.zero, .seconds(1), .seconds(298), .seconds(1)] {
                pond.clock.move(to: pond.clock.now + wait)
                let fresh = try await islet.actors.keys.refreshed(zoe.keyID, insteadOf: key)
                #expect(fresh == nil)
            }
            #expect(zoe.host.asked.count == 3)
        }
    }

    @Test func `an actor cannot lend their name to a key of another origin`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            pond.stranger("evil.example").serve(
                "/key", #"{"id":"https://evil.example/key","owner":"\#(zoe.id)","publicKeyPem":"x"}"#)
            await #expect(throws: FetchError.self) {
                try await islet.actors.keys.key("https://evil.example/key")
            }
            #expect(zoe.host.asked.isEmpty)
        }
    }

    @Test func `nobody else has our keys`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            await #expect(throws: FetchError.self) {
                try await islet.actors.keys.key(islet.identity.instanceKeyID)
            }
        }
    }
}
