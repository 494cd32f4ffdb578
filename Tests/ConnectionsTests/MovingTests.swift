import Basics
import Connections
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// Three islets: Cat follows Ann, who moves to a new account.
@Suite struct MovingTests {
    @Test func `an account moves from one islet to another with its followers, and its posts stay`()
        async throws
    {
        try await Pond.with { pond in
            let old = Neighbour(pond, try await pond.islet("old.example"))
            let new = Neighbour(pond, try await pond.islet("new.example"))
            let cat = Neighbour(pond, try await pond.islet("cat.example"))
            try await cat.islet.follow(old.islet.handle)
            try await pond.settle()
            let post = try await old.islet.post("Before the move")
            try await pond.settle()

            // The new account does not agree yet, so nothing happens.
            let refused = try await old.moving.plan(to: new.islet.handle)
            #expect(refused.refusal == .notAcknowledged)
            await #expect(throws: Moving.Failure.self) { try await old.moving.move(to: new.islet.handle) }
            try await pond.settle()
            #expect(try cat.islet.following() == [old.islet.identity.actor])

            // It agrees, takes it back, and agrees again.
            let alias = try await new.moving.addAlias(old.islet.handle)
            #expect(alias.uri == old.islet.identity.actor)
            #expect(try await new.moving.removeAlias(alias.uri))
            #expect(try await old.moving.plan(to: "@\(new.islet.handle)").refusal == .notAcknowledged)
            try await new.moving.addAlias(old.islet.identity.actor)
            #expect(try new.moving.state().aliases == [old.islet.identity.actor])

            let plan = try await old.moving.plan(to: new.islet.handle)
            #expect(plan.refusal == nil)
            #expect((plan.followers, plan.servers) == (1, 1))
            #expect(plan.sentences(own: old.islet.handle).joined().contains("(1 on 1 servers)"))
            try await old.moving.move(to: new.islet.handle)
            try await pond.settle()

            #expect(try cat.islet.following() == [new.islet.identity.actor])
            #expect(try new.islet.followers() == [cat.islet.identity.actor])
            #expect(try old.islet.followers().isEmpty)
            #expect(try old.islet.read { try Statuses.find(post, in: $0) } != nil)
            #expect(try cat.islet.status(old.islet.identity.status(post)) != nil)
            let state = try old.moving.state()
            #expect(state.movedTo == new.islet.identity.actor)
            #expect(state.people[new.islet.identity.actor]?.username == "me")
            #expect(state.nextMove == pond.clock.now + Outbox.movePause)

            // What is shown can be taken back, and the next move has to wait.
            try await old.moving.endMove()
            #expect(try old.moving.state().movedTo == nil)
            #expect(try await old.moving.plan(to: new.islet.handle).refusal == .tooSoon)
            try await pond.pass(.days(31))
            #expect(try await old.moving.plan(to: new.islet.handle).refusal == nil)
        }
    }

    @Test func `nobody moves to nobody, nor to somebody who has moved`() async throws {
        try await Pond.with { pond in
            let here = Neighbour(pond, try await pond.islet("here.example"))
            let there = Neighbour(pond, try await pond.islet("there.example"))
            let third = Neighbour(pond, try await pond.islet("third.example"))
            for name in ["me@nowhere.example", here.islet.handle, "nothing at all"] {
                await #expect(throws: Moving.Failure.self) { try await here.moving.plan(to: name) }
                await #expect(throws: Moving.Failure.self) { try await here.moving.addAlias(name) }
            }
            let dead = pond.stranger("dead.example").resident("zoe")
            dead.host.answer("/.well-known/webfinger?resource=acct%3Azoe%40dead.example", .fail(.timedOut))
            await #expect {
                try await here.moving.plan(to: dead.handle)
            } throws: { error in
                guard case Moving.Failure.unanswered(let reason) = error else { return false }
                return reason == "dead.example does not answer (it took too long)."
            }
            try await third.moving.addAlias(there.islet.handle)
            try await there.moving.addAlias(here.islet.handle)
            try await there.moving.move(to: third.islet.handle)
            #expect(try await here.moving.plan(to: there.islet.handle).refusal == .movedOn)
        }
    }

    @Test(arguments: [MoveRefusal.notAcknowledged, .movedOn, .tooSoon, .nobodyThere])
    func `every refusal is a sentence`(refusal: MoveRefusal) {
        #expect(refusal.sentence(there: "a@b.example", own: "c@d.example").hasSuffix("."))
    }
}
