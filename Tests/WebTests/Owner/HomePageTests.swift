import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct HomePageTests {
    @Test func `an empty home says how it fills`() async throws {
        let site = try await Site()
        #expect(try await site.signIn().page("/home").contains("Find people"))
    }

    @Test func `the newest stands first, and older ones are a link away`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        var ids: [StatusID] = []
        for number in 0..<45 { ids.append(try await site.house.makeStatus(by: bob, "<p>Nr \(number).</p>")) }
        let page = try await browser.page("/home")
        let newest = try #require(page.firstRange(of: "Nr 44."))
        let next = try #require(page.firstRange(of: "Nr 43."))
        #expect(newest.lowerBound < next.lowerBound)
        #expect(page.components("<article").count == 41)
        #expect(page.contains("href=\"/home?max_id=\(ids[5])\""))
        let older = try await browser.page("/home?max_id=\(ids[5])")
        #expect(older.contains("Nr 4.") && !older.contains("Nr 5."))
        // There is nothing above the newest, and nothing below the oldest.
        #expect(page.contains("rel=\"next\"") && !page.contains("rel=\"prev\""))
        #expect(older.contains("rel=\"prev\"") && !older.contains("rel=\"next\""))
        let newer = try await browser.page("/home?min_id=\(ids[40])")
        #expect(newer.contains("rel=\"prev\"") && newer.contains("rel=\"next\""))
    }

    @Test func `forty posts with long texts, links and pictures of people fit into 60 KB with the style`()
        async throws
    {
        let site = try await Site()
        let browser = try await site.signIn()
        let text = String(repeating: "Some words of a post. ", count: 15)
        let link =
            #"<a href="https://far.example/some/long/address" rel="nofollow noopener noreferrer" target="_blank"><span class="invisible">https://</span><span class="ellipsis">far.example/some/long</span><span class="invisible">/address</span></a>"#
        for number in 0..<40 {
            let author = try await site.house.makeActor("person\(number)")
            _ = try await site.house.makeStatus(by: author, "<p>\(text)</p><p>\(link)</p>")
        }
        let page = try await browser.page("/home")
        #expect(page.components("<article").count == 41)
        let size = page.utf8.count + Stylesheet.text.utf8.count
        #expect(size < 60_000 && size > 53_000, "the room is used: \(size)")
    }

    @Test func `a page of the longest posts ends earlier, and nothing between it and the next is lost`()
        async throws
    {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let text = String(repeating: "<b>x</b> ", count: 1_000)
        for number in 0..<60 { _ = try await site.house.makeStatus(by: bob, "<p>Nr\(number). \(text)</p>") }
        var seen: [Int] = []
        var address: String? = "/home"
        while let next = address, seen.count < 100 {
            let page = try await browser.page(next)
            #expect(page.utf8.count + Stylesheet.text.utf8.count < 60_000)
            seen += HomePageTests.numbers(in: page)
            address = page.components("rel=\"next\" href=\"").dropFirst().first.map {
                String($0.prefix { $0 != "\"" })
            }
        }
        #expect(seen == (0..<60).reversed())
        // And back again.
        let bottom = try await browser.page("/home?min_id=1")
        #expect(HomePageTests.numbers(in: bottom).last == 0)
        #expect(bottom.contains("rel=\"prev\" href=\"/home?min_id="))
    }

    private static func numbers(in page: String) -> [Int] {
        page.components("<p>Nr").dropFirst().compactMap { Int($0.prefix { $0 != "." }) }
    }

    @Test func `long posts are cut with a way to the rest`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let id = try await site.house.makeStatus(
            by: bob, "<p>\(String(repeating: "word ", count: 400))the end</p>")
        let page = try await browser.page("/home")
        #expect(page.contains("<a href=\"/home/posts/\(id)\">Read on</a>"))
        #expect(!page.contains("the end"))
    }

    @Test func `an act is done and leads back to the post where it was`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let id = try await site.house.makeStatus(by: bob)
        for (act, label) in [("favourite", "Favourite"), ("reblog", "Boost"), ("bookmark", "Bookmark")] {
            let answer = try await browser.submit("/home/posts/\(id)/\(act)", ["back": "/home?max_id=9#x"])
            #expect(answer.fields["Location"] == "/home?max_id=9#post-\(id)")
            let page = try await browser.page("/home")
            #expect(
                page.contains("formaction=\"/home/posts/\(id)/un\(act)\" aria-pressed=\"true\""), "\(label)")
            #expect(try await browser.submit("/home/posts/\(id)/un\(act)").status == .seeOther)
        }
    }

    @Test func `a filter that hides leaves a post out, one that warns shows its name first`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        for (word, action) in [("cat", "hide"), ("dog", "warn"), ("owl", "warn")] {
            let context = word == "owl" ? "thread" : "home"
            _ = try await site.house.post(
                "/api/v2/filters", token,
                "title=No+\(word)&filter_action=\(action)&context[]=\(context)&keywords_attributes[0][keyword]=\(word)"
            )
        }
        let bob = try await site.house.makeActor()
        for word in ["cat", "dog", "owl"] {
            _ = try await site.house.makeStatus(by: bob, "<p>A \(word).</p>")
        }
        let page = try await browser.page("/home")
        #expect(!page.contains("A cat."))
        #expect(page.contains("<summary>Filtered: <bdi>No dog</bdi></summary>"))
        #expect(!page.contains("No owl"))
    }

    @Test func `markup in names, warnings and options stays text`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let evil = "<script>alert(1)</script>\" onload=\"x"
        let eve = try await site.stranger("eve", displayName: evil)
        try await site.store.write { tx in
            var status = Status(
                uri: "https://b.example/posts/1", actor: eve, createdAt: Site.start, visibility: .public)
            status.content = "<p>Hi</p>"
            status.spoiler = evil
            let id = try Statuses.insert(status, in: tx)
            try HomeTimeline.add(id, in: tx)
        }
        let page = try await browser.page("/home")
        #expect(!page.contains("<script>"))
        #expect(page.components("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x").count == 3)
    }
}

extension String {
    func components(_ separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
