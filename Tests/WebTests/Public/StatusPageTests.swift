import Basics
import Federation
import HTTP
import HouseSupport
import Storage
import Testing

struct StatusPageTests {
    @Test func `a post has a page with what previews need`() async throws {
        let site = try await Site { $0.name = "Me" }
        let id = try await site.post("<p>Hello &amp; <a href=\"https://x.example/\">welcome</a></p>") {
            $0.language = "de"
        }
        let page = try await site.page("/@me/\(id)")
        let uri = "https://islet.example/users/me/statuses/\(id)"
        #expect(page.contains(#"<link rel="alternate" type="application/activity+json" href="\#(uri)">"#))
        #expect(page.contains(#"<link rel="canonical" href="https://islet.example/@me/\#(id)">"#))
        #expect(page.contains(#"<meta property="og:title" content="Me (@me@example.org)">"#))
        #expect(page.contains(#"<meta property="og:description" content="Hello &amp; welcome">"#))
        #expect(page.contains(#"<meta property="og:type" content="article">"#))
        #expect(
            page.contains(
                #"<div class="e-content" lang="de" dir="auto"><p>Hello &amp; <a href="https://x.example/">welcome</a></p></div>"#
            ))
        #expect(
            page.contains(
                #"<time class="dt-published" datetime="2024-01-02T03:04:05Z">2024-01-02 03:04 UTC</time>"#))
        #expect(page.contains(#"<article class="post main h-entry" id="post-\#(id)">"#))
        #expect(page.contains("p-author h-card"))
    }

    @Test func `a warned text is closed and not previewed`() async throws {
        let site = try await Site()
        let id = try await site.post("<p>secret</p>", { $0.spoiler = "the <end>" }, then: Self.picture)
        let page = try await site.page("/@me/\(id)")
        #expect(page.contains(#"<summary class="p-summary" dir="auto">the &lt;end&gt;</summary>"#))
        #expect(
            page.contains(#"<meta property="og:description" content="Content warning: the &lt;end&gt;">"#))
        #expect(!page.contains(#"og:image" content="https://islet.example/media/p.png"#))
    }

    @Test func `a picture is shown with its description`() async throws {
        let site = try await Site()
        let id = try await site.post(then: Self.picture)
        let page = try await site.page("/@me/\(id)")
        #expect(
            page.contains(
                #"src="https://islet.example/media/p.png" alt="a &quot;cat&quot;" width="640" height="480" loading="lazy">"#
            ))
        #expect(page.contains(#"<meta property="og:image" content="https://islet.example/media/p.png">"#))
    }

    @Test func `a sensitive picture is closed`() async throws {
        let site = try await Site()
        let id = try await site.post("<p>text</p>", { $0.sensitive = true }, then: Self.picture)
        let page = try await site.page("/@me/\(id)")
        let parts = page.split(separator: "<details>\n<summary>Sensitive media</summary>")
        #expect(parts.count == 2 && parts[0].contains("<p>text</p>") && parts[1].contains("media/p.png"))
        #expect(!page.contains(#"og:image" content="https://islet.example/media/p.png"#))
    }

    @Test func `recordings can be played`() async throws {
        let site = try await Site()
        let id = try await site.post(then: { id, tx in
            for (file, kind) in [("v.mp4", Attachment.Kind.video), ("a.ogg", .audio)] {
                var attachment = Attachment(kind: kind, createdAt: Site.start)
                attachment.status = id
                attachment.file = file
                _ = try Attachments.insert(attachment, in: tx)
            }
        })
        let page = try await site.page("/@me/\(id)")
        #expect(
            page.contains(
                #"<video class="u-video" controls preload="none" src="https://islet.example/media/v.mp4""#))
        #expect(
            page.contains(
                #"<audio class="u-audio" controls preload="none" src="https://islet.example/media/a.ogg""#))
    }

    private static let picture: @Sendable (StatusID, Transaction) throws -> Void = { id, tx in
        var picture = Attachment(kind: .image, createdAt: Site.start)
        picture.status = id
        picture.file = "p.png"
        picture.description = "a \"cat\""
        picture.width = 640
        picture.height = 480
        _ = try Attachments.insert(picture, in: tx)
    }

    @Test func `the conversation is shown as far as everybody may see it`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob", displayName: "Bob <script>")
        let parent = try await site.foreignPost(by: bob, "<p>before</p>")
        let id = try await site.post(
            "<p>mine</p>", minutes: 1,
            { status in
                status.inReplyTo = parent
                status.inReplyToActor = bob
            })
        try await site.foreignPost(by: bob, "<p>an answer</p>", inReplyTo: id, minutes: 2)
        try await site.foreignPost(
            by: bob, "<p>a whisper</p>", visibility: .direct, inReplyTo: id, minutes: 3)
        let page = try await site.page("/@me/\(id)")
        #expect(
            page.contains("<p>before</p>") && page.contains("<p>an answer</p>") && !page.contains("a whisper")
        )
        #expect(page.contains("Bob &lt;script&gt;"))
        #expect(page.contains(#"<a class="u-url time" href="https://b.example/posts/2">"#))
        // Pictures of strangers would tell their servers who reads here.
        #expect(!page.contains(#"src="https://b.example"#))
    }

    @Test func `whom the owner blocked is not shown`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let id = try await site.post("<p>mine</p>")
        try await site.foreignPost(by: bob, "<p>an insult</p>", inReplyTo: id, minutes: 2)
        try await site.store.write { tx in
            _ = try Blocks.insert(bob, uri: "https://islet.example/blocks/1", in: tx)
        }
        #expect(try await !site.page("/@me/\(id)").contains("an insult"))
    }

    @Test func `numbers are in words`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let id = try await site.post(
            "<p>Hello</p>", { $0.editedAt = Site.start + .minutes(9) },
            then: { id, tx in
                _ = try Favourites.insert(actor: bob, status: id, uri: "https://b.example/l", in: tx)
            })
        try await site.foreignPost(by: bob, "<p>1</p>", inReplyTo: id, minutes: 1)
        try await site.foreignPost(by: bob, "<p>2</p>", inReplyTo: id, minutes: 2)
        let page = try await site.page("/@me/\(id)")
        #expect(
            page.contains(
                "<span class=\"i-reply\">2 replies</span> \u{b7} <span class=\"i-favourite\">1 favourite</span> "
                    + "\u{b7} edited <time"))
    }

    @Test func `a poll is shown with its numbers`() async throws {
        let site = try await Site()
        let id = try await site.post(then: { id, tx in
            var poll = Poll(
                status: id, isMultiple: true, endsAt: site.house.time.now + .minutes(60),
                options: [Poll.Option(name: "<tea>", votes: 1), Poll.Option(name: "coffee", votes: 3)],
                readAt: Site.start)
            poll.voters = 3
            try Polls.save(poll, in: tx)
        })
        let page = try await site.page("/@me/\(id)")
        #expect(page.contains("&lt;tea&gt;</span> <span class=\"handle\">1 vote, 25 %</span>"))
        #expect(page.contains(#"<meter min="0" max="100" value="75">"#))
        #expect(page.contains("3 people voted \u{b7} open until <time"))
        try await site.store.write { tx in try Polls.close(id, in: tx) }
        #expect(try await site.page("/@me/\(id)").contains("closed \u{b7} several choices"))
    }

    @Test func `a quote is a card, and the link in the text is gone`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob", displayName: "Bob")
        let quoted = try await site.foreignPost(by: bob, "<p>Wise <b>words</b></p>")
        let fallback = "<p class=\"quote-inline\">RE: <a href=\"https://b.example/posts/0\">it</a></p>"
        let id = try await site.post("\(fallback)<p>Look</p>", minutes: 1)
        @Sendable func save(_ state: Quote.State) async throws {
            try await site.store.write { tx in
                try Quotes.save(
                    Quote(
                        status: id, quoted: quoted, quotedURI: "https://b.example/posts/0", state: state,
                        checkedAt: Site.start), in: tx)
            }
        }
        try await save(.pending)
        let before = try await site.page("/@me/\(id)")
        #expect(before.contains("quote-inline") && !before.contains("Wise words"))
        try await save(.accepted)
        let page = try await site.page("/@me/\(id)")
        #expect(!page.contains("quote-inline"))
        #expect(page.contains(#"<a class="u-url u-quotation-of" href="https://b.example/posts/0">"#))
        #expect(page.contains(#"<p dir="auto">Wise words</p></blockquote>"#))
    }

    @Test(arguments: [Visibility.private, .direct])
    func `a post for fewer people has no page`(visibility: Visibility) async throws {
        let site = try await Site()
        let id = try await site.post(visibility: visibility)
        #expect(try await site.get("/@me/\(id)").status == .notFound)
        #expect(try await site.get("/@me/\(id)", accept: "application/activity+json").status == .notFound)
    }

    @Test func `a deleted post says so, unless it was for fewer people`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        for (visibility, status) in [(Visibility.public, HTTP.Status.gone), (.private, .notFound)] {
            let id = try await site.post(visibility: visibility)
            #expect(try await browser.submit("/home/posts/\(id)/delete").status == .seeOther)
            let response = try await site.get("/@me/\(id)")
            #expect(response.status == status && PageCheck.faults(in: response.text) == [])
        }
    }

    @Test func `a boost leads to the post`() async throws {
        let site = try await Site()
        let foreign = try await site.foreignPost(by: try await site.stranger("bob"), "<p>x</p>")
        let id = try await site.post("", minutes: 1) { $0.reblogOf = foreign }
        let response = try await site.get("/@me/\(id)")
        #expect(response.status == .found && response.fields["Location"] == "https://b.example/posts/0")
    }

    @Test(arguments: ["/@me/1", "/@me/x", "/@you/1", "/@bob@b.example/1", "/@me/99999999999999999999"])
    func `what never was is not found`(path: String) async throws {
        let response = try await Site().get(path)
        #expect(response.status == .notFound && PageCheck.faults(in: response.text) == [])
    }

    @Test func `who wants the document gets the one of the id`() async throws {
        let site = try await Site()
        let id = try await site.post()
        let response = try await site.get("/@me/\(id)", accept: "application/activity+json")
        #expect(response.text.contains("\"id\":\"\(site.identity.status(id))\""))
    }
}
