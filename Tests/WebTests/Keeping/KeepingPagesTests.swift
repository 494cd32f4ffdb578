import Federation
import Foundation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import Web

/// Lists, hashtags, filters, and whom the owner does not want to hear of.
@Suite struct KeepingPagesTests {
    private static let evil = "<script>alert(1)</script>\"'&"

    /// An owner at their pages, a stranger with a name full of markup, whom they follow.
    private func begin() async throws -> (site: Site, browser: Browser, stranger: ActorID) {
        let site = try await Site()
        let stranger = try await site.stranger("eve", displayName: KeepingPagesTests.evil)
        try await site.store.write { [identity = site.identity] tx in
            try Following.request(
                stranger, uri: "https://islet.example/f/1", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(stranger, owner: identity.owner, in: tx)
        }
        return (site, try await site.signIn(), stranger)
    }

    @Test(arguments: [
        "/home/lists", "/home/tags", "/home/filters", "/home/filters/new", "/home/mutes",
        "/home/blocks", "/home/domains", "/home/requests", "/home/settings/about",
        "/home/settings/appearance",
        "/home/settings/profile", "/home/settings/password", "/home/write",
    ])
    func `the page is there, empty, and well-formed`(path: String) async throws {
        let (_, browser, _) = try await begin()
        let page = try await browser.page(path)
        #expect(page.contains("<h1>"))
        #expect(page.utf8.count < 30_000)
        #expect(PageCheck.faults(in: page, allowing: ["form", "script"]) == [])
    }

    @Test(arguments: [
        "/home/lists", "/home/lists/1/edit", "/home/tags", "/home/filters/new", "/home/filters/1",
        "/home/mutes",
        "/home/blocks", "/home/domains", "/home/requests", "/home/settings/appearance",
    ])
    func `a forged form does nothing`(path: String) async throws {
        let (site, browser, stranger) = try await begin()
        let version = try site.store.version()
        let answer = try await browser.post(
            path,
            [
                "form": "AAAAAAAAAAAAAAAAAAAAAA", "title": "x", "name": "@eve@b.example",
                "domain": "b.example",
                "id": "\(stranger)", "act": "delete",
            ])
        #expect(answer.status == .forbidden)
        #expect(try site.store.version() == version)
    }

    @Test func `a list is made, filled, changed and removed`() async throws {
        let (_, browser, stranger) = try await begin()
        let made = try await browser.submit(
            "/home/lists", ["title": KeepingPagesTests.evil, "replies": "none", "exclusive": "1"])
        let address = try #require(made.fields["Location"])
        #expect(made.status == .seeOther && address.hasSuffix("/edit?done=1"))
        let path = String(address.dropLast("?done=1".count))
        let found = try await browser.page(path + "?q=eve")
        #expect(found.contains("name=\"add\" value=\"\(stranger)\""))
        #expect(try await browser.submit(path, ["add": "\(stranger)", "back": path]).status == .seeOther)
        #expect(try await browser.page(path).contains("name=\"remove\" value=\"\(stranger)\""))
        #expect(try await browser.page("/home/lists").contains("not on the home page"))
        let changed = try await browser.submit(
            path, ["act": "change", "title": "Friends", "replies": "list"])
        #expect(changed.fields["Location"] == path + "?done=1")
        #expect(try await !browser.page("/home/lists").contains("not on the home page"))
        #expect(try await browser.submit(path, ["remove": "\(stranger)"]).status == .seeOther)
        #expect(try await browser.submit(path, ["act": "delete"]).fields["Location"] == "/home/lists?done=1")
        #expect(try await browser.get(path).status == .notFound)
    }

    @Test func `what a list cannot be is said with what was typed`() async throws {
        let (_, browser, _) = try await begin()
        let title = String(repeating: "\"<", count: 200)
        let answer = try await browser.submit("/home/lists", ["title": title, "replies": "followed"])
        #expect(answer.status == .unprocessable)
        #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
        #expect(answer.text.contains("Title is too long"))
        #expect(answer.text.contains(String(repeating: "&quot;&lt;", count: 200)))
        #expect(answer.text.contains("<option value=\"followed\" selected>"))
    }

    @Test func `a hashtag is followed, shown and left`() async throws {
        let (_, browser, _) = try await begin()
        #expect(
            try await browser.submit("/home/tags", ["name": "#Caf\u{e9}", "act": "follow"]).status
                == .seeOther)
        #expect(
            try await browser.submit("/home/tags", ["name": "islands", "act": "feature"]).status == .seeOther)
        let page = try await browser.page("/home/tags")
        #expect(page.contains("<bdi>#caf\u{e9}</bdi>"))
        #expect(page.contains("<bdi>#islands</bdi>"))
        _ = try await browser.submit("/home/tags", ["name": "caf\u{e9}", "act": "unfollow"])
        _ = try await browser.submit("/home/tags", ["name": "islands", "act": "unfeature"])
        let after = try await browser.page("/home/tags")
        #expect(after.components(separatedBy: "There is none.").count == 3)
    }

    @Test(arguments: ["", "a b<", "../../x", "1234", KeepingPagesTests.evil])
    func `what is no hashtag is refused in the form`(name: String) async throws {
        let (_, browser, _) = try await begin()
        let answer = try await browser.submit("/home/tags", ["name": name, "act": "follow"])
        #expect(answer.status == .unprocessable)
        #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
        #expect(answer.text.contains("role=\"alert\""))
    }

    @Test func `a filter is made, changed word by word, and removed`() async throws {
        let (_, browser, _) = try await begin()
        let made = try await browser.submit(
            "/home/filters/new",
            [
                "title": KeepingPagesTests.evil, "context": "home", "context": "thread", "action": "hide",
                "span": "3600", "keyword-id": "", "keyword": "spoiler", "keyword-id": "",
                "keyword": "\"<quote",
                "whole-1": "1",
            ])
        #expect(made.fields["Location"] == "/home/filters?done=1")
        let index = try await browser.page("/home/filters")
        #expect(index.contains("2 words"))
        let start = try #require(index.firstRange(of: "/home/filters/"))
        let path = String(index[start.lowerBound...].prefix { $0 != "\"" })
        let page = try await browser.page(path)
        #expect(page.contains("value=\"spoiler\""))
        #expect(page.contains("value=\"hide\" selected"))
        #expect(page.contains("name=\"context\" value=\"thread\" checked"))
        #expect(!page.contains("name=\"context\" value=\"account\" checked"))
        #expect(page.contains("name=\"whole-1\" value=\"1\" checked"))
        #expect(!page.contains("name=\"whole-0\" value=\"1\" checked"))
        let ids = page.components(separatedBy: "name=\"keyword-id\" value=\"").dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
        let changed = try await browser.submit(
            path,
            [
                "title": "Films", "context": "home", "action": "warn", "span": "keep",
                "keyword-id": ids[0], "keyword": "", "keyword-id": ids[1], "keyword": "ending",
            ])
        #expect(changed.status == .seeOther)
        let after = try await browser.page(path)
        #expect(after.contains("value=\"ending\"") && !after.contains("value=\"spoiler\""))
        #expect(after.contains("It ends"))
        #expect(try await browser.submit(path, ["act": "delete"]).status == .seeOther)
        #expect(try await browser.get(path).status == .notFound)
    }

    @Test func `a filter without a place is refused, and its words stay in the form`() async throws {
        let (_, browser, _) = try await begin()
        let answer = try await browser.submit(
            "/home/filters/new", ["title": "x", "keyword-id": "", "keyword": "some<word", "span": "86400"])
        #expect(answer.status == .unprocessable)
        #expect(answer.text.contains("Context can&#39;t be blank"))
        #expect(answer.text.contains("value=\"some&lt;word\""))
        #expect(answer.text.contains("value=\"86400\" selected"))
        let lines = (1...202).map { "&keyword-id=&keyword=word\($0)" }.joined()
        let many = try await browser.submit(
            "/home/filters/new", ["title": "x"], text: "&context=home" + lines)
        #expect(many.status == .unprocessable)
        #expect(many.text.contains("value=\"word202\""))
    }

    @Test(arguments: [("/home/mutes", "Unmute"), ("/home/blocks", "Unblock")])
    func `somebody is put on the list by handle, and taken off it`(path: String, verb: String) async throws {
        let (_, browser, stranger) = try await begin()
        let added = try await browser.submit(
            path, ["name": " @eve@b.example ", "duration": "3600", "notifications": "true"])
        #expect(added.fields["Location"] == path + "?done=1")
        let page = try await browser.page(path)
        #expect(page.contains("name=\"undo\" value=\"\(stranger)\""))
        #expect(page.contains("\(verb)</button>"))
        #expect(try await browser.submit(path, ["undo": "\(stranger)", "back": path]).status == .seeOther)
        #expect(try await browser.page(path).contains("There is nobody here."))
    }

    @Test(arguments: ["", "@nobody@b.example", "eve", KeepingPagesTests.evil])
    func `somebody who is not found is named as typed`(name: String) async throws {
        let (_, browser, _) = try await begin()
        let answer = try await browser.submit("/home/blocks", ["name": name])
        #expect(answer.status == .unprocessable)
        #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
        #expect(try await browser.page("/home/blocks").contains("There is nobody here."))
    }

    @Test func `a server is blocked after what it cuts was said`() async throws {
        let (_, browser, _) = try await begin()
        let asked = try await browser.submit("/home/domains", ["domain": " B.example"])
        #expect(asked.status == .ok)
        #expect(asked.text.contains("You follow 1 person there"))
        #expect(try await browser.page("/home/domains").contains("No server is blocked."))
        _ = try await browser.submit("/home/domains", ["domain": "b.example", "sure": "1"])
        #expect(try await browser.page("/home/domains").contains("<bdi>b.example</bdi>"))
        let unknown = try await browser.submit("/home/domains", ["domain": "c.example"])
        #expect(unknown.fields["Location"] == "/home/domains?done=1")
        _ = try await browser.submit("/home/domains", ["undo": "b.example"])
        #expect(try await !browser.page("/home/domains").contains("b.example"))
        let bad = try await browser.submit("/home/domains", ["domain": KeepingPagesTests.evil])
        #expect(bad.status == .unprocessable)
        #expect(PageCheck.faults(in: bad.text, allowing: ["form", "script"]) == [])
    }

    @Test(arguments: ["authorize", "reject"])
    func `a follow request is answered`(act: String) async throws {
        let (site, browser, stranger) = try await begin()
        try await site.store.write { tx in
            _ = try FollowRequests.insert(stranger, uri: "https://b.example/f/1", in: tx)
        }
        #expect(try await browser.page("/home/requests").contains("name=\"id\" value=\"\(stranger)\""))
        let done = try await browser.submit(
            "/home/requests", ["act": act, "id": "\(stranger)", "back": "/home/requests"])
        #expect(done.status == .seeOther)
        #expect(try await browser.page("/home/requests").contains("Nobody waits."))
        let follows = try site.store.read { try Followers.contains(stranger, in: $0) }
        #expect(follows == (act == "authorize"))
        // The same form once more finds nothing to answer.
        let again = try await browser.submit("/home/requests", ["act": act, "id": "\(stranger)"])
        #expect(again.status == .notFound)
        #expect(try await browser.submit("/home/requests", ["act": "x"]).status == .badRequest)
    }
}
