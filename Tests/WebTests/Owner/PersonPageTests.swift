import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import Web

@Suite struct PersonPageTests {
    @Test func `somebody's page shows who they are, their posts and the ways to the others`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let root = try await site.house.makeStatus(by: bob, "<p>Plain.</p>")
        _ = try await site.house.makeStatus(by: bob, "<p>Answer.</p>", inReplyTo: try await site.post())
        _ = root
        let page = try await browser.page("/home/people/\(bob)")
        #expect(page.contains("@bob@far.example") && page.contains("Plain.") && !page.contains("Answer."))
        #expect(try await browser.page("/home/people/\(bob)/replies").contains("Answer."))
        #expect(try await browser.page("/home/people/\(bob)/media").contains("There is nothing here"))
        #expect(try await browser.page("/home/people/\(bob)/followers").contains("Only their own server"))
        #expect(
            try await browser.page("/home/people/\(site.identity.owner)/followers").contains("nobody here"))
    }

    @Test func `following, its options, and ending it`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let base = "/home/people/\(bob)"
        #expect(try await browser.submit("\(base)/follow", ["back": base]).fields["Location"] == base)
        #expect(try await browser.page(base).contains("Take back the request"))
        try await site.store.write { tx in _ = try Following.accept(bob, owner: site.identity.owner, in: tx) }
        #expect(try await browser.page(base).contains("You follow them."))
        _ = try await browser.submit(
            "\(base)/follow", ["options": "1", "notify": "on", "languages": "DE, en"])
        var follow = try #require(try site.store.read { try Following.find(bob, in: $0) })
        #expect(!follow.reblogs && follow.notify && follow.languages == ["de", "en"])
        _ = try await browser.submit("\(base)/follow", ["options": "1", "boosts": "on", "languages": ""])
        follow = try #require(try site.store.read { try Following.find(bob, in: $0) })
        #expect(follow.reblogs && !follow.notify && follow.languages == nil)
        let wrong = try await browser.submit("\(base)/follow", ["options": "1", "languages": "!!"])
        #expect(wrong.status == .unprocessable && wrong.text.contains("Languages is invalid"))
        _ = try await browser.submit("\(base)/unfollow")
        #expect(try await !browser.page(base).contains("You follow them."))
    }

    @Test func `muting for a while, a note, and blocking`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let base = "/home/people/\(bob)"
        _ = try await browser.submit("\(base)/mute", ["duration": "3600", "notifications": "on"])
        #expect(try await browser.page(base).contains("You muted them until <time"))
        _ = try await browser.submit("\(base)/unmute")
        let evil = "</textarea><script>alert(1)</script>"
        _ = try await browser.submit("\(base)/note", ["comment": evil])
        let page = try await browser.page(base)
        #expect(page.contains("&lt;/textarea&gt;") && !page.contains("<script>alert"))
        _ = try await browser.submit("\(base)/block")
        #expect(try await browser.page(base).contains("You blocked them."))
        _ = try await browser.submit("\(base)/unblock")
        #expect(try await !browser.page(base).contains("You blocked them."))
    }

    @Test func `lists are those that are ticked`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        let bob = try await site.house.makeActor()
        let base = "/home/people/\(bob)"
        _ = try await browser.submit("\(base)/follow")
        try await site.store.write { tx in _ = try Following.accept(bob, owner: site.identity.owner, in: tx) }
        let list = try await site.house.post("/api/v1/lists", token, "title=Friends").json["id"]?.string ?? ""
        #expect(try await browser.page(base).contains("<bdi>Friends</bdi>"))
        _ = try await browser.submit("\(base)/lists", ["list": list])
        #expect(try await browser.page(base).contains("value=\"\(list)\" checked"))
        _ = try await site.house.makeStatus(by: bob, "<p>Listed.</p>")
        #expect(try await browser.page("/home/lists/\(list)").contains("<bdi>Friends</bdi>"))
        _ = try await browser.submit("\(base)/lists")
        #expect(try await !browser.page(base).contains("value=\"\(list)\" checked"))
        #expect(try await browser.submit("\(base)/lists", ["list": ".."]).status == .notFound)
    }

    @Test func `who asks to follow is answered`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        try await site.store.write { tx in
            _ = try FollowRequests.insert(bob, uri: "https://far.example/f/1", in: tx)
        }
        #expect(try await browser.page("/home/people/\(bob)").contains("They ask to follow you."))
        #expect(try await browser.submit("/home/people/\(bob)/accept").status == .seeOther)
        #expect(try await browser.page("/home/people/\(bob)").contains("They follow you."))
        _ = try await browser.submit("/home/people/\(bob)/remove")
        #expect(try await !browser.page("/home/people/\(bob)").contains("They follow you."))
        #expect(try await browser.submit("/home/people/\(bob)/reject").status == .notFound)
    }

    @Test func `a report names what it is about and goes to their server`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let post = try await site.house.makeStatus(by: bob, "<p>Bad &lt;b&gt; words</p>")
        let page = try await browser.page("/home/people/\(bob)/report?post=\(post)")
        #expect(page.contains("value=\"\(post)\" checked") && page.contains("Bad &lt;b&gt; words"))
        let answer = try await browser.submit(
            "/home/people/\(bob)/report",
            ["category": "spam", "comment": "So much", "post": "\(post)", "back": "/home/people/\(bob)"])
        #expect(answer.fields["Location"] == "/home/people/\(bob)")
        let wrong = try await browser.submit("/home/people/\(bob)/report", ["category": "nonsense"])
        #expect(wrong.status == .unprocessable)
    }

    @Test func `a whole server is blocked after it was said what that does`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let base = "/home/people/\(bob)"
        #expect(try await browser.page(base).contains("href=\"/home/domains/block?domain=far.example\""))
        let page = try await browser.page("/home/domains/block?domain=far.example")
        #expect(page.contains("Block <bdi>far.example</bdi>?") && page.contains("You follow 0 people there"))
        _ = try await browser.submit("/home/domains", ["domain": "far.example", "sure": "1"])
        #expect(try await browser.page(base).contains("You blocked their server."))
        #expect(try await browser.get("/home/domains/block?domain=%3Cb%3E").status == .unprocessable)
    }

    @Test func `the owner's own page has nothing to follow or mute`() async throws {
        let site = try await Site()
        let page = try await site.signIn().page("/home/people/\(site.identity.owner)")
        #expect(page.contains("/home/settings/profile") && !page.contains("/follow\""))
    }

    @Test func `markup in somebody's name and fields stays text`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let eve = try await site.stranger("eve", displayName: "<img src=x onerror=alert(1)>\"'")
        let page = try await browser.page("/home/people/\(eve)")
        #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;"))
        #expect(try await browser.page("/home/people/\(eve)/report").contains("&lt;img src=x"))
    }

    @Test(arguments: ["1", "x", "x%2Fy", "%3Cb%3E"])
    func `who is not there is a clear page`(id: String) async throws {
        let browser = try await Site().signIn()
        for path in ["", "/replies", "/followers", "/report"] {
            #expect(try await browser.get("/home/people/\(id)\(path)").status == .notFound, "\(path)")
        }
        for act in ["follow", "block", "mute", "note", "lists", "report"] {
            #expect(
                try await browser.submit("/home/people/\(id)/\(act)", ["list": "1"]).status == .notFound,
                "\(act)")
        }
    }
}
