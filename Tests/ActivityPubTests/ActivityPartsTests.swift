import JSON
import Testing

@testable import ActivityPub

struct ActivityPartsTests {
    private func read(_ type: String, _ members: String) throws -> Activity {
        try #require(
            Activity(json("{\"type\": \"\(type)\", \"actor\": \"https://a.example/u\", \(members)}")))
    }

    @Test func `all objects are there, at most 64`() throws {
        let votes = try read("Create", #""object": [{"type": "Note"}, null, {"type": "Note"}]"#)
        #expect(votes.objects.count == 2)
        #expect(
            try read("Flag", #""object": "https://b.example/1""#).objects.map(\.firstID) == [
                "https://b.example/1"
            ])
        #expect(try read("Flag", #""object": null"#).objects.isEmpty)
        let many = (0..<100).map { "\"https://b.example/\($0)\"" }.joined(separator: ",")
        #expect(try read("Flag", "\"object\": [\(many)]").objects.count == 64)
    }

    @Test func `result and instrument are the first of theirs`() throws {
        let accept = try read(
            "Accept", #""result": [{"id": "https://b.example/s"}, "x"], "object": "https://a.example/q""#)
        #expect(accept.result == "https://b.example/s" && accept.instrument == nil)
        let request = try read(
            "QuoteRequest", #""instrument": [{"id": "https://a.example/1", "type": "Note"}]"#)
        #expect(request.instrument?.firstID == "https://a.example/1" && request.result == nil)
    }

    @Test(arguments: [
        ("Like", #""content": "x""#, "x"), ("Like", #""_misskey_reaction": "y", "content": "x""#, "y"),
        ("Like", #""name": "z", "content": """#, "z"), ("Like", #""object": "https://b.example/1""#, nil),
        ("Like", #""misskey:_misskey_reaction": ":blob:""#, ":blob:"),
        ("EmojiReact", #""content": "x""#, "x"),
        ("litepub:EmojiReact", #""content": ["x"]"#, "x"), ("EmojiReact", #""name": "x""#, nil),
        ("Create", #""content": "x""#, nil), ("Like", #""content": "\u202e""#, nil),
        ("Like", #""content": 5"#, nil),
    ])
    func `a reaction is the emoji that came with it`(type: String, members: String, expected: String?) throws
    {
        #expect(try read(type, members).reaction == expected)
    }

    @Test func `a reaction longer than any shortcode is none`() throws {
        let long = String(repeating: "x", count: 257)
        #expect(try read("EmojiReact", "\"content\": \"\(long)\"").reaction == nil)
    }

    @Test func `an announced activity is read, an announced post is not`() throws {
        let announce = try read(
            "Announce",
            #""object": {"type": "Create", "actor": "https://b.example/v", "id": "https://b.example/1", "object": {"type": "Note"}}"#
        )
        #expect(announce.objectActivity?.type == "Create")
        #expect(announce.objectActivity?.actor == "https://b.example/v")
        #expect(try read("Announce", #""object": "https://b.example/1""#).objectActivity == nil)
        #expect(
            try read("Announce", #""object": {"type": "Note", "actor": "https://b.example/v"}"#)
                .objectActivity == nil)
        #expect(try read("Announce", #""object": {"type": "Create", "object": "x"}"#).objectActivity == nil)
    }

    @Test(
        .enabled(if: Samples.areThere, "the folder of samples is not there"),
        arguments: [
            ("lemmy/LemmyNet.community.announce_create_page.json", "Create")
        ])
    func `announced activities of other software are read`(path: String, type: String) throws {
        #expect(Activity(try Samples.value(path))?.objectActivity?.type == type)
    }

    @Test(
        .enabled(if: Samples.areThere, "the folder of samples is not there"),
        arguments: [
            "mastodon/soapbox-pub.fixtures.emoji-reaction.json",
            "misskey/soapbox-pub.fixtures.misskey-like.json",
        ])
    func `reactions of other software are read`(path: String) throws {
        #expect(Activity(try Samples.value(path))?.reaction != nil)
    }
}
