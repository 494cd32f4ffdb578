import Basics
import Federation
import HTTP
import Storage
import Testing

@testable import Web

struct ProfilePageTests {
    @Test func `an empty profile is a page`() async throws {
        let page = try await Site().page("/@me")
        #expect(page.contains("<title>me (@me@example.org)</title>"))
        #expect(page.contains("Nothing has been posted yet."))
        #expect(
            page.contains(
                #"<link rel="alternate" type="application/activity+json" href="https://islet.example/users/me">"#
            ))
        #expect(page.contains(#"<link rel="canonical" href="https://islet.example/@me">"#))
        #expect(page.contains(#"src="https://islet.example/static/avatar/missing.png" alt="""#))
        #expect(!page.contains("noindex"))
    }

    @Test func `who the owner is stands on top`() async throws {
        let site = try await Site { actor in
            actor.name = "A <b>name</b> & \"more\""
            actor.summary = "<p>About <a href=\"https://x.example/\" rel=\"me\">me</a></p>"
            actor.avatar = "a.png"
            actor.header = "h.png"
            actor.fields = #"[{"name":"<Web>","value":"<a href=\"https://x.example/\" rel=\"me\">x</a>"}]"#
        }
        let page = try await site.page("/@me")
        #expect(page.contains("<bdi>A &lt;b&gt;name&lt;/b&gt; &amp; &quot;more&quot;</bdi>"))
        #expect(page.contains(#"<p>About <a href="https://x.example/" rel="me">me</a></p>"#))
        #expect(
            page.contains(
                #"<dt dir="auto">&lt;Web&gt;</dt><dd dir="auto"><a href="https://x.example/" rel="me">x</a></dd>"#
            ))
        #expect(page.contains(#"class="u-photo portrait" src="https://islet.example/media/a.png""#))
        #expect(page.contains(#"<meta property="og:image" content="https://islet.example/media/a.png">"#))
        #expect(page.contains(#"<meta name="description" content="About me">"#))
        #expect(page.contains(#"<meta property="og:type" content="profile">"#))
    }

    @Test func `a link whose page links back is marked`() async throws {
        let site = try await Site { actor in
            actor.fields =
                #"[{"name":"A","value":"<a href=\"https://a.example/\">a</a>","verified_at":"2024-01-01T00:00:00.000Z"},{"name":"B","value":"b","verified_at":null}]"#
        }
        let page = try await site.page("/@me")
        #expect(page.split(separator: "Verified</span>").count == 2)
        #expect(
            page.contains("<dt dir=\"auto\" class=\"verified\">A</dt>")
                && page.contains("<dt dir=\"auto\">B</dt>"))
    }

    @Test func `each list has its page, and the one that is shown is marked`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let foreign = try await site.foreignPost(by: bob, "<p>foreign</p>")
        try await site.post("<p>plain</p>", minutes: 1)
        try await site.post("<p>reply</p>", minutes: 2) { status in
            status.inReplyTo = foreign
            status.inReplyToActor = bob
        }
        try await site.post("<p>picture</p>", minutes: 3) { _ in
        } then: { id, tx in
            var file = Attachment(kind: .image, createdAt: Site.start)
            file.status = id
            file.file = "abc.jpg"
            _ = try Attachments.insert(file, in: tx)
        }
        for (path, shown) in [
            ("", ["plain", "picture"]), ("/with_replies", ["plain", "reply", "picture"]),
            ("/media", ["picture"]),
        ] {
            let page = try await site.page("/@me" + path)
            #expect(["plain", "reply", "picture"].filter { page.contains("<p>\($0)</p>") } == shown)
            #expect(page.contains("<a href=\"https://islet.example/@me\(path)\" aria-current=\"page\">"))
            #expect(page.split(separator: "aria-current").count == 2)
            #expect(page.contains("<link rel=\"canonical\" href=\"https://islet.example/@me\(path)\">"))
        }
    }

    @Test func `pinned posts stand above, on the first page only`() async throws {
        let site = try await Site()
        let id = try await site.post("<p>pinned</p>") { _ in
        } then: { id, tx in
            try Pins.insert(id, at: Site.start, in: tx)
        }
        #expect(try await site.page("/@me").contains("<h2>Pinned</h2>"))
        for path in ["/@me?max_id=\(id)", "/@me/with_replies"] {
            #expect(try await !site.page(path).contains("Pinned"))
        }
    }

    @Test func `a list of long posts stays small and goes on where it was cut`() async throws {
        let site = try await Site()
        for minute in 0..<30 {
            try await site.post(
                "<p>number \(minute).</p>\(String(repeating: "<br>", count: 1_000))", minutes: minute)
        }
        var seen: [String] = []
        var path: String? = "/@me"
        while let current = path {
            let page = try await site.page(current)
            #expect(page.utf8.count < 42_000)
            seen += page.split(separator: "<p>number ").dropFirst().map { String($0.prefix { $0 != "." }) }
            path = address(of: "next", on: page)
        }
        #expect(seen == (0..<30).reversed().map(String.init))
    }

    @Test func `only open posts are shown, and no replies to others`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let foreign = try await site.foreignPost(by: bob, "<p>foreign</p>")
        try await site.post("<p>public one</p>", minutes: 1)
        try await site.post("<p>unlisted one</p>", visibility: .unlisted, minutes: 2)
        try await site.post("<p>private one</p>", visibility: .private, minutes: 3)
        try await site.post("<p>direct one</p>", visibility: .direct, minutes: 4)
        try await site.post("<p>a reply</p>", minutes: 5) { status in
            status.inReplyTo = foreign
            status.inReplyToActor = bob
        }
        let page = try await site.page("/@me")
        #expect(page.contains("public one") && page.contains("unlisted one"))
        #expect(!page.contains("private one") && !page.contains("direct one") && !page.contains("a reply"))
    }

    @Test func `a boost shows whose post it is`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob", displayName: "Bob")
        let foreign = try await site.foreignPost(by: bob, "<p>foreign</p>")
        let hidden = try await site.foreignPost(by: bob, "<p>hidden</p>", visibility: .private, minutes: 1)
        try await site.post("", minutes: 2) { $0.reblogOf = foreign }
        try await site.post("", minutes: 3) { $0.reblogOf = hidden }
        let page = try await site.page("/@me")
        #expect(
            page.contains("Boosted by <a href=\"https://islet.example/@me\"><bdi>me</bdi></a>")
                && page.contains("<p>foreign</p>")
                && page.contains("@bob@b.example"))
        #expect(!page.contains("hidden"))
    }

    @Test func `pages lead to each other and show every post once`() async throws {
        let site = try await Site()
        for minute in 0..<45 { try await site.post("<p>number \(minute).</p>", minutes: minute) }
        var seen: [String] = []
        var path: String? = "/@me"
        var newer: String?
        while let current = path {
            let page = try await site.page(current)
            seen += page.split(separator: "<p>number ").dropFirst().map { String($0.prefix { $0 != "." }) }
            path = address(of: "next", on: page)
            if path == nil { newer = address(of: "prev", on: page) }
        }
        #expect(seen == (0..<45).reversed().map(String.init))
        let page = try await site.page(try #require(newer))
        #expect(page.contains("<p>number 5.</p>") && page.contains("<p>number 24.</p>"))
        #expect(try await site.page("/@me?max_id=1").contains("There is nothing more."))
    }

    private func address(of rel: String, on page: String) -> String? {
        guard
            let link = page.split(separator: "<a rel=\"\(rel)\" href=\"https://islet.example").dropFirst()
                .first
        else {
            return nil
        }
        return String(link.prefix { $0 != "\"" })
    }

    @Test func `who wants the document gets it`() async throws {
        let response = try await Site().get("/@me", accept: "application/activity+json")
        #expect(response.fields["Content-Type"] == "application/activity+json; charset=utf-8")
        #expect(response.text.contains(#""id":"https://islet.example/users/me""#))
    }

    @Test func `who does not want to be found is not indexed`() async throws {
        let site = try await Site { $0.discoverable = false }
        #expect(try await site.page("/@me").contains(#"<meta name="robots" content="noindex">"#))
    }
    @Test func `whoever moved says where, and nobody is asked to follow them here`() async throws {
        let site = try await Site { $0.movedTo = "https://b.example/users/new" }
        let page = try await site.page("/@me")
        #expect(
            page.contains(
                "Has moved to <a href=\"https://b.example/users/new\">https://b.example/users/new</a>."))
        #expect(!page.contains("Follow from your own server"))
        _ = try await site.stranger("new", displayName: "New")
        site.pages.shield.drop()
        #expect(
            try await site.page("/@me").contains(
                "Has moved to <a href=\"https://b.example/@new\"><bdi>New</bdi> @new@b.example</a>."))
    }
}
