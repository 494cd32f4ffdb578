import HTTP
import HouseSupport
import Testing

@testable import Web

@Suite struct SessionTests {
    @Test func `without a session every page of the owner's leads to the sign-in`() async throws {
        let site = try await Site()
        let answer = try await site.get("/home?max_id=5")
        #expect(answer.status == .seeOther)
        #expect(answer.fields["Location"] == "/home/login?next=%2Fhome%3Fmax_id%3D5")
    }

    @Test func `the right password opens the home page`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        try await site.post("<p>Hello</p>")
        #expect(try await browser.page("/home").contains("<h1>Home</h1>"))
    }

    @Test func `a wrong password begins nothing`() async throws {
        let site = try await Site()
        let browser = Browser(site: site)
        let answer = try await browser.post("/home/login", ["username": "me", "password": "guess"])
        #expect(answer.status == .unauthorized)
        #expect(browser.secret == nil)
    }

    @Test func `a form without the session's token does nothing`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let id = try await site.post("<p>Hello</p>")
        let forged = try await browser.post("/home/posts/\(id)/favourite", ["back": "/home"])
        #expect(forged.status == .forbidden)
        let good = try await browser.submit("/home/posts/\(id)/favourite", ["back": "/home#post-\(id)"])
        #expect(good.status == .seeOther)
        #expect(good.fields["Location"] == "/home#post-\(id)")
    }

    @Test func `a form that another site sends is refused even with the token`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await browser.post(
            "/home/logout", ["form": "x"], more: [("Sec-Fetch-Site", "cross-site")])
        #expect(answer.status == .forbidden)
    }

    @Test func `signing out ends the session on the server`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let secret = try #require(browser.secret)
        #expect(try await browser.submit("/home/logout").fields["Location"] == "/home/login")
        #expect(browser.secret == nil)
        let again = try await site.get("/home", fields: [("Cookie", "islet=\(secret)")])
        #expect(again.status == .seeOther)
    }

    @Test func `an app's token is no session`() async throws {
        let site = try await Site()
        let token = try await site.house.token()
        let answer = try await site.get("/home", fields: [("Cookie", "islet=\(token)")])
        #expect(answer.status == .seeOther)
    }

    @Test func `a foreign host gets none of the owner's pages`() async throws {
        let site = try await Site()
        let answer = try await site.send(Request(.get, "/home/login", fields: ["Host": "evil.example"]))
        #expect(answer.status == .misdirectedRequest)
    }

    @Test(arguments: [
        "//evil.example", "https://evil.example/home", "/home/\\evil", "/homeward", "/api/v1/x", "",
    ])
    func `after signing in nobody is led elsewhere`(next: String) {
        #expect(Redirects.own(next) == "/home")
    }
}
