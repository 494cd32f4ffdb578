import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct OwnerThreadPageTests {
    @Test func `a post stands between what it answers and what answers it`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let eve = try await site.house.makeActor("eve")
        let root = try await site.house.makeStatus(by: bob, "<p>Root.</p>")
        let main = try await site.house.makeStatus(by: eve, "<p>Main.</p>", inReplyTo: root)
        let reply = try await site.house.makeStatus(by: bob, "<p>Reply.</p>", inReplyTo: main)
        _ = try await site.house.makeStatus(by: eve, "<p>Deeper.</p>", inReplyTo: reply)
        let page = try await browser.page("/home/posts/\(main)")
        let places = ["Root.", "Main.", "<h2>Replies</h2>", "Reply.", "Deeper."].compactMap {
            page.firstRange(of: $0)?.lowerBound
        }
        #expect(places.count == 5 && places == places.sorted())
        #expect(page.contains("class=\"post main\" id=\"post-\(main)\""))
        #expect(page.contains("class=\"post d2\""))
        #expect(page.contains("In reply to"))
    }

    @Test func `whom the owner muted or blocked does not stand in a conversation`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let eve = try await site.house.makeActor("eve")
        let main = try await site.house.makeStatus(by: bob)
        _ = try await site.house.makeStatus(by: eve, "<p>Loud.</p>", inReplyTo: main)
        #expect(try await browser.page("/home/posts/\(main)").contains("Loud."))
        try await site.store.write { tx in
            try Mutes.insert(eve, notifications: true, until: nil, in: tx)
        }
        #expect(try await !browser.page("/home/posts/\(main)").contains("Loud."))
    }

    @Test func `a long thread is read page by page, and each stays small`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let main = try await site.house.makeStatus(by: bob)
        let text = String(repeating: "word ", count: 150)
        for number in 0..<95 {
            _ = try await site.house.makeStatus(by: bob, "<p>Nr\(number). \(text)</p>", inReplyTo: main)
        }
        var seen: [Int] = []
        var address: String? = "/home/posts/\(main)"
        while let next = address, seen.count < 200 {
            let page = try await browser.page(next)
            #expect(page.utf8.count < 50_000)
            seen += page.components("<p>Nr").dropFirst().compactMap { Int($0.prefix { $0 != "." }) }
            address = page.components("rel=\"next\" href=\"").dropFirst().first.map {
                String($0.prefix { $0 != "\"" })
            }
        }
        #expect(seen == Array(0..<95))
        #expect(try await browser.page("/home/posts/\(main)?after=1").contains("Nr0."))
    }

    @Test func `on its own page a post has everything that can be done with it`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        let id = try await site.house.post("Mine", token: token)
        var page = try await browser.page("/home/posts/\(id)")
        for link in [
            "/home/write?reply=\(id)", "/home/write?edit=\(id)", "/home/write?quote=\(id)",
            "/home/posts/\(id)/delete", "/home/posts/\(id)/deliveries",
        ] { #expect(page.contains("href=\"\(link)\""), "\(link)") }
        #expect(
            try await browser.submit("/home/posts/\(id)/pin", ["back": "/home/posts/\(id)"]).status
                == .seeOther)
        #expect(
            try await browser.submit("/home/posts/\(id)/mute", ["back": "/home/posts/\(id)"]).status
                == .seeOther)
        page = try await browser.page("/home/posts/\(id)")
        #expect(page.contains("/unpin\" aria-pressed=\"true\"") && page.contains("/unmute\" aria-pressed"))
    }

    @Test(arguments: ["1", "x", "x%2Fy", "99999999999999999999999", "%3Cscript%3E"])
    func `a post that is not there is a clear page`(id: String) async throws {
        let browser = try await Site().signIn()
        let answer = try await browser.get("/home/posts/\(id)")
        #expect(answer.status == .notFound)
        #expect(answer.text.contains("That did not work"))
    }

    @Test func `a post is deleted only after the question`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        let id = try await site.house.post("Mine", token: token)
        let page = try await browser.page("/home/posts/\(id)/delete")
        #expect(page.contains("cannot be undone"))
        #expect(try await browser.get("/home/posts/\(id)").status == .ok)
        #expect(try await browser.post("/home/posts/\(id)/delete", ["form": "guess"]).status == .forbidden)
        #expect(try await browser.submit("/home/posts/\(id)/delete").fields["Location"] == "/home")
        #expect(try await browser.get("/home/posts/\(id)").status == .notFound)
        let bob = try await site.house.makeActor()
        let foreign = try await site.house.makeStatus(by: bob)
        #expect(try await browser.get("/home/posts/\(foreign)/delete").status == .forbidden)
        #expect(try await browser.submit("/home/posts/\(foreign)/delete").status == .notFound)
    }

    @Test func `who boosted and who favourited stand on lists, and edits on a page of their own`()
        async throws
    {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        let id = try await site.house.post("Mine", token: token)
        let bob = try await site.house.makeActor()
        _ = try await site.house.makeStatus(by: bob, reblogOf: id)
        try await site.store.write { tx in
            _ = try Favourites.insert(actor: bob, status: id, uri: "https://far.example/like/1", in: tx)
        }
        _ = try await site.house.send(.put, "/api/v1/statuses/\(id)", token, "status=Changed")
        let page = try await browser.page("/home/posts/\(id)")
        for link in ["boosts", "favourites", "history"] {
            #expect(page.contains("/home/posts/\(id)/\(link)"), "\(link)")
        }
        #expect(try await browser.page("/home/posts/\(id)/boosts").contains("@bob@far.example"))
        #expect(try await browser.page("/home/posts/\(id)/favourites").contains("@bob@far.example"))
        let history = try await browser.page("/home/posts/\(id)/history")
        #expect(history.contains("Mine") && history.contains("Changed"))
        #expect(try await browser.page("/home/posts/\(id)/quotes").contains("There is nothing here"))
    }
}
