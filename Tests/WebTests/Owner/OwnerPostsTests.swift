import Basics
import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct OwnerPostsTests {
    @Test func `a poll is voted in and then shows its numbers`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let id = try await site.house.makeStatus(by: bob)
        let now = site.house.time.now
        try await site.store.write { tx in
            let poll = Poll(
                status: id, isMultiple: false, endsAt: now + .hours(1),
                options: [Poll.Option(name: "<b>tea", votes: 3), Poll.Option(name: "milk", votes: 0)],
                readAt: now)
            try Polls.save(poll, in: tx)
        }
        let page = try await browser.page("/home")
        #expect(
            page.contains("type=\"radio\" name=\"choices[]\" value=\"0\"> <span dir=\"auto\">&lt;b&gt;tea"))
        #expect(try await browser.submit("/home/polls/\(id)", ["back": "/home"]).status == .unprocessable)
        #expect(try await browser.submit("/home/polls/\(id)", ["choices[]": "7"]).status == .unprocessable)
        let answer = try await browser.submit("/home/polls/\(id)", ["choices[]": "0", "back": "/home"])
        #expect(answer.fields["Location"] == "/home#post-\(id)")
        let after = try await browser.page("/home")
        #expect(after.contains("<meter") && !after.contains("type=\"radio\""))
        #expect(try await browser.submit("/home/polls/\(id)", ["choices[]": "1"]).status == .unprocessable)
    }

    @Test func `a warning closes the post, and sensitive media are closed`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        for number in 0..<2 {
            try await site.store.write { tx in
                var status = Status(
                    uri: "https://far.example/posts/\(number)", actor: bob, createdAt: Site.start,
                    visibility: .public)
                status.content = "<p>Text.</p>"
                if number == 0 { status.spoiler = "Soup" } else { status.sensitive = true }
                let id = try Statuses.insert(status, in: tx)
                try HomeTimeline.add(id, in: tx)
                var file = Attachment(kind: .image, createdAt: Site.start)
                file.status = id
                file.remoteURL = "https://far.example/a.jpg"
                file.description = "A \"cat\" <b>"
                _ = try Attachments.insert(file, in: tx)
            }
        }
        let page = try await browser.page("/home")
        #expect(page.contains("<summary dir=\"auto\">Soup</summary>"))
        #expect(page.contains("<summary>Sensitive media</summary>"))
        #expect(page.contains("alt=\"A &quot;cat&quot; &lt;b&gt;\""))
        #expect(page.contains("src=\"/media/"))
        #expect(!page.contains("far.example/a.jpg"))
    }

    @Test func `posts for few cannot be boosted, and say for whom they are`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let id = try await site.house.makeStatus(by: bob, visibility: .private)
        let page = try await browser.page("/home")
        #expect(page.contains("followers only") && !page.contains("/home/posts/\(id)/reblog"))
    }

    @Test func `a boost says whose it is and is acted upon where it stands`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let eve = try await site.house.makeActor("eve")
        let post = try await site.house.makeStatus(by: bob, "<p>Said.</p>", isHome: false)
        let boost = try await site.house.makeStatus(by: eve, reblogOf: post)
        let page = try await browser.page("/home")
        #expect(page.contains("Boosted by <a href=\"/home/people/\(eve)\">"))
        #expect(page.contains("id=\"post-\(boost)\"") && page.contains("href=\"/home/posts/\(post)\""))
        _ = try await browser.submit("/home/posts/\(boost)/favourite")
        #expect(try await browser.page("/home/favourites").contains("Said."))
    }
}
