import ActivityPub
import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What somebody brings that somebody else did: groups, relays, threads, forwarded answers.
struct ForwardingQuirks {
    /// A community that the owner follows, and a member on a third host.
    private struct Community {
        let islet: Islet
        let group: StrangerActor
        let member: StrangerActor

        init(_ pond: Pond) async throws {
            islet = try await pond.islet()
            let lemmy = pond.stranger("lemmy.example")
            group = lemmy.resident("tea")
            lemmy.serve("/users/tea", group.document().replacing(#""Person""#, with: #""Group""#))
            member = pond.stranger("far.example").resident("zoe")
            try await Quirk.follow(group, islet, pond)
        }

        /// The group announces a whole activity of the member's.
        func announce(_ activity: String, number: Int = 1) async throws -> HTTP.Status {
            try await islet.receive(group.activity("Announce", activity, number: number), from: group)
        }

        func serve(_ number: Int, _ content: String, inReplyTo parent: String? = nil) {
            member.host.serve(
                "/users/zoe/statuses/\(number)", member.note(number, content, inReplyTo: parent))
        }

        func content(_ number: Int) throws -> String? { try islet.status(member.noteID(number))?.content }
    }

    @Test func `a post that a group announces whole is shown as its own server has it, once`() async throws {
        try await Pond.with { pond in
            let tea = try await Community(pond)
            tea.serve(1, "The truth")
            let create = tea.member.create(1, tea.member.note(1, "A lie"))
            #expect(try await tea.announce(create) == .accepted)
            try await pond.settle()
            #expect(try tea.content(1) == "<p>The truth</p>")
            // The same for those who do not understand whole activities.
            let plain = tea.group.activity("Announce", about: tea.member.noteID(1), number: 2)
            #expect(try await tea.islet.receive(plain, from: tea.group) == .accepted)
            try await pond.settle()
            #expect(try tea.islet.home() == [tea.member.noteID(1)])
            #expect(
                try tea.islet.boosts(of: try #require(try tea.islet.status(tea.member.noteID(1))).id) == 1)
        }
    }

    @Test func `a deletion that a group announces counts when the post's own server confirms it`()
        async throws
    {
        try await Pond.with { pond in
            let tea = try await Community(pond)
            tea.serve(1, "Hello")
            _ = try await tea.announce(tea.member.create(1, tea.member.note(1)))
            try await pond.settle()
            let delete = tea.group.activity("Delete", about: tea.member.noteID(1), number: 7)
            _ = try await tea.announce(delete, number: 2)
            try await pond.settle()
            #expect(try tea.content(1) != nil)
            tea.member.host.answer("/users/zoe/statuses/1", .status(.gone))
            _ = try await tea.announce(delete, number: 3)
            try await pond.settle()
            #expect(try tea.content(1) == nil)
            // A copy that comes late does not bring it back.
            _ = try await tea.announce(tea.member.create(1, tea.member.note(1)), number: 4)
            try await pond.settle()
            #expect(try tea.content(1) == nil)
        }
    }

    @Test func `likes, dislikes and locks that a group announces of others' posts cost nothing`() async throws
    {
        try await Pond.with { pond in
            let tea = try await Community(pond)
            for (number, type) in ["Like", "Dislike", "Lock", "Undo", "Block", "Add", "Remove"].enumerated() {
                let activity = tea.member.activity(type, about: "https://near.example/posts/\(number)")
                #expect(try await tea.announce(activity, number: number) == .accepted)
            }
            try await pond.settle()
            #expect(tea.member.host.asked.isEmpty && tea.group.host.asked.isEmpty)
            #expect(try tea.islet.home().isEmpty)
        }
    }

    @Test func `a stranger's group announces nothing here`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let far = pond.stranger("far.example"), zoe = far.resident("zoe"), group = far.resident("spam")
            let announce = group.activity("Announce", zoe.create(1, zoe.note(1)))
            #expect(try await islet.receive(announce, from: group) == .accepted)
            try await pond.settle()
            #expect(far.asked == ["/users/spam"])
            #expect(try islet.read { try Statuses.count(in: $0) } == 0)
        }
    }

    @Test func `a boost with the whole post in it shows the post as its own server has it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = pond.stranger("near.example").resident("yan")
            yan.host.serve("/users/yan/statuses/1", yan.note(1, "The truth"))
            try await Quirk.follow(zoe, islet, pond)
            try await islet.receive(zoe.activity("Announce", yan.note(1, "A lie")), from: zoe)
            try await pond.settle()
            #expect(try islet.status(yan.noteID(1))?.content == "<p>The truth</p>")
        }
    }

    /// Zoe's answer to the owner, brought by the server of a follower, who has changed it.
    private func forward(
        _ pond: Pond, isServed: Bool
    ) async throws -> (islet: Islet, zoe: StrangerActor, status: HTTP.Status) {
        let islet = try await pond.islet()
        let zoe = pond.stranger("far.example").resident("zoe")
        let bob = pond.stranger("near.example").resident("bob")
        let parent = islet.identity.status(try await islet.post("Hi"))
        if isServed { zoe.host.serve("/users/zoe/statuses/1", zoe.note(1, "The truth", inReplyTo: parent)) }
        let signature =
            #","signature":{"type":"RsaSignature2017","creator":"\#(zoe.keyID)","signatureValue":"AAAA"}}"#
        let create = zoe.create(1, zoe.note(1, "A lie", inReplyTo: parent)).dropLast() + signature
        let status = try await islet.receive(String(create), from: bob)
        try await pond.settle()
        return (islet, zoe, status)
    }

    @Test func `a forwarded answer is taken as its own server has it, whatever signature came inside`()
        async throws
    {
        try await Pond.with { pond in
            let (islet, zoe, status) = try await forward(pond, isServed: true)
            #expect(status == .accepted)
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>The truth</p>")
        }
        try await Pond.with { pond in
            let (islet, zoe, status) = try await forward(pond, isServed: false)
            #expect(status == .accepted)
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `what a relay brings of strangers is asked for only when the owner follows the relay`()
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let relay = pond.stranger("relay.example").resident("relay")
            let zoe = pond.stranger("far.example").resident("zoe")
            for number in 1...3 {
                zoe.host.serve("/users/zoe/statuses/\(number)", zoe.note(number, "The truth"))
            }
            _ = try await islet.receive(zoe.create(1, zoe.note(1)), from: relay)
            _ = try await islet.receive(relay.activity("Announce", about: zoe.noteID(2)), from: relay)
            try await pond.settle()
            #expect(try zoe.host.asked.isEmpty && islet.read { try Statuses.count(in: $0) } == 0)
            try await Quirk.follow(relay, islet, pond)
            _ = try await islet.receive(zoe.create(1, zoe.note(1, "A lie")), from: relay)
            _ = try await islet.receive(
                relay.activity("Announce", about: zoe.noteID(3), number: 3), from: relay)
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>The truth</p>")
            #expect(try islet.status(zoe.noteID(3)) != nil)
        }
    }

    @Test func `what is added to a thread's collection is taken as its own server has it`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let yan = pond.stranger("near.example").resident("yan")
            let zoe = pond.stranger("far.example").resident("zoe")
            try await Quirk.follow(yan, islet, pond)
            zoe.host.serve("/users/zoe/statuses/1", zoe.note(1, "The truth"))
            let add =
                yan.activity("Add", zoe.create(1, zoe.note(1, "A lie"))).dropLast()
                + #","target":"\#(yan.id)/contexts/1"}"#
            #expect(try await islet.receive(String(add), from: yan) == .accepted)
            try await pond.settle()
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>The truth</p>")
        }
    }
}
