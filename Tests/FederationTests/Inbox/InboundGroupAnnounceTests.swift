import ActivityPub
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What a group passes on, FEP-1b12.
struct InboundGroupAnnounceTests {
    /// An islet whose owner follows a group, and a member of it who lives elsewhere.
    private func group(_ pond: Pond) async throws -> (Islet, group: StrangerActor, member: StrangerActor) {
        let islet = try await pond.islet()
        let cats = pond.stranger("lemmy.example").resident("cats")
        let yan = pond.stranger("third.example").resident("yan")
        try await islet.befriend(cats)
        return (islet, cats, yan)
    }

    @Test func `a new post is fetched and shown as boosted by the group, once`() async throws {
        try await Pond.with { pond in
            let (islet, cats, yan) = try await group(pond)
            yan.serve(1, yan.note(1, "True"))
            let announce = cats.activity("Announce", yan.create(1, yan.note(1, "False")), number: 1)
            let compat = cats.activity("Announce", about: yan.noteID(1), number: 2)
            for activity in [announce, compat, announce] { try await islet.receive(activity, from: cats) }
            try await pond.settle()
            #expect(try islet.status(yan.noteID(1))?.content == "<p>True</p>")
            #expect(try islet.home() == [yan.noteID(1)])
            let post = try #require(try islet.status(yan.noteID(1)))
            #expect(try islet.boosts(of: post.id) == 1)
        }
    }

    @Test func `an answer is fetched only when it concerns the owner`() async throws {
        try await Pond.with { pond in
            let (islet, cats, yan) = try await group(pond)
            let post = try await islet.post("Hi")
            let answers = ["https://third.example/x", islet.uri(post)]
            for (number, parent) in answers.enumerated() {
                let note = yan.note(number, inReplyTo: parent)
                yan.serve(number, note)
                try await islet.receive(
                    cats.activity("Announce", yan.create(number, note), number: number), from: cats)
            }
            try await pond.settle()
            #expect(try islet.status(yan.noteID(0)) == nil)
            #expect(try islet.status(yan.noteID(1))?.inReplyTo == post)
            #expect(try islet.home() == [islet.uri(post)])
        }
    }

    @Test func `a deletion is looked up, and so is a like of a post of the owner's`() async throws {
        try await Pond.with { pond in
            let (islet, cats, yan) = try await group(pond)
            try await islet.receive(yan.create(1, yan.note(1, to: [islet.identity.actor])), from: yan)
            yan.host.answer("/users/yan/statuses/1", .status(.gone))
            let deletion = yan.activity("Delete", about: yan.noteID(1))
            try await islet.receive(cats.activity("Announce", deletion, number: 1), from: cats)
            let post = try await islet.post("Hi")
            let like = yan.activity("Like", "\"\(islet.uri(post))\"", id: "https://third.example/likes/1")
            yan.host.serve("/likes/1", like)
            let forged = yan.activity("Like", "\"\(islet.uri(post))\"", id: "https://evil.example/likes/1")
            for (number, like) in [like, forged].enumerated() {
                try await islet.receive(cats.activity("Announce", like, number: number + 2), from: cats)
            }
            try await pond.settle()
            #expect(try islet.status(yan.noteID(1)) == nil)
            #expect(try islet.favourites(of: post) == 1)
            #expect(try islet.notifications() == ["favourite yan@third.example"])
        }
    }

    @Test func `a group that the owner does not follow makes nobody fetch, nor do other acts`() async throws {
        try await Pond.with { pond in
            let (islet, cats, yan) = try await group(pond)
            let dogs = pond.stranger("evil.example").resident("dogs")
            try await islet.receive(dogs.activity("Announce", yan.create(1, yan.note(1))), from: dogs)
            for (number, type) in ["Dislike", "Lock", "Undo", "Block", "Add"].enumerated() {
                let inner = yan.activity(type, yan.note(1))
                try await islet.receive(cats.activity("Announce", inner, number: number), from: cats)
            }
            try await pond.settle()
            #expect(yan.host.asked.isEmpty)
            #expect(try islet.home().isEmpty)
        }
    }
}
