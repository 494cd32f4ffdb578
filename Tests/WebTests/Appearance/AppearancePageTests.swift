import Basics
import HTTP
import HouseSupport
import Storage
import Synchronization
import Testing

@testable import Web

@Suite struct AppearancePageTests {
    private let path = "/home/settings/appearance"

    @Test func `colour, words, signs and CSS are kept and on every page`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let before = try await sheet(in: site)
        let saved = try await browser.submit(
            path,
            [
                "act": "keep", "accent": "#aa3300", "word-boost": "howl", "icon-boost": "\u{1F43A}",
                "css": "body { font-family: serif }\r\n",
            ])
        #expect(saved.status == .seeOther)
        #expect(saved.fields["Location"] == path + "?done=1")
        let after = try await sheet(in: site)
        #expect(before.address != after.address)
        #expect(after.text.contains("--accent: #aa3300; --on-accent: #ffffff"))
        #expect(after.text.contains(".i-boost::before { content: \"\\1f43a \""))
        #expect(after.text.hasSuffix("/* The owner's own */\nbody { font-family: serif }\n"))
        #expect(try await site.page("/@me").contains("<meta name=\"theme-color\" content=\"#aa3300\">"))
        let form = try await browser.page(path + "?done=1")
        #expect(form.contains("value=\"howl\""))
        #expect(form.contains("body { font-family: serif }"))
        #expect(form.contains("role=\"status\">Done."))
    }

    @Test func `the owner's words stand on every page at once, also on those that were kept`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.stranger("bob")
        let post = try await site.post("<p>Hello</p>")
        for act in ["favourite", "reblog"] {
            _ = try await browser.submit("/home/posts/\(post)/\(act)")
        }
        try await site.foreignPost(by: bob, "<p>Yes</p>", inReplyTo: post, minutes: 1)
        let reader = ["/@me", "/@me/\(post)", "/@me/\(post)/embed", "/@me.rss", "/interact/\(post)"]
        for path in reader { #expect(try await site.get(path).status == .ok) }
        let chosen: [(String, String)] = [
            ("post", "ode"), ("posts", "odes"), ("boost", "howl"), ("boosts", "howls"), ("boosted", "howled"),
            ("favourite", "star"), ("favourites", "stars"), ("reply", "echo"), ("replies", "echoes"),
            ("notifications", "bells"),
        ]
        let words = chosen.map { "&word-\($0.0)=\($0.1)" }.joined()
        #expect(try await browser.submit(path, ["act": "keep"], text: words).status == .seeOther)
        let expected: [(String, [String])] = [
            ("/@me", ["1 ode ", ">Odes</a>", ">Odes and echoes</a>", "i-boost\">Howled by <a"]),
            (
                "/@me/\(post)",
                [
                    "Ode by <bdi>", "i-boost\">1 howl<", "i-favourite\">1 star<", "i-reply\">1 echo<",
                    "<h2>Echoes</h2>", ">Echo</a>", "Answer, howl or star from",
                ]
            ),
            ("/@me/\(post)/embed", ["<title>Ode by "]), ("/@me.rss", ["<description>Odes by "]),
            ("/interact/\(post)", ["<h1>Answer, howl or star</h1>"]),
        ]
        for (path, texts) in expected {
            let page = try await site.get(path).text
            for text in texts { #expect(page.contains(text), "\(path): \(text)") }
        }
        let own: [(String, [String])] = [
            ("/home/more", ["Your profile and odes", ">Stars<", "Scheduled odes"]),
            ("/home/notifications", ["<h1>Bells</h1>", ">Howls<", ">Stars<", ">Odes and edits<"]),
            ("/home/people/\(bob)", [">Odes and echoes<"]),
            ("/home/posts/\(post)", ["Ode by <bdi>", "<h2>Echoes</h2>"]),
            ("/home/posts/\(post)/boosts", ["<h1>Who howled the ode</h1>"]),
            ("/home/posts/\(post)/delete", ["<h1>Delete the ode?</h1>"]),
            ("/home/filters/new", ["What happens to an ode that"]), ("/home/write", ["Write an ode"]),
        ]
        for (path, texts) in own {
            let page = try await browser.page(path)
            for text in texts { #expect(page.contains(text), "\(path): \(text)") }
        }
    }

    @Test func `what is tried is shown on that page and kept nowhere`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let before = try await sheet(in: site)
        let tried = try await browser.submit(path, ["act": "try", "css": ".tried {}", "word-boost": "howl"])
        #expect(tried.status == .ok)
        #expect(tried.text.contains("/home/settings/appearance/tried.css?v="))
        #expect(tried.text.contains("<span class=\"i-boost\">Howl</span>"))
        #expect(tried.text.contains(".tried {}</textarea>"))
        #expect(try await browser.get(path + "/tried.css").text.contains(".tried {}"))
        #expect(try await sheet(in: site).address == before.address)
        #expect(try await site.get(path + "/tried.css").status == .seeOther)
    }

    @Test(arguments: [
        ("accent", "url(x)", "A colour is written like #2f6d8f."),
        (
            "css", String(repeating: "x", count: Appearance.longestCSS + 1),
            "The CSS has 16385 bytes; 16384 are the most."
        ),
    ])
    func `what cannot be is said above what was typed`(name: String, value: String, reason: String)
        async throws
    {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await browser.submit(
            path, [name: value, "word-boost": "howl", "act": "keep"])
        #expect(answer.status == .unprocessable)
        #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
        #expect(answer.text.contains("role=\"alert\">\(reason)"))
        #expect(answer.text.contains("value=\"howl\""))
        #expect(answer.text.contains(value))
        #expect(try site.store.read { try Appearance(in: $0).words } == Words())
    }

    @Test func `markup in every field stays text`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let evil = "</style></textarea><script>alert(1)</script>\"'"
        let tried = try await browser.submit(
            path,
            ["act": "try", "css": evil, "word-boost": "<b>\"'", "icon-boost": "<\"'", "word-post": evil])
        #expect(PageCheck.faults(in: tried.text, allowing: ["form", "script"]) == [])
        _ = try await browser.submit(
            path, ["act": "keep", "css": evil, "word-boost": "<b>\"'", "icon-boost": "<\"'"])
        _ = try await browser.page(path)
        _ = try await site.page("/@me")
    }

    @Test func `going back removes everything and tells those who keep pages`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        _ = try await browser.submit(path, ["act": "keep", "accent": "#f00", "css": "x"])
        #expect(try site.store.read { try Settings.text(.accent, in: $0) } == "#ff0000")
        let told = Told()
        site.store.changes.listen { told.add($0) }
        _ = try await browser.submit(path, ["act": "reset"])
        #expect(told.changes.contains(.owner))
        #expect(try site.store.read { try Settings.text(.accent, in: $0) } == nil)
        #expect(try await !sheet(in: site).text.contains("--accent"))
    }

    @Test func `the owner's picture and sign are on every page and are not cleared away`() async throws {
        let site = try await Site()
        try await site.store.write { tx in
            var appearance = Appearance()
            appearance.picture = "aa.png"
            appearance.icon = "bb.png"
            try appearance.save(in: tx)
        }
        #expect(try await site.page("/@me").contains("<link rel=\"icon\" href=\"/media/bb.png\">"))
        #expect(try await sheet(in: site).text.contains("url(/media/aa.png)"))
        #expect(try await site.get("/favicon.ico").fields["Location"] == "/media/bb.png")
        let used = try site.store.read { try Attachments.inUse(["aa.png", "bb.png", "cc.png"], in: $0) }
        #expect(used == ["aa.png", "bb.png"])
    }

    @Test func `the style sheet is sent as such and known again`() async throws {
        let site = try await Site()
        let answer = try await site.get("/static/owner.css")
        #expect(answer.fields["Content-Type"] == "text/css; charset=utf-8")
        #expect(answer.fields["X-Content-Type-Options"] == "nosniff")
        let etag = try #require(answer.fields["ETag"])
        let again = try await site.get("/static/owner.css", fields: [("If-None-Match", etag)])
        #expect(again.status == .notModified)
    }

    /// The address of the owner's style sheet on a page, and what is there.
    private func sheet(in site: Site) async throws -> (address: String, text: String) {
        let page = try await site.page("/@me")
        let start = try #require(page.firstRange(of: "/static/owner.css"))
        let address = String(page[start.lowerBound...].prefix { $0 != "\"" })
        return (address, try await site.get(address).text)
    }
}

private final class Told: Sendable {
    private let seen = Mutex(Changes())
    var changes: Changes { seen.withLock { $0 } }
    func add(_ change: Changes) { seen.withLock { $0.formUnion(change) } }
}
