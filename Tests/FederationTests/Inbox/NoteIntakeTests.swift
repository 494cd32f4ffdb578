import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

struct NoteIntakeTests {
    /// What is stored of a note that addresses the owner.
    private func keep(
        _ number: Int = 1, _ content: String = "Hello", to: [String] = [], cc: [String] = [],
        more: String = "",
        look: (Islet, StrangerActor, Storage.Status) throws -> Void
    ) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let note = zoe.note(number, content, to: to, cc: cc + [islet.identity.actor], more: more)
            #expect(try await islet.receive(zoe.create(number, note), from: zoe) == .accepted)
            try look(islet, zoe, #require(try islet.status(zoe.noteID(number))))
        }
    }

    @Test(
        arguments: [
            ([Vocabulary.everybody], [], Visibility.public), (["as:Public"], [], .public),
            (["Public"], [], .public),
            (["https://far.example/users/zoe/followers"], [Vocabulary.everybody], .unlisted),
            (["https://far.example/users/zoe/followers"], [], .private),
            ([], ["https://far.example/users/zoe/followers"], .private), ([], [], .direct),
        ] as [([String], [String], Visibility)])
    func `the addressing says who may see it`(to: [String], cc: [String], visibility: Visibility) async throws
    {
        try await keep(to: to, cc: cc) { _, _, status in #expect(status.visibility == visibility) }
    }

    @Test func `markup that could do harm is gone`() async throws {
        let content = "Hi<script>alert(1)</script><img src=x onerror=y><a href='javascript:z'>go</a>"
        try await keep(1, content) { _, _, status in
            #expect(!status.content.contains("script"))
            #expect(!status.content.contains("onerror"))
            #expect(status.content.contains("Hi"))
        }
    }

    @Test func `a warning makes it sensitive`() async throws {
        try await keep(more: #","summary":"Spiders <b>big</b>""#) { _, _, status in
            #expect(status.spoiler.hasPrefix("Spiders"))
            #expect(!status.spoiler.contains("<"))
            #expect(status.sensitive)
        }
    }

    @Test func `hashtags are kept once, in lower case, and not without end`() async throws {
        let tags = (0..<200).map { ##"{"type":"Hashtag","name":"#Tag\##($0 / 2)"}"## }.joined(separator: ",")
        try await keep(
            more: ##","tag":[{"type":"Hashtag","name":"#Cat"},{"type":"Hashtag","name":"cAT"},\##(tags)]"##
        ) {
            islet, _, status in
            let kept = try islet.read { try Hashtags.of("[\(status.id)]", in: $0)[status.id] ?? [] }
            #expect(kept.filter { $0 == "cat" }.count == 1)
            #expect(kept.contains("tag0"))
            #expect(kept.count <= 30)
        }
    }

    @Test func `people who are named are kept by name, and not without end`() async throws {
        let tags = (0..<200).map {
            #"{"type":"Mention","href":"https://m.example/\#($0)","name":"@u\#($0)@m.example"}"#
        }
        try await keep(more: #","tag":[\#(tags.joined(separator: ","))]"#) { islet, _, status in
            let kept = try islet.read { try Mentions.of("[\(status.id)]", in: $0)[status.id] ?? [] }
            #expect(kept.contains { $0.acct == "u0@m.example" })
            // And the owner, who is addressed silently.
            #expect(kept.count == 51)
        }
    }

    @Test func `pictures keep their description, size and focus`() async throws {
        let picture = """
            {"type":"Document","mediaType":"image/png","url":"https://far.example/a.png","name":"A cat",
             "width":640,"height":480,"focalPoint":[0.5,-0.5],"blurhash":"LEHV6nWB2yk8pyo0adR*.7kCMdnj"}
            """
        try await keep(more: #","attachment":[\#(picture)]"#) { islet, _, status in
            let kept = try #require(
                try islet.read { try Attachments.of("[\(status.id)]", in: $0)[status.id]?.first })
            #expect(kept.kind == .image)
            #expect(kept.remoteURL == "https://far.example/a.png")
            #expect(kept.description == "A cat")
            #expect(kept.width == 640 && kept.height == 480)
            #expect(kept.focusX == 0.5 && kept.focusY == -0.5)
        }
    }

    @Test func `attachments are not kept without end`() async throws {
        let pictures = (0..<40).map {
            #"{"type":"Image","mediaType":"image/png","url":"https://far.example/\#($0).png"}"#
        }
        try await keep(more: #","attachment":[\#(pictures.joined(separator: ","))]"#) { islet, _, status in
            let kept = try islet.read { try Attachments.of("[\(status.id)]", in: $0)[status.id] ?? [] }
            #expect(kept.count == 16)
        }
    }

    @Test func `a post from the future is of now`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let note = zoe.note(1, to: [islet.identity.actor]).replacing("2024-01-02", with: "2999-01-02")
            try await islet.receive(zoe.create(1, note), from: zoe)
            #expect(try islet.status(zoe.noteID(1))?.createdAt == pond.clock.now)
        }
    }

    @Test(arguments: ["Article", "Page", "Video", "Event"])
    func `longer forms are shown as title and link`(type: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let note = zoe.note(1, "Much text", to: [islet.identity.actor], more: #","name":"On <cats>""#)
                .replacing(#""type":"Note""#, with: #""type":"\#(type)""#)
            try await islet.receive(zoe.create(1, note), from: zoe)
            let status = try #require(try islet.status(zoe.noteID(1)))
            #expect(status.content.contains("<strong>On"))
            #expect(status.content.contains(#"href="\#(zoe.noteID(1))""#))
            #expect(!status.content.contains("Much text"))
        }
    }
}
