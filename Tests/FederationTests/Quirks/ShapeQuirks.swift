import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Documents as other software writes them, from the inbox to what is stored.
struct ShapeQuirks {
    private struct Kept {
        let islet: Islet
        let zoe: StrangerActor
        let status: Storage.Status

        func parts<Part>(_ read: (String, Snapshot) throws -> [StatusID: [Part]]) throws -> [Part] {
            try islet.read { try read("[\(status.id)]", $0)[status.id] ?? [] }
        }
    }

    /// What becomes of a post of somebody followed; `members` are those besides its id, with commas between.
    ///
    /// - Parameter envelope: further members of the Create, beginning with a comma.
    private func keep(
        _ members: String, type: String = #""Note""#, author: String? = nil, envelope: String = "",
        _ check: (Kept?) throws -> Void
    ) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await Quirk.follow(zoe, islet, pond)
            let author = author ?? "\"\(zoe.id)\""
            let note = #"{"id":"\#(zoe.noteID(1))","type":\#(type),"attributedTo":\#(author),\#(members)}"#
            let create = zoe.create(1, note).dropLast() + envelope + "}"
            #expect(try await islet.receive(String(create), from: zoe) == .accepted)
            try await pond.settle()
            try check(try islet.status(zoe.noteID(1)).map { Kept(islet: islet, zoe: zoe, status: $0) })
        }
    }

    private static let everybody = #""to":["https://www.w3.org/ns/activitystreams#Public"]"#

    @Test
    func `single things without brackets, lists for single things and a language map make one whole post`()
        async throws
    {
        try await keep(
            """
            "to":"as:Public","tag":{"type":"Hashtag","name":["Cats"]},"icon":[],
            "attachment":{"type":"Image","url":{"type":"Link","href":"https://far.example/a.png","mediaType":"image/png"}},
            "url":{"type":"Link","href":"https://far.example/@zoe/1","mediaType":"text/html"},
            "contentMap":{"de":"<p>Hallo</p>"}
            """, type: #"["Note","x:Thing"]"#,
            author:
                #"[{"type":"Person","id":"https://far.example/users/zoe"},{"type":"Group","id":"https://far.example/c/g"}]"#
        ) { kept in
            let kept = try #require(kept)
            #expect(kept.status.visibility == .public && kept.status.content == "<p>Hallo</p>")
            #expect(kept.status.language == "de" && kept.status.url == "https://far.example/@zoe/1")
            #expect(try kept.parts { try Hashtags.of($0, in: $1) } == ["cats"])
            #expect(
                try kept.parts { try Attachments.of($0, in: $1) }.first?.remoteURL
                    == "https://far.example/a.png")
        }
    }

    @Test func `a post whose page is on another host is kept`() async throws {
        try await keep(#""content":"x","url":"https://www.far.example/@zoe/1",\#(Self.everybody)"#) { kept in
            #expect(kept?.status.url == "https://www.far.example/@zoe/1")
        }
    }

    @Test(arguments: [
        "2024-01-02T02:04:05+0000", "2024-01-02T02:04:05Z", "2024-01-02T03:04:05+01:00",
        "2024-01-02T02:04:05.000Z", "2024-01-02T02:04:05",
    ])
    func `a date with an offset without colon, or without any, is that moment`(date: String) async throws {
        try await keep(#""content":"x","published":"\#(date)",\#(Self.everybody)"#) { kept in
            #expect(kept?.status.createdAt == ManualClock.start - .hours(1))
        }
    }

    @Test func `a note with a name shows it as its title`() async throws {
        try await keep(#""name":"On tea","content":"<p>x</p>",\#(Self.everybody)"#) { kept in
            #expect(kept?.status.content == "<p><strong>On tea</strong></p><p>x</p>")
        }
    }

    @Test func `a note without addressees is for those whom its activity names`() async throws {
        try await keep(#""content":"x""#, envelope: ",\(Self.everybody)") { kept in
            #expect(kept?.status.visibility == .public)
        }
    }

    @Test func `a note without any addressees at all is for nobody else`() async throws {
        try await keep(#""content":"x""#) { kept in
            #expect(kept == nil || kept?.status.visibility == .direct)
        }
    }

    @Test func `a video of an account and a channel is the account's, with its page and no film`()
        async throws
    {
        try await keep(
            """
            "name":"Tea","mediaType":"text/markdown","content":"**strong** <script>alert(1)</script>",
            "url":[{"type":"Link","mediaType":"video/mp4","href":"https://far.example/v.mp4"},
                   {"type":"Link","mediaType":"text/html","href":"https://far.example/w/1"}],\(Self.everybody)
            """, type: #""Video""#,
            author:
                #"[{"type":"Group","id":"https://far.example/c/tea"},{"type":"Person","id":"https://far.example/users/zoe"}]"#
        ) { kept in
            let content = try #require(kept).status.content
            #expect(content.contains("<strong>Tea</strong>") && content.contains("https://far.example/w/1"))
            #expect(!content.contains("script") && !content.contains("v.mp4"))
        }
    }

    @Test func `of several authors the one who sends it is the author`() async throws {
        try await keep(
            #""content":"x",\#(Self.everybody)"#,
            author: #"["https://far.example/users/yan","https://far.example/users/zoe"]"#
        ) { kept in
            let kept = try #require(kept)
            #expect(try kept.islet.actor(kept.zoe.id)?.id == kept.status.actor)
        }
    }

    @Test func `an event is shown with its name, time, place and link`() async throws {
        try await keep(
            """
            "name":"Tea party","startTime":"2024-02-03T16:00:00Z","url":"https://far.example/e/1",
            "location":{"type":"Place","name":"At home"},\(Self.everybody)
            """, type: #""Event""#
        ) { kept in
            let content = try #require(kept).status.content
            for part in ["Tea party", "2024-02-03 16:00", "At home", "https://far.example/e/1"] {
                #expect(content.contains(part))
            }
        }
    }

    @Test func `the abstract of an article is no warning`() async throws {
        try await keep(
            #""name":"On tea","summary":"Hot water","content":"<p>long</p>",\#(Self.everybody)"#,
            type: #""Article""#
        ) { kept in
            let status = try #require(kept).status
            #expect(status.spoiler.isEmpty && !status.sensitive)
            #expect(status.content.contains("On tea") && status.content.contains("Hot water"))
        }
    }

    @Test func `a warning makes a post sensitive although it says that it is not`() async throws {
        try await keep(#""summary":"Spider","sensitive":false,"content":"x",\#(Self.everybody)"#) { kept in
            #expect(kept?.status.spoiler == "Spider" && kept?.status.sensitive == true)
        }
    }

    @Test func `a conversation that is a mere name is kept as it came`() async throws {
        try await keep(
            #""content":"x","ostatus:conversation":"tag:far.example,2024:c=1",\#(Self.everybody)"#
        ) { kept in
            #expect(kept?.status.conversation == "tag:far.example,2024:c=1")
        }
    }

    @Test func `a quote that is text and no address is no quote, and nobody is asked for it`() async throws {
        try await keep(
            #""content":"x","quote":"<p>To be or not</p>",\#(Self.everybody)"#, type: #""Quotation""#
        ) {
            kept in
            guard let kept else { return }
            let quote = try kept.islet.read { try Quotes.find(kept.status.id, in: $0) }
            #expect(quote == nil)
            #expect(kept.zoe.host.asked.isEmpty)
        }
    }

    @Test func `hashtags in scripts without case and ids with encoded letters are kept`() async throws {
        try await keep(
            ##""content":"x","tag":[{"type":"Hashtag","name":"#日本語"},{"type":"Hashtag","name":"#ТЕСТ"}],"url":"https://far.example/caf%C3%A9",\##(Self.everybody)"##
        ) { kept in
            let kept = try #require(kept)
            #expect(try Set(kept.parts { try Hashtags.of($0, in: $1) }) == ["日本語", "тест"])
            #expect(kept.status.url == "https://far.example/caf%C3%A9")
        }
    }

    @Test func `of emoji only those with a plain shortcode are shown`() async throws {
        let icon = #""icon":{"type":"Image","url":"https://far.example/e.png"}"#
        try await keep(
            #""content":":cat: x","tag":[{"type":"Emoji","name":":cat:",\#(icon)},{"type":"Emoji","name":":<img src=x onerror=alert(1)>:",\#(icon)}],\#(Self.everybody)"#
        ) { kept in
            let emojis = try #require(kept?.status.emojis)
            #expect(emojis.contains("cat") && !emojis.contains("onerror"))
        }
    }
}
