import ActivityPub
import Basics
import Federation
import JSON
import Storage
import TestSupport
import Testing

/// What the owner does, as it arrives elsewhere.
struct OutboxStories {
    /// A poll of bob's that `islet` has because it follows him.
    private func ask(_ bob: Islet) async throws -> StatusID {
        let now = bob.clock.now()
        return try await bob.store.write { [identity = bob.identity, outbox = bob.outbox] tx in
            let id = Statuses.newID(at: now)
            var status = Status(
                uri: identity.status(id), actor: identity.owner, createdAt: now, visibility: .public)
            status.content = "<p>Tea or coffee?</p>"
            _ = try Statuses.insert(status, id: id, in: tx)
            try Polls.save(
                Poll(
                    status: id, isMultiple: false, endsAt: now + .hours(1),
                    options: [.init(name: "Tea", votes: 0), .init(name: "Coffee", votes: 0)], readAt: now),
                in: tx)
            try outbox.publish(id, in: tx)
            return id
        }
    }

    @Test func `a vote arrives, and its number comes back at the end`() async throws {
        try await Pond.with { pond in
            let (alice, bob) = (try await pond.islet("alice.example"), try await pond.islet("bob.example"))
            try await alice.follow(bob.handle)
            try await pond.settle()
            let asked = try await ask(bob)
            try await pond.settle()
            let theirs = try #require(try alice.status(bob.identity.status(asked)))
            try await alice.act { outbox, tx in try outbox.vote([1], on: theirs.id, in: tx) }
            try await pond.settle()
            #expect(try bob.read { try Polls.find(asked, in: $0)?.options.map(\.votes) } == [0, 1])
            try await pond.pass(.hours(1))
            let closed = try #require(try alice.read { try Polls.find(theirs.id, in: $0) })
            #expect(closed.isClosed && closed.options.map(\.votes) == [0, 1] && closed.voters == 1)
            #expect(try alice.notifications().contains("poll \(bob.handle)"))
        }
    }

    @Test func `leave to quote is asked, given, shown and taken back`() async throws {
        try await Pond.with { pond in
            let (alice, bob) = (try await pond.islet("alice.example"), try await pond.islet("bob.example"))
            try await alice.follow(bob.handle)
            try await bob.follow(alice.handle)
            try await pond.settle()
            let original = try await bob.post("Quote me")
            try await pond.settle()
            let quoted = try #require(try alice.status(bob.identity.status(original)))
            let now = pond.clock.now
            let quoting = try await alice.store.write {
                [identity = alice.identity, outbox = alice.outbox] tx in
                let id = Statuses.newID(at: now)
                let status = Status(
                    uri: identity.status(id), actor: identity.owner, createdAt: now, visibility: .public)
                _ = try Statuses.insert(status, id: id, in: tx)
                try Quotes.save(
                    Quote(
                        status: id, quoted: quoted.id, quotedURI: quoted.uri, state: .pending, checkedAt: now),
                    in: tx)
                try outbox.publish(id, in: tx)
                return id
            }
            try await pond.settle()
            let quote = try #require(try alice.read { try Quotes.find(quoting, in: $0) })
            #expect(quote.state == .accepted)
            #expect(quote.authorization?.hasPrefix(bob.identity.actor + "/quote_authorizations/") == true)
            let seen = try #require(try bob.status(alice.identity.status(quoting)))
            #expect(try bob.read { try Quotes.find(seen.id, in: $0)?.state } == .accepted)
            try await bob.act { outbox, tx in try outbox.revokeQuote(by: seen.id, in: tx) }
            try await pond.settle()
            #expect(try alice.read { try Quotes.find(quoting, in: $0)?.state } == .revoked)
        }
    }

    @Test func `a report arrives signed by the server`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let stranger = pond.stranger("b.example")
            let eve = stranger.resident("eve")
            let actor = try #require(await islet.resolver.account(handle: eve.handle))
            try await islet.act { outbox, tx in
                try outbox.report(actor, statuses: [], comment: "spam", in: tx)
            }
            try await pond.settle()
            let flag = try #require(stranger.received.first)
            #expect(flag.type == "Flag" && flag.path == "/inbox")
            #expect(flag.document?["actor"]?.string == islet.identity.instanceActor)
        }
    }
}
