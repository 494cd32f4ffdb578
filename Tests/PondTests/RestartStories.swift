import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

struct RestartStories {
    @Test func `a restart in between loses nothing and goes on`() async throws {
        try await Pond.with { pond in
            let bob = try await pond.islet("bob.example")
            let far = pond.stranger("far.example")
            let zoe = far.resident("zoe")
            try await bob.receive(zoe.activity("Follow", about: bob.identity.actor), from: zoe)
            try await pond.settle()
            far.forget()
            far.answerDeliveries(.status(.serviceUnavailable))
            try await bob.post("Hello")
            try await pond.settle()
            let again = try await pond.restart(bob)
            #expect(try again.followers() == [zoe.id])
            #expect(try again.waitingDeliveries() == 1)
            far.answerDeliveries(.status(.accepted))
            try await pond.pass(.minutes(2))
            #expect(far.received.map(\.type) == ["Create"])
        }
    }

    @Test func `what was answered with 202 is there after a power cut`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            #expect(
                try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
                    == .accepted)
            let again = try await pond.powerCut(islet)
            #expect(try again.followers() == [zoe.id])
            try await pond.settle()
            #expect(zoe.host.received.map(\.type) == ["Accept"])
        }
    }

    @Test func `what waits to be fetched is there after a power cut`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            let note = zoe.note(1, to: [islet.identity.actor], cc: [])
            far.serve("/users/zoe/statuses/1", note)
            let create = zoe.activity("Create", about: zoe.noteID(1), to: [islet.identity.actor])
            #expect(try await islet.receive(create, from: zoe) == .accepted)
            #expect(try islet.status(zoe.noteID(1)) == nil)
            let again = try await pond.powerCut(islet)
            try await pond.settle()
            #expect(try again.status(zoe.noteID(1)) != nil)
            #expect(try again.read { try Inbound.count(in: $0) } == 0)
        }
    }

    @Test func `nothing is acknowledged that cannot be stored`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            _ = await islet.resolver.account(uri: zoe.id)
            await islet.store.close()
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            #expect(try await islet.receive(follow, from: zoe) == .serviceUnavailable)
            #expect(try islet.followers().isEmpty)
        }
    }

    @Test func `a delivery that was cut off is sent again after the start`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe")
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            try await pond.settle()
            far.forget()
            far.answerDeliveries(.hang(Gate()))
            try await islet.post("Hello")
            try await pond.settle()
            far.answerDeliveries(.status(.accepted))
            _ = try await pond.powerCut(islet)
            try await pond.pass(.minutes(2))
            #expect(far.received.map(\.type) == ["Create"])
        }
    }
}
