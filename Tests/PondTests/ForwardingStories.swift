import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What somebody else passes on.
struct ForwardingStories {
    /// Ann and Bob, who is her follower, and what she sends him, to be brought by somebody else.
    private func posted(_ pond: Pond) async throws -> (ann: Islet, bob: Islet, post: StatusID, letter: Letter)
    {
        let ann = try await pond.islet("ann.example", isRunning: false)
        let bob = try await pond.islet("bob.example")
        try await bob.follow("me@ann.example")
        try await pond.settle()
        for letter in try await ann.takeLetters() { _ = try await bob.answer(letter) }
        #expect(try bob.following() == [ann.identity.actor])
        let post = try await ann.post("Morning")
        let letter = try #require(try await ann.takeLetters().first)
        return (ann, bob, post, letter)
    }

    /// An islet is not to be reached any more; there is only somebody who counts who asks for it.
    private func leave(_ islet: Islet, _ pond: Pond, post: StatusID) async -> Stranger {
        await islet.stop()
        let host = pond.stranger(islet.identity.host)
        for path in ["/users/me", "/users/me/statuses/\(post)"] { host.answer(path, .fail(.timedOut)) }
        return host
    }

    private func pass(_ letter: Letter, by islet: Islet, to other: Islet) async throws -> HTTP.Status {
        var letter = letter
        letter.keyID = islet.identity.keyID
        return try await other.answer(letter).status
    }

    @Test func `what its author proved is taken from anybody, without asking`() async throws {
        try await Pond.with { pond in
            let (ann, bob, post, letter) = try await posted(pond)
            let cat = try await pond.islet("cat.example")
            let away = await leave(ann, pond, post: post)
            for _ in 1...2 { #expect(try await pass(letter, by: cat, to: bob) == .accepted) }
            try await pond.settle()
            #expect(try bob.copy(of: post, from: ann)?.content == "<p>Morning</p>")
            #expect(try bob.home() == [ann.identity.status(post)])
            #expect(away.asked.isEmpty)
        }
    }

    @Test func `what was changed on the way is asked of its author`() async throws {
        try await Pond.with { pond in
            let (ann, bob, post, letter) = try await posted(pond)
            let cat = try await pond.islet("cat.example")
            var forged = letter
            forged.body = Array(
                String(decoding: letter.body, as: UTF8.self).replacing("Morning", with: "Evening").utf8)
            #expect(forged.body != letter.body)
            #expect(try await pass(forged, by: cat, to: bob) == .accepted)
            let again = try await pond.powerCut(bob)
            try await pond.settle()
            #expect(try again.copy(of: post, from: ann)?.content == "<p>Morning</p>")
        }
    }

    @Test func `what was changed on the way is nothing while its author is away`() async throws {
        try await Pond.with { pond in
            let (ann, bob, post, letter) = try await posted(pond)
            let cat = try await pond.islet("cat.example")
            let away = await leave(ann, pond, post: post)
            var forged = letter
            forged.body = Array(
                String(decoding: letter.body, as: UTF8.self).replacing("Morning", with: "Evening").utf8)
            _ = try await pass(forged, by: cat, to: bob)
            try await pond.pass(.days(2))
            #expect(!away.asked.isEmpty)
            #expect(try bob.copy(of: post, from: ann) == nil)
            #expect(try bob.read { try Inbound.count(in: $0) } == 0)
        }
    }

    @Test func `what nobody proved is taken as its own server has it`() async throws {
        try await Pond.with { pond in
            let bob = try await pond.islet("bob.example")
            let cat = pond.stranger("cat.example").resident("cat")
            let zoe = pond.stranger("far.example").resident("zoe")
            try await zoe.isFollowed(by: bob)
            zoe.host.serve("/users/zoe/statuses/1", zoe.note(1, "True"))
            let create = zoe.create(1, zoe.note(1, "False"))
            for _ in 1...2 { #expect(try await bob.receive(create, from: cat) == .accepted) }
            try await pond.settle()
            #expect(try bob.status(zoe.noteID(1))?.content == "<p>True</p>")
            #expect(try bob.home() == [zoe.noteID(1)])

            let edit = zoe.note(1, "Truer", more: #","updated":"2024-01-02T03:04:00Z""#)
            zoe.host.serve("/users/zoe/statuses/1", edit)
            let forged = zoe.note(1, "Falser", more: #","updated":"2024-01-02T03:04:00Z""#)
            try await bob.receive(zoe.activity("Update", forged), from: cat)
            try await pond.settle()
            #expect(try bob.status(zoe.noteID(1))?.content == "<p>Truer</p>")

            let delete = zoe.activity("Delete", about: zoe.noteID(1))
            try await bob.receive(delete, from: cat)
            try await pond.settle()
            #expect(try bob.status(zoe.noteID(1)) != nil)
            zoe.host.withdraw("/users/zoe/statuses/1")
            try await bob.receive(delete, from: cat)
            try await pond.settle()
            #expect(try bob.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `nobody follows, likes or votes for somebody else`() async throws {
        try await Pond.with { pond in
            let bob = try await pond.islet("bob.example")
            let cat = pond.stranger("cat.example").resident("cat")
            let zoe = pond.stranger("far.example").resident("zoe")
            let poll = try await bob.ask("Tea?", ["Yes", "No"])
            let uri = bob.identity.status(poll)
            for forged in [
                zoe.activity("Follow", about: bob.identity.actor), zoe.activity("Like", about: uri),
                zoe.vote("Yes", in: uri), zoe.activity("Announce", about: uri),
            ] {
                _ = try await bob.receive(forged, from: cat)
            }
            try await pond.settle()
            #expect(try bob.followers().isEmpty)
            #expect(try bob.favourites(of: poll) + bob.boosts(of: poll) == 0)
            #expect(try bob.votes(poll) == [0, 0])
            #expect(try bob.notifications().isEmpty)
        }
    }
}
