import ActivityPub
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// A stranger who takes only some signatures.
struct KnockTests {
    @Test func `who refuses the draft is knocked at with RFC 9421, and from then on at once`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let bob = far.resident("bob")
            try await islet.follow(bob.handle)
            try await pond.settle()
            far.forget()
            far.requireSignature(.messageSignature, orAnswer: .unauthorized)
            let id = try await islet.post("one")
            try await islet.act { outbox, tx in try outbox.delete(id, in: tx) }
            _ = await islet.actors.id(bob.id)
            try await islet.act { outbox, tx in
                guard let actor = try Actors.id(forURI: bob.id, in: tx) else { return }
                try outbox.unfollow(actor, in: tx)
            }
            try await pond.settle()
            #expect(far.received.map(\.type) == ["Undo"])
            #expect(far.attempts.count == 2, "one refused, one taken")
            far.forget()
            try await islet.follow(bob.handle)
            try await pond.settle()
            #expect(far.attempts.count == 1, "remembered")
        }
    }

    @Test func `a host that refuses both signatures is not asked a third time`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            far.resident("bob").publish()
            far.answerDeliveries(.status(.forbidden))
            try await islet.follow("bob@far.example")
            try await pond.settle()
            #expect(far.attempts.count == 2)
        }
    }

    @Test func `trouble on the other side is no reason for a second knock`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            far.resident("bob").publish()
            far.answerDeliveries(.status(.internalServerError))
            try await islet.follow("bob@far.example")
            try await pond.settle()
            #expect(far.attempts.count == 1)
        }
    }

    @Test func `a blocked domain and what is below it are never contacted`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("sub.far.example")
            far.resident("bob").publish()
            try await islet.store.write { tx in try DomainBlocks.insert("far.example", in: tx) }
            #expect(await islet.resolver.account(handle: "bob@sub.far.example") == nil)
            #expect(far.asked.isEmpty)
            #expect(islet.manners.isBlocked("far.example") && !islet.manners.isBlocked("notfar.example"))
            try await islet.store.write { tx in try DomainBlocks.remove("far.example", in: tx) }
            #expect(!islet.manners.isBlocked("sub.far.example"))
            let found = await islet.resolver.account(handle: "bob@sub.far.example")
            #expect(found != nil, "\(far.asked)")
        }
    }
}
