import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What an Update does with a post that is here.
struct InboundEditTests {
    private func kept(_ pond: Pond, _ note: (StrangerActor, Islet) -> String) async throws -> (
        Islet, StrangerActor
    ) {
        let islet = try await pond.islet(isRunning: false)
        let zoe = pond.stranger("far.example").resident("zoe")
        try await islet.receive(zoe.create(1, note(zoe, islet)), from: zoe)
        #expect(try islet.status(zoe.noteID(1)) != nil)
        return (islet, zoe)
    }

    private func update(_ islet: Islet, _ zoe: StrangerActor, _ note: String, number: Int = 1) async throws {
        #expect(try await islet.receive(zoe.activity("Update", note, number: number), from: zoe) == .accepted)
    }

    @Test func `numbers, rights and descriptions change without being an edit`() async throws {
        try await Pond.with { pond in
            func note(_ zoe: StrangerActor, _ islet: Islet, likes: Int, alt: String, text: String) -> String {
                zoe.note(
                    1, text, to: [islet.identity.actor],
                    more: #"""
                        ,"likes":{"type":"Collection","totalItems":\#(likes)},"shares":{"type":"Collection","totalItems":1},
                        "replies":{"id":"\#(zoe.noteID(1))/replies","type":"Collection"},
                        "interactionPolicy":{"canQuote":{"automaticApproval":"\#(zoe.followers)"}},
                        "attachment":[{"type":"Image","url":"https://far.example/a.png","mediaType":"image/png","name":"\#(alt)"}]
                        """#)
            }
            let (islet, zoe) = try await kept(pond) { note($0, $1, likes: 1, alt: "A", text: "One") }
            try await update(islet, zoe, note(zoe, islet, likes: 7, alt: "B", text: "Two"))
            let status = try #require(try islet.status(zoe.noteID(1)))
            #expect(status.content == "<p>One</p>" && status.editedAt == nil)
            #expect(status.toldLikes == 7 && status.toldShares == 1)
            #expect(status.repliesURI == zoe.noteID(1) + "/replies")
            #expect(status.rights?[.quote]?.automatic == .followers)
            #expect(status.rights?[.like] == nil)
            let files = try islet.read { try Attachments.of("[\(status.id)]", in: $0)[status.id] ?? [] }
            #expect(files.map(\.description) == ["B"])
        }
    }

    @Test func `a poll's numbers change, and other options forget the votes`() async throws {
        try await Pond.with { pond in
            func poll(_ zoe: StrangerActor, _ islet: Islet, _ options: [(String, Int)], more: String = "")
                -> String
            {
                let list = options.map {
                    #"{"type":"Note","name":"\#($0.0)","replies":{"type":"Collection","totalItems":\#($0.1)}}"#
                }
                return zoe.note(
                    1, to: [islet.identity.actor],
                    more:
                        #","oneOf":[\#(list.joined(separator: ","))],"endTime":"2024-01-03T00:00:00Z","votersCount":3\#(more)"#
                ).replacing(#""type":"Note","attributedTo""#, with: #""type":"Question","attributedTo""#)
            }
            let (islet, zoe) = try await kept(pond) { poll($0, $1, [("A", 1), ("B", 0)]) }
            let id = try #require(try islet.status(zoe.noteID(1))).id
            #expect(try islet.votes(in: id) == [1, 0])
            try await islet.act { outbox, tx in try outbox.vote([1], on: id, in: tx) }
            try await update(islet, zoe, poll(zoe, islet, [("A", 4), ("B", 2)]))
            #expect(try islet.votes(in: id) == [4, 2])
            let owner = islet.identity.owner
            #expect(try islet.read { try Polls.choices(of: owner, in: id, $0) } == [1])
            try await update(islet, zoe, poll(zoe, islet, [("A", 4), ("C", 0)]), number: 2)
            #expect(try islet.votes(in: id) == [4, 0])
            #expect(try islet.read { try Polls.choices(of: owner, in: id, $0) }.isEmpty)
            try await update(
                islet, zoe, poll(zoe, islet, [("A", 4), ("C", 0)], more: #","closed":true"#), number: 3)
            let over = try #require(try islet.read { try Polls.find(id, in: $0) })
            #expect(over.isOver(at: pond.clock.now))
        }
    }

    @Test func `who boosted or quoted it is told of an edit, and twenty versions are kept`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await kept(pond) { $0.note(1, to: [$1.identity.actor, "as:Public"]) }
            let status = try #require(try islet.status(zoe.noteID(1)))
            let quoting = try await islet.post("Look")
            try await islet.act { outbox, tx in
                _ = try outbox.boost(status.id, visibility: .public, in: tx)
                try Quotes.save(
                    Quote(
                        status: quoting, quoted: status.id, quotedURI: status.uri, state: .accepted,
                        checkedAt: status.createdAt), in: tx)
            }
            for number in 10...34 {
                let edit = zoe.note(
                    1, "Edit \(number)", to: [islet.identity.actor, "as:Public"],
                    more: #","updated":"2024-01-02T03:03:\#(number)Z""#)
                try await update(islet, zoe, edit, number: number)
            }
            let late = zoe.note(1, "Late", to: ["as:Public"], more: #","updated":"2024-01-02T03:03:05Z""#)
            try await update(islet, zoe, late)
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>Edit 34</p>")
            #expect(try islet.read { try StatusEdits.of(status.id, in: $0) }.count == 20)
            #expect(
                try Set(islet.notifications()) == ["update zoe@far.example", "quotedUpdate zoe@far.example"])
        }
    }

    @Test func `a Create that is newer than what is known is an edit`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await kept(pond) { $0.note(1, "One", to: [$1.identity.actor]) }
            let newer = zoe.note(
                1, "Two", to: [islet.identity.actor], more: #","updated":"2024-01-02T03:03:30Z""#)
            try await islet.receive(zoe.create(1, newer), from: zoe)
            #expect(try islet.status(zoe.noteID(1))?.content == "<p>Two</p>")
        }
    }

    @Test func `an edit leaves the owner what was for them alone`() async throws {
        try await Pond.with { pond in
            let (islet, zoe) = try await kept(pond) { $0.note(1, to: [$1.identity.actor], cc: []) }
            let edit = zoe.note(
                1, "Two", to: [islet.identity.actor], cc: [], more: #","updated":"2024-01-02T03:03:30Z""#)
            try await update(islet, zoe, edit)
            let id = try #require(try islet.status(zoe.noteID(1))).id
            #expect(try islet.read { try Mentions.contains(status: id, actor: islet.identity.owner, in: $0) })
        }
    }
}
