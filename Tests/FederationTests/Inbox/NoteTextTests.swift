import ActivityPub
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct NoteTextTests {
    private func keep(_ members: String, look: (Storage.Status?, StrangerActor, Islet) throws -> Void)
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let note =
                #"{"id":"\#(zoe.noteID(1))","attributedTo":"\#(zoe.id)","to":["\#(islet.identity.actor)"],\#(members)}"#
            #expect(try await islet.receive(zoe.create(1, note), from: zoe) == .accepted)
            try look(try islet.status(zoe.noteID(1)), zoe, islet)
        }
    }

    @Test func `an event tells when and where`() async throws {
        try await keep(
            #""type":"Event","name":"Party","startTime":"2024-05-01T18:00:00Z","endTime":"2024-05-01T22:30:00+02:00","location":{"type":"Place","name":"The <b>Pier</b>"}"#
        ) { status, _, _ in
            let content = status?.content ?? ""
            #expect(content.contains("<strong>Party</strong>"))
            #expect(content.contains("<p>2024-05-01 18:00 UTC – 2024-05-01 20:30 UTC, The Pier</p>"))
        }
    }

    @Test func `an article is shown by its preview, a link post with its link`() async throws {
        try await keep(
            #""type":"Article","name":"Long","content":"<p>Everything</p>","summary":"Abstract","preview":{"type":"Note","content":"<p>Short <script>x</script></p>"}"#
        ) { status, _, _ in
            #expect(status?.content.contains("Short") == true)
            #expect(status?.content.contains("Everything") == false)
            #expect(status?.content.contains("Abstract") == false)
            #expect(status?.spoiler == "")
        }
        try await keep(
            #""type":"Page","name":"See","attachment":[{"type":"Link","href":"https://news.example/1"}]"#
        ) {
            status, zoe, _ in
            #expect(status?.content.contains(#"href="https://news.example/1""#) == true)
            #expect(status?.content.contains(#"href="\#(zoe.noteID(1))""#) == true)
        }
    }

    @Test func `a text that is too long is shown as its beginning and a link`() async throws {
        let text = (0..<9_000).map { "<p>Line \($0)</p>" }.joined()
        try await keep(#""type":"Note","content":"\#(text)""#) { status, zoe, _ in
            let content = status?.content ?? ""
            #expect(content.utf8.count < 16_384)
            #expect(content.hasPrefix("<p>Line 0"))
            #expect(content.contains(#"href="\#(zoe.noteID(1))""#))
        }
    }

    @Test func `a chat message is for two, whatever it says`() async throws {
        try await keep(
            #""type":"ChatMessage","content":"Hi","cc":["https://www.w3.org/ns/activitystreams#Public"]"#
        ) { status, _, _ in #expect(status?.visibility == .direct) }
    }

    @Test func `what answers itself answers nothing, and neither do two that answer each other`() async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let pairs = [(1, 1), (2, 3), (3, 2)]
            for (number, parent) in pairs {
                let note = zoe.note(number, to: [islet.identity.actor], inReplyTo: zoe.noteID(parent))
                try await islet.receive(zoe.create(number, note), from: zoe)
            }
            let first = try #require(try islet.status(zoe.noteID(1)))
            #expect(first.inReplyTo == nil && first.inReplyToURI == nil)
            let third = try #require(try islet.status(zoe.noteID(3)))
            #expect(third.inReplyTo == nil)
            #expect(try islet.status(zoe.noteID(2))?.inReplyTo == third.id)
        }
    }

    @Test func `a name without text is a vote, never a post`() async throws {
        try await keep(#""type":"Note","name":"A","content":"","inReplyTo":"https://far.example/1""#) {
            status, _, _ in
            #expect(status == nil)
        }
    }
}
