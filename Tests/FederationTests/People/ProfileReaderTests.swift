import ActivityPub
import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// Profiles that the owner opens.
struct ProfileReaderTests {
    private func outbox(_ bob: StrangerActor, _ items: [String], total: Int = 500, next: String? = nil) {
        let more = next.map { #","next":"\#($0)""# } ?? ""
        bob.host.serve(
            "/users/\(bob.name)/outbox",
            #"{"id":"\#(bob.id)/outbox","type":"OrderedCollection","totalItems":\#(total),"first":"\#(bob.id)/outbox?page=1"}"#
        )
        bob.host.serve(
            "/users/\(bob.name)/outbox?page=1",
            #"{"id":"\#(bob.id)/outbox?page=1","type":"OrderedCollectionPage","orderedItems":[\#(items.joined(separator: ","))]\#(more)}"#
        )
    }

    private func look(at bob: StrangerActor, of islet: Islet, _ pond: Pond) async throws -> Actor {
        let id = try await islet.actors.id(bob.id).get()
        islet.profiles.look(at: id)
        try await pond.settle()
        return try #require(try islet.actor(bob.id))
    }

    @Test func `the latest posts and the true numbers are there, and nothing was announced`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let bob = far.resident("bob")
            outbox(bob, [bob.create(2, bob.note(2)), bob.create(1, bob.note(1))])
            far.serve("/users/bob/followers", #"{"type":"OrderedCollection","totalItems":"77"}"#)
            far.serve("/users/bob/following", #"{"type":"OrderedCollection","totalItems":5}"#)
            let actor = try await look(at: bob, of: islet, pond)
            #expect(actor.statusesCount == 500 && actor.followersCount == 77 && actor.followingCount == 5)
            #expect(try islet.status(bob.noteID(1)) != nil && islet.status(bob.noteID(2)) != nil)
            #expect(try islet.home().isEmpty && islet.notifications().isEmpty)
            #expect(try islet.waitingDeliveries() == 0)
        }
    }

    @Test func `a second look within the hour asks for nothing`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let bob = far.resident("bob")
            outbox(bob, [])
            let actor = try await look(at: bob, of: islet, pond)
            far.forget()
            islet.profiles.look(at: actor.id)
            try await pond.settle()
            #expect(far.asked.isEmpty)
            try await pond.pass(.minutes(61))
            islet.profiles.look(at: actor.id)
            try await pond.settle()
            #expect(far.asked.contains("/users/bob/outbox"))
        }
    }

    @Test func `posts of somebody else in an outbox are not believed`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let (bob, eve) = (far.resident("bob"), pond.stranger("evil.example").resident("eve"))
            outbox(
                eve, [bob.create(1, bob.note(1, "forged")), eve.activity("Create", bob.note(2, "forged"))])
            _ = try await look(at: eve, of: islet, pond)
            #expect(try islet.status(bob.noteID(1)) == nil && islet.status(bob.noteID(2)) == nil)
        }
    }

    @Test func `pinned posts are fetched and shown as pinned, and unpinned when they are no more`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let bob = far.resident("bob")
            let document = bob.document().replacingOccurrence(
                of: #""outbox""#, with: #""featured":"\#(bob.id)/featured","outbox""#)
            far.serve("/users/bob", document)
            outbox(bob, [])
            far.serve("/users/bob/statuses/7", bob.note(7))
            far.serve(
                "/users/bob/featured",
                #"{"type":"OrderedCollection","orderedItems":["\#(bob.noteID(7))",\#(bob.note(8))]}"#)
            let actor = try await look(at: bob, of: islet, pond)
            let pinned = try islet.read { try Pins.of(actor.id, in: $0) }
            #expect(pinned.count == 2)
            #expect(try islet.status(bob.noteID(7))?.id == pinned.first)
            far.serve("/users/bob/featured", #"{"type":"OrderedCollection","orderedItems":[]}"#)
            try await pond.pass(.hours(2))
            islet.profiles.look(at: actor.id)
            try await pond.settle()
            #expect(try islet.read { try Pins.of(actor.id, in: $0) }.isEmpty)
        }
    }

    @Test func `reading to the end goes on where the last look ended`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example")
            let bob = far.resident("bob")
            outbox(bob, [bob.create(1, bob.note(1))], next: "\(bob.id)/outbox?page=2")
            for page in 2...6 {
                far.serve(
                    "/users/bob/outbox?page=\(page)",
                    #"{"type":"OrderedCollectionPage","orderedItems":[\#(bob.create(page, bob.note(page)))],"next":"\#(bob.id)/outbox?page=\#(page + 1)"}"#
                )
            }
            let actor = try await look(at: bob, of: islet, pond)
            #expect(try islet.status(bob.noteID(3)) != nil && islet.status(bob.noteID(4)) == nil)
            islet.profiles.look(at: actor.id, isDeeper: true)
            try await pond.settle()
            #expect(try islet.status(bob.noteID(6)) != nil)
        }
    }
}

extension String {
    fileprivate func replacingOccurrence(of text: String, with other: String) -> String {
        guard let range = firstRange(of: text) else { return self }
        return replacingCharacters(in: range, other)
    }

    private func replacingCharacters(in range: Range<String.Index>, _ other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
