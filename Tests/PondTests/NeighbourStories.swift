import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// How other servers are treated: those that are blocked, that want other signatures, that lost a follow.
struct NeighbourStories {
    // MARK: - Blocked domains

    @Test func `a blocked domain is never contacted and never believed`() async throws {
        try await Pond.with { pond in
            var islet = try await pond.islet()
            let far = pond.stranger("far.example"), below = pond.stranger("sub.far.example")
            let zoe = far.resident("zoe"), yan = below.resident("yan")
            let cat = pond.stranger("cat.example").resident("cat")
            for actor in [zoe, yan, cat] {
                try await actor.isFollowed(by: islet)
                try await actor.follow(islet)
            }
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            let post = try await islet.post("Before")
            try await pond.settle()
            far.answerDeliveries(.fail(.connectionFailed("refused")))
            try await islet.edit(post, "Waiting")
            try await pond.settle()
            try await islet.act { outbox, tx in try outbox.blockDomain("far.example", in: tx) }
            try await pond.settle()
            far.answerDeliveries(.status(.accepted))
            for host in [far, below] { host.forget() }
            #expect(try islet.following() == [cat.id])
            #expect(try islet.followers() == [cat.id])
            #expect(try islet.home() == [islet.identity.status(post)])
            #expect(try islet.notifications() == ["follow cat@cat.example"])

            islet = try await pond.restart(islet)
            for actor in [zoe, yan] {
                let uri = islet.identity.status(post)
                for activity in [
                    actor.activity("Follow", about: islet.identity.actor, number: 2),
                    actor.activity("Like", about: uri), actor.activity("Announce", about: uri),
                    actor.create(2, actor.note(2, to: [islet.identity.actor])),
                ] {
                    _ = try await islet.receive(activity, from: actor)
                }
                // Not by way of others either.
                actor.host.serve("/users/\(actor.name)/statuses/3", actor.note(3))
                _ = try await islet.receive(
                    cat.activity("Announce", about: actor.noteID(3), number: actor.name == "zoe" ? 1 : 2),
                    from: cat)
            }
            // What is here of theirs is not shown again.
            _ = try await islet.receive(cat.activity("Announce", about: zoe.noteID(1), number: 3), from: cat)
            #expect(try islet.home() == [islet.identity.status(post)])
            try await islet.post("After", mentions: [try #require(try islet.actor(zoe.id)?.id)])
            try await pond.pass(.days(1))
            for host in [far, below] {
                #expect(host.attempts.isEmpty)
                #expect(host.asked.isEmpty)
            }
            #expect(try islet.followers() == [cat.id])
            #expect(try islet.favourites(of: post) + islet.boosts(of: post) == 0)
            #expect(try islet.notifications() == ["follow cat@cat.example"])
            #expect(await islet.resolver.account(handle: "nobody@far.example") == nil)
            #expect(far.asked.isEmpty)
        }
    }

    @Test func `a domain that is let in again is like any other`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await zoe.follow(islet)
            try await islet.act { outbox, tx in
                try outbox.blockDomain("far.example", in: tx)
                try outbox.unblockDomain("far.example", in: tx)
            }
            try await pond.settle()
            #expect(try islet.followers().isEmpty)
            try await zoe.follow(islet, number: 2)
            try await pond.settle()
            #expect(try islet.followers() == [zoe.id])
        }
    }

    // MARK: - Second knock

    @Test func `who wants the other signature gets it, and after a restart at once`() async throws {
        try await Pond.with { pond in
            var islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let fan = far.resident("fan")
            try await fan.follow(islet)
            try await pond.settle()
            far.forget()
            far.requireSignature(.messageSignature, orAnswer: .unauthorized)
            try await islet.post("One")
            try await pond.settle()
            #expect(far.attempts.count == 2)
            #expect(far.received.map(\.isSigned) == [true])
            try await islet.post("Two")
            try await pond.settle()
            #expect(far.attempts.count == 3)
            islet = try await pond.powerCut(islet)
            try await islet.post("Three")
            try await pond.settle()
            #expect(far.attempts.count == 4)
            #expect(far.received.map(\.isSigned) == [true, true, true])
            // The host changes its mind.
            far.requireSignature(.cavage, orAnswer: .forbidden)
            try await islet.post("Four")
            try await pond.settle()
            #expect(far.received.count == 4)
            #expect(far.attempts.count == 6)
        }
    }

    // MARK: - Followers that one side lost

    @Test func `a follow that the follower has lost ends with the next post for followers`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example")
            var bob = try await pond.islet("bob.example")
            let row = try await bob.follow("me@ann.example")
            try await pond.settle()
            #expect(try ann.followers() == [bob.identity.actor])
            // An old backup, for example.
            try await bob.store.write { [owner = bob.identity.owner] tx in
                _ = try Following.remove(row, owner: owner, in: tx)
            }
            bob = try await pond.restart(bob)
            try await ann.post("Among us", visibility: .private)
            try await pond.settle()
            #expect(try ann.followers().isEmpty)
            #expect(try bob.following().isEmpty)
        }
    }

    @Test func `a follow that the followed has lost ends with the next post for followers`() async throws {
        try await Pond.with { pond in
            var ann = try await pond.islet("ann.example")
            let bob = try await pond.islet("bob.example")
            try await bob.follow("me@ann.example")
            try await pond.settle()
            let row = try #require(try ann.row(of: bob))
            try await ann.store.write { [owner = ann.identity.owner] tx in
                _ = try Followers.remove(row, owner: owner, in: tx)
            }
            ann = try await pond.restart(ann)
            try await ann.post("You still here?", visibility: .private, mentions: [row])
            try await pond.settle()
            #expect(try bob.following().isEmpty)
            #expect(try ann.followers().isEmpty)
        }
    }

    @Test func `followers who agree compare nothing`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            try await bob.follow("me@ann.example")
            try await pond.settle()
            try await ann.post("Among us", visibility: .private)
            try await pond.settle()
            #expect(try bob.following() == [ann.identity.actor])
            #expect(try ann.followers() == [bob.identity.actor])
        }
    }
}
