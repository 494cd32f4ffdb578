import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct ReadingPagesTests {
    @Test func `conversations are new until they are read, and can be taken off the list`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        #expect(try await browser.page("/home/conversations").contains("Nobody has written"))
        let bob = try await site.house.makeActor()
        try await site.house.makeLetter(from: bob)
        for (now, act) in [("New from", "read"), ("With ", "unread"), ("New from", "remove")] {
            let page = try await browser.page("/home/conversations")
            #expect(page.contains(now))
            let button = try #require(page.components("formaction=\"").first { $0.contains("/\(act)\"") })
            let answer = try await browser.submit(
                String(button.prefix { $0 != "\"" }), ["back": "/home/conversations"])
            #expect(answer.fields["Location"] == "/home/conversations")
        }
        #expect(try await browser.page("/home/conversations").contains("Nobody has written"))
        #expect(try await browser.submit("/home/conversations/1/read").status == .notFound)
    }

    @Test func `bookmarks are kept on a page`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let id = try await site.house.makeStatus(by: bob, "<p>Keep.</p>")
        #expect(try await browser.page("/home/bookmarks").contains("There is nothing here"))
        _ = try await browser.submit("/home/posts/\(id)/bookmark")
        #expect(try await browser.page("/home/bookmarks").contains("Keep."))
    }

    @Test func `a hashtag is read, followed and shown on the profile`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let id = try await site.house.makeStatus(by: bob, "<p>Meow.</p>")
        try await site.store.write { tx in try Hashtags.insert("cats", status: id, in: tx) }
        #expect(try await browser.page("/home/tags/Cats").contains("Meow."))
        _ = try await browser.submit("/home/tags/cats/follow", ["back": "/home/tags/cats"])
        #expect(try await browser.page("/home/tags/cats").contains("/home/tags/cats/unfollow\""))
        #expect(try await browser.submit("/home/tags/cats/feature").status == .seeOther)
        for name in ["%3Cb%3E", "a%20b", "x%2Fy"] {
            #expect(try await browser.get("/home/tags/\(name)").status == .notFound, "\(name)")
        }
    }

    @Test func `a list that is not there is a clear page`() async throws {
        let browser = try await Site().signIn()
        #expect(try await browser.get("/home/lists/7").status == .notFound)
    }

    @Test func `everything of the owner's is linked from one page`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        _ = try await site.house.post("/api/v1/lists", token, "title=%3Cb%3EFriends")
        let page = try await browser.page("/home/more")
        #expect(page.contains("<bdi>&lt;b&gt;Friends</bdi>"))
        for address in ["/home/bookmarks", "/home/settings/profile", "/home/server", "/home/logout"] {
            #expect(page.contains("\"\(address)\""), "\(address)")
        }
    }

    @Test func `without a session nothing of this is shown or done`() async throws {
        let site = try await Site()
        for path in [
            "/home/notifications", "/home/conversations", "/home/posts/1", "/home/people/1",
            "/home/search?q=a",
            "/home/tags/a", "/home/lists/1", "/home/bookmarks", "/home/favourites", "/home/more",
            "/home/notifications/requests",
        ] {
            let answer = try await site.get(path)
            #expect(answer.status == .seeOther, "\(path)")
            #expect(answer.fields["Location"]?.hasPrefix("/home/login?next=") == true)
        }
        let browser = Browser(site: site)
        for path in ["/home/posts/1/favourite", "/home/people/1/block", "/home/notifications/clear"] {
            #expect(
                try await browser.post(path, ["form": "x"]).fields["Location"] == "/home/login", "\(path)")
        }
    }
}
