import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct NotificationsPageTests {
    @Test func `what belongs together stands together, or one by one`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        let own = try await site.house.post("Mine", token: token)
        for name in ["bob", "eve", "kim"] {
            try await site.house.notify(.favourite, from: site.house.makeActor(name), own)
        }
        let page = try await browser.page("/home/notifications")
        #expect(page.contains("and 2 others favourited your post"))
        #expect(page.components("class=\"group").count == 2)
        let plain = try await browser.page("/home/notifications?plain=1")
        #expect(plain.components("class=\"group").count == 4)
    }

    @Test func `one kind alone, and kinds that do not exist`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        try await site.house.notify(.follow, from: bob)
        try await site.house.notify(.mention, from: bob, site.house.makeStatus(by: bob, "<p>Hey.</p>"))
        let mentions = try await browser.page("/home/notifications?only=mentions")
        #expect(mentions.contains("mentioned you") && !mentions.contains("follows you"))
        let follows = try await browser.page("/home/notifications?only=follows")
        #expect(!follows.contains("mentioned you") && follows.contains("follows you"))
        let all = try await browser.page("/home/notifications?only=%3Cscript%3E")
        #expect(all.contains("mentioned you") && all.contains("follows you"))
    }

    @Test func `what is new says so until it is read`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        try await site.house.notify(.follow, from: site.house.makeActor())
        let page = try await browser.page("/home/notifications")
        #expect(page.contains("New: "))
        let newest = try #require(page.components("name=\"newest\" value=\"").last?.prefix { $0 != "\"" })
        _ = try await browser.submit("/home/notifications/read", ["newest": String(newest)])
        let read = try await browser.page("/home/notifications")
        #expect(!read.contains("New: ") && !read.contains("Mark as read"))
        let wrong = try await browser.submit("/home/notifications/read", ["newest": "x"])
        #expect(wrong.status == .unprocessable)
    }

    @Test func `who asks to follow is answered there, once`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        try await site.store.write { tx in
            _ = try FollowRequests.insert(bob, uri: "https://far.example/f/1", in: tx)
        }
        try await site.house.notify(.followRequest, from: bob)
        #expect(try await browser.page("/home/notifications").contains("/home/people/\(bob)/accept\""))
        let answer = try await browser.submit(
            "/home/people/\(bob)/accept", ["back": "/home/notifications"])
        #expect(answer.fields["Location"] == "/home/notifications")
        #expect(try await !browser.page("/home/notifications").contains("/home/people/\(bob)/accept\""))
    }

    @Test func `they are dismissed one by one or all at once`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        for name in ["bob", "eve"] {
            try await site.house.notify(.mention, from: site.house.makeActor(name), site.post())
        }
        let page = try await browser.page("/home/notifications?plain=1")
        let act = try #require(page.components("formaction=\"").first { $0.contains("/dismiss\"") })
        _ = try await browser.submit(String(act.prefix { $0 != "\"" }))
        #expect(try await browser.page("/home/notifications").components("class=\"group").count == 2)
        _ = try await browser.submit("/home/notifications/clear")
        #expect(try await browser.page("/home/notifications").contains("There is nothing here"))
        #expect(try await browser.submit("/home/notifications/nonsense/dismiss").status == .notFound)
    }

    @Test func `a post that two notifications are about stands there whole only once`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let bob = try await site.house.makeActor()
        let post = try await site.house.makeStatus(by: bob, "<p>Twice.</p>")
        try await site.house.notify(.mention, from: bob, post)
        try await site.house.notify(.update, from: bob, post)
        let page = try await browser.page("/home/notifications")
        #expect(page.components("id=\"post-\(post)\"").count == 2)
        #expect(page.components("Twice.").count == 3)
    }

    @Test func `what the policy holds back is let in or dismissed`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let token = try await site.house.token()
        _ = try await site.house.send(
            .patch, "/api/v2/notifications/policy", token, #"{"for_not_following":"filter"}"#)
        let bob = try await site.house.makeActor()
        try await site.house.notify(.mention, from: bob, site.house.makeStatus(by: bob))
        let page = try await browser.page("/home/notifications/requests")
        #expect(page.contains("Let them in"))
        let act = try #require(page.components("formaction=\"").first { $0.contains("/accept\"") })
        #expect(try await browser.submit(String(act.prefix { $0 != "\"" })).status == .seeOther)
        #expect(try await browser.page("/home/notifications/requests").contains("There is nothing here"))
        #expect(try await browser.page("/home/notifications").contains("mentioned you"))
    }
}
