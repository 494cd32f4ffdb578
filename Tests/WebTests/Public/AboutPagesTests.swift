import HTTP
import Storage
import Testing

struct AboutPagesTests {
    @Test func `a server without words of its own says whose it is`() async throws {
        let page = try await Site { $0.summary = "<p>I like cats.</p>" }.page("/about")
        #expect(page.contains("<p>I like cats.</p>") && !page.contains("<h2>Rules</h2>"))
        #expect(page.contains(#"<a href="https://islet.example/@me"><bdi>me</bdi></a>"#))
    }

    @Test func `the owner's text and rules are shown as text`() async throws {
        let site = try await Site()
        try await site.store.write { tx in
            try Settings.set(.about, to: "Hello <b>\n\nhttps://x.example/", in: tx)
            try Settings.set(.rules, to: "Be <i>kind</i>\n\n  Ask first \r\n", in: tx)
        }
        let page = try await site.page("/about")
        #expect(page.contains("<p>Hello &lt;b&gt;</p>") && page.contains(#"href="https://x.example/""#))
        #expect(
            page.contains("<li dir=\"auto\">Be &lt;i&gt;kind&lt;/i&gt;</li>\n<li dir=\"auto\">Ask first</li>")
        )
    }

    @Test func `what is kept of visitors is said`() async throws {
        #expect(try await Site().page("/privacy-policy").contains("They set no cookie"))
    }

    @Test(arguments: ["/about/more", "/rules"])
    func `other addresses of it lead there`(path: String) async throws {
        #expect(try await Site().get(path).fields["Location"] == "https://islet.example/about")
    }
}
