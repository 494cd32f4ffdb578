import Basics
import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct SessionsPageTests {
    private let path = "/home/settings/sessions"

    @Test func `each browser is listed, and one that is ended is out`() async throws {
        let site = try await Site()
        let other = try await site.signIn()
        let browser = try await site.signIn()
        let sessions = try site.store.read { try BrowserSessions.all(in: $0) }
        #expect(sessions.count == 2)
        let page = try await browser.page(path)
        #expect(page.contains("this one"))
        let ids = sessions.map(\.id).filter { page.contains("name=\"session\" value=\"\($0)\"") }
        #expect(ids.count == 1)
        let end = try await browser.submit(path, ["session": "\(ids[0])"])
        #expect(end.fields["Location"] == path + "?done=1")
        #expect(try await other.get("/home").status == .seeOther)
        #expect(try await browser.get("/home").status == .ok)
    }

    @Test func `all others are ended at once, and apps stay`() async throws {
        let site = try await Site()
        let others = [try await site.signIn(), try await site.signIn()]
        let browser = try await site.signIn()
        let app = try await site.house.token("read")
        #expect(try await browser.submit(path, ["act": "others"]).status == .seeOther)
        for other in others { #expect(try await other.get("/home").status == .seeOther) }
        #expect(try await browser.page(path).contains("this one"))
        #expect(try await site.house.get("/api/v1/timelines/home", app).status == 200)
    }

    @Test(arguments: ["", "x", "999999"])
    func `a session that is not there ends nothing`(id: String) async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        _ = try await browser.submit(path, ["session": id])
        #expect(try site.store.read { try BrowserSessions.all(in: $0) }.count == 1)
    }

    @Test func `an app's token cannot be ended as a session`() async throws {
        let site = try await Site()
        let app = try await site.house.token("read")
        let browser = try await site.signIn()
        let ids = try site.store.read { try OAuthApps.connected(limit: 10, in: $0) }.map(\.id)
        for id in 0...(ids.max() ?? 0) + 5 { _ = try await browser.submit(path, ["session": "\(id)"]) }
        #expect(try await site.house.get("/api/v1/timelines/home", app).status == 200)
    }

    @Test func `the name that a browser gives itself is only text`() async throws {
        let site = try await Site()
        let browser = Browser(site: site)
        _ = try await browser.post(
            "/home/login", ["username": "me", "password": House.password],
            more: [("User-Agent", "<script>x</script>\"'")])
        #expect(try await browser.page(path).contains("&lt;script&gt;x"))
    }

    @Test func `connected apps are listed with what they may, and ended`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let app = try await site.house.token("read write:statuses")
        let page = try await browser.page("/home/settings/applications")
        #expect(page.contains("<bdi>Tests</bdi>"))
        #expect(page.contains("<code>read write:statuses</code>"))
        #expect(!page.contains("<bdi>Web</bdi>"))
        #expect(page.contains("not used since"))
        site.house.time.advance(by: .hours(25))
        #expect(try await site.house.get("/api/v1/timelines/home", app).status == 200)
        #expect(try await browser.page("/home/settings/applications").contains("last used"))
        let id = try #require(try site.store.read { try OAuthApps.connected(limit: 10, in: $0) }.first?.id)
        // One that it has not made a token of yet.
        let code = OAuthCodes.Code(
            app: id, redirectURI: "", scopes: "read", challenge: nil,
            expiresAt: site.house.time.now + .hours(1))
        try await site.store.write { tx in try OAuthCodes.insert(code, digest: [1], in: tx) }
        _ = try await browser.submit("/home/settings/applications", ["app": "\(id)"])
        #expect(try await site.store.write { tx in try OAuthCodes.take(digest: [1], in: tx) } == nil)
        #expect(try await site.house.get("/api/v1/timelines/home", app).status == 401)
        #expect(try await browser.page("/home/settings/applications").contains("No app is let in."))
    }

    @Test func `a use is noted once a day`() async throws {
        let site = try await Site()
        let app = try await site.house.token("read")
        func seen() throws -> Timestamp? {
            try site.store.read { try OAuthApps.connected(limit: 1, in: $0) }.first?.usedAt
        }
        _ = try await site.house.get("/api/v1/timelines/home", app)
        #expect(try seen() == nil)
        site.house.time.advance(by: .hours(24))
        _ = try await site.house.get("/api/v1/timelines/home", app)
        let first = try seen()
        #expect(first == site.house.time.now)
        site.house.time.advance(by: .hours(23))
        _ = try await site.house.get("/api/v1/timelines/home", app)
        #expect(try seen() == first)
    }

    @Test func `a session that was not used for a year is out`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let now = site.house.time.now
        for (days, isLeft) in [(365, true), (366, false)] {
            let then = now + .days(days)
            let isDue = try site.store.read { try Retention.isDue(at: then, in: $0) }
            #expect(isDue == !isLeft)
            _ = try await site.store.write { tx in try Retention.run(at: then, in: tx) }
            #expect(try site.store.read { try BrowserSessions.all(in: $0) }.isEmpty == !isLeft)
        }
        #expect(try await browser.get("/home").status == .seeOther)
    }
}
