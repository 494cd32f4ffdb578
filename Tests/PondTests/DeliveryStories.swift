import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

struct DeliveryStories {
    /// Somebody at each of these hosts follows the islet; what was sent for that is forgotten.
    private func followers(_ islet: Islet, _ pond: Pond, at hosts: [Stranger]) async throws {
        for host in hosts {
            let actor = host.resident("fan")
            try await islet.receive(actor.activity("Follow", about: islet.identity.actor), from: actor)
        }
        try await pond.settle()
        for host in hosts { host.forget() }
    }

    @Test func `hosts that hang do not hold up another`() async throws {
        var limits = DeliveryWorker.Limits()
        limits.inAll = 2
        try await Pond.with(limits: limits) { pond in
            let islet = try await pond.islet()
            let slow = [pond.stranger("a.example"), pond.stranger("b.example")]
            let quick = pond.stranger("c.example")
            try await followers(islet, pond, at: slow + [quick])
            let gate = Gate()
            for host in slow { host.answerDeliveries(.hang(gate)) }
            try await islet.post("Hello")
            try await pond.settle()
            #expect(quick.received.isEmpty)
            try await pond.pass(.seconds(1))
            #expect(quick.received.map(\.type) == ["Create"])
            gate.open()
            try await pond.settle()
            #expect(try islet.waitingDeliveries() == 2)
        }
    }

    @Test func `a host that hangs does not hold up what is tried again elsewhere`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let slow = pond.stranger("a.example"), weak = pond.stranger("b.example")
            // Without a shared inbox each needs an exchange, and two of them hang at a time.
            for name in ["one", "two", "three", "four"] {
                let actor = slow.resident(name, sharesInbox: false)
                try await islet.receive(actor.activity("Follow", about: islet.identity.actor), from: actor)
            }
            try await followers(islet, pond, at: [weak])
            let gate = Gate()
            slow.answerDeliveries(.hang(gate))
            weak.answerDeliveries(.status(.serviceUnavailable))
            try await islet.post("Hello")
            try await pond.settle()
            #expect(weak.attempts.count == 1)
            weak.answerDeliveries(.status(.accepted))
            try await pond.pass(.seconds(90))
            #expect(weak.received.map(\.type) == ["Create"])
            gate.open()
        }
    }

    @Test func `a host that fails is tried by the curve, then left alone, and everything arrives in order`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            try await followers(islet, pond, at: [far])
            far.answerDeliveries(.fail(.connectionFailed("refused")))
            try await islet.post("One")
            try await islet.post("Two")
            try await pond.pass(.hours(24))
            let waits = zip(far.attempts, far.attempts.dropFirst()).map { ($1 - $0) / .seconds(1) }
            // 60 s times three each, a fifth up or down; from the fifth failure on the pause of the host, too.
            for (wait, nominal) in zip(waits, [60, 180, 540, 1_620, 4_860, 14_580, 21_600] as [Double]) {
                #expect(wait >= nominal * 0.8 - 1 && wait <= nominal * 1.2 + 1)
            }
            #expect(waits.count >= 6)
            #expect(try islet.waitingDeliveries() == 2)
            far.answerDeliveries(.status(.accepted))
            try await pond.pass(.hours(8))
            #expect(
                far.received.map { $0.document?["object"]?["content"]?.string } == [
                    "<p>One</p>", "<p>Two</p>",
                ])
            #expect(try islet.waitingDeliveries() == 0)
            #expect(try islet.read { try Hosts.inTrouble(limit: 1, in: $0) }.isEmpty)
        }
    }

    @Test func `a dead host keeps what it must get, and a verified activity brings it back`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            try await followers(islet, pond, at: [far])
            let fan = far.resident("fan")
            far.answerDeliveries(.fail(.timedOut))
            let gone = try await islet.post("Soon gone")
            try await pond.pass(.days(8))
            #expect(try islet.read { try Hosts.inTrouble(limit: 1, in: $0) }.first?.isDead == true)
            #expect(try islet.waitingDeliveries() == 0)
            try await islet.act { outbox, tx in try outbox.delete(gone, in: tx) }
            try await pond.pass(.minutes(1))
            far.answerDeliveries(.status(.accepted))
            far.forget()
            #expect(
                try await islet.receive(fan.activity("Like", about: "https://x.example/1"), from: fan)
                    == .accepted)
            try await pond.settle()
            #expect(far.received.map(\.type) == ["Delete"])
            #expect(try islet.read { try Hosts.inTrouble(limit: 1, in: $0) }.isEmpty)
        }
    }

    @Test func `an inbox that is gone loses all that waits for it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            try await followers(islet, pond, at: [far])
            far.answerDeliveries(.fail(.timedOut))
            try await islet.post("One")
            try await islet.post("Two")
            try await pond.settle()
            let attempts = far.attempts.count
            #expect(try islet.waitingDeliveries() == 2)
            far.answerDeliveries(.status(.gone))
            try await pond.pass(.hours(1))
            #expect(far.attempts.count == attempts + 1)
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    @Test func `what is refused ends alone, and the next goes out`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            try await followers(islet, pond, at: [far])
            far.answerDeliveries(.status(.badRequest))
            try await islet.post("One")
            try await pond.settle()
            far.answerDeliveries(.status(.accepted))
            try await islet.post("Two")
            try await pond.settle()
            // Two knocks for the one, in case it was the signature, and one for the other.
            #expect(far.attempts.count == 3)
            #expect(far.received.map { $0.document?["object"]?["content"]?.string } == ["<p>Two</p>"])
        }
    }

    @Test func `a host that says when gets its next attempt then`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            try await followers(islet, pond, at: [far])
            far.answerDeliveries(.status(.tooManyRequests, ["Retry-After": "1000"]))
            try await islet.post("One")
            try await pond.pass(.seconds(999))
            #expect(far.attempts.count == 1)
            try await pond.pass(.seconds(1))
            #expect(far.attempts.count == 2)
        }
    }
}
