import ActivityPub
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What is believed of posts that are fetched.
struct ObjectResolverTests {
    @Test func `nobody writes in the name of an actor of another server`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let alice = pond.stranger("victim.example").resident("alice")
            let evil = pond.stranger("evil.example")
            // The author is of the right origin by name, and leads to somebody else.
            evil.serve("/u/x", alice.document())
            evil.redirect("/u/y", to: alice.id)
            for author in ["x", "y"] {
                let note = """
                    {"id":"https://evil.example/n/\(author)","type":"Note","content":"I am Alice",
                     "attributedTo":"https://evil.example/u/\(author)","to":["\(Vocabulary.everybody)"]}
                    """
                evil.serve("/n/\(author)", note)
                await #expect(throws: FetchError.self) {
                    try await islet.objects.status("https://evil.example/n/\(author)")
                }
                #expect(try islet.status("https://evil.example/n/\(author)") == nil)
            }
        }
    }

    @Test(arguments: [("https://www.w3.org/ns/activitystreams#Public", true), ("followers", false)])
    func `what others say was deleted and is not there goes, unless it never was there for us`(
        to: String, goes: Bool
    ) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let eve = pond.stranger("evil.example").resident("eve")
            try await islet.follow(zoe.handle)
            try await islet.follow(eve.handle)
            for actor in [zoe, eve] {
                try await islet.store.write { [owner = islet.identity.owner] tx in
                    guard let id = try Actors.id(forURI: actor.id, in: tx) else { return }
                    _ = try Following.accept(id, owner: owner, in: tx)
                }
            }
            let note = zoe.note(1, to: [to == "followers" ? zoe.followers : to], cc: [])
            _ = try await islet.receive(zoe.create(1, note), from: zoe)
            let deletion = zoe.activity("Delete", about: zoe.noteID(1))
            #expect(try await islet.receive(deletion, from: eve) == .accepted)
            try await pond.settle()
            #expect(try (islet.status(zoe.noteID(1)) == nil) == goes)
        }
    }

    @Test func `nobody deletes a neighbour into silence`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let (zoe, yan) = (far.resident("zoe"), far.resident("yan"))
            // Known, so that the deletion is looked at at all.
            _ = try await islet.actors.id(yan.id).get()
            _ = try await islet.receive(yan.activity("Delete", about: zoe.id), from: yan)
            let note = zoe.note(1, to: [islet.identity.actor], cc: [])
            #expect(try await islet.receive(zoe.create(1, note), from: zoe) == .accepted)
            #expect(try islet.status(zoe.noteID(1)) != nil)
        }
    }
}
