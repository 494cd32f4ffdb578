import Federation
import HTTP
import HouseSupport
import SQLite
import Testing

@testable import Basics
@testable import Storage
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
        for field in [
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "null"),
            ("Origin", "https://evil.example"), ("Origin", "http://islet.example"),
        ] {
            let answer = try await browser.submit("/home/logout", more: [field])
            #expect(answer.status == .forbidden, "\(field)")
        }
        let own = [("Sec-Fetch-Site", "same-origin"), ("Origin", "https://islet.example")]
        #expect(try await browser.submit("/home/logout", more: own).status == .seeOther)
    }

    @Test func `signing out ends the session on the server`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let secret = try #require(browser.secret)
        #expect(try await browser.submit("/home/logout").fields["Location"] == "/home/login")
        #expect(browser.secret == nil)
        let again = try await site.get("/home", fields: [("Cookie", "\(browser.cookie)=\(secret)")])
        #expect(again.status == .seeOther)
    }

    @Test func `an app's token is no session`() async throws {
        let site = try await Site()
        let token = try await site.house.token()
        let answer = try await site.get("/home", fields: [("Cookie", "__Secure-islet=\(token)")])
        #expect(answer.status == .seeOther)
    }

    @Test func `a foreign host gets none of the owner's pages`() async throws {
        let site = try await Site()
        let answer = try await site.send(Request(.get, "/home/login", fields: ["Host": "evil.example"]))
        #expect(answer.status == .misdirectedRequest)
        #expect(answer.fields["Cache-Control"] == "private, no-store")
    }

    @Test func `a cookie that a neighbour of the domain set shuts nobody out`() async throws {
        let site = try await Site()
        let secret = try #require(try await site.signIn().secret)
        for (cookies, isIn) in [
            ("__Secure-islet=theirs; __Secure-islet=\(secret)", true),
            (
                "__Secure-islet=; __Secure-islet=\(String(repeating: "x", count: 129)); __Secure-islet=\(secret)",
                true
            ),
            ("islet=\(secret)", false), ("__secure-islet=\(secret)", false),
            (String(repeating: "__Secure-islet=x; ", count: 8) + "__Secure-islet=\(secret)", false),
        ] {
            let answer = try await site.get("/home/more", fields: [("Cookie", cookies)])
            #expect(answer.status == (isIn ? .ok : .seeOther), "\(cookies)")
        }
    }

    @Test func `a cookie goes over TLS only, except in trials without it`() throws {
        func cookie(_ origin: String) -> SessionCookie {
            SessionCookie(
                Identity(
                    origin: origin, host: "islet.example", accountDomain: "islet.example", username: "me",
                    owner: ActorID(1), mediaSecret: []))
        }
        let rest = "; Path=/home; Max-Age=31536000; HttpOnly; SameSite=Lax"
        #expect(cookie("https://islet.example").set("s") == "__Secure-islet=s\(rest); Secure")
        #expect(cookie("http://localhost").set("s") == "islet=s\(rest)")
        #expect(cookie("http://localhost").cleared == "islet=; Path=/home; Max-Age=0; HttpOnly; SameSite=Lax")
    }

    @Test func `the pages are read while nothing can be written`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        site.house.time.advance(by: .hours(25))
        // From here on the connection that writes refuses every change, as on a full disk.
        try await site.store.write { tx in try tx.db.execute("PRAGMA query_only = 1") }
        _ = try await browser.page("/home")
        let form = try await browser.submit("/home/lists", ["title": "x"])
        #expect(form.status == .insufficientStorage)
        #expect(form.fields["Cache-Control"] == "private, no-store")
    }

    @Test func `what goes wrong with an owner's page is said to them alone`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let request = Request(
            .get, "/home", fields: Fields([("Host", site.identity.host)] + browser.fields))
        let faults: [(any Error, HTTP.Status, String?)] = [
            (DeliveriesFull(), .serviceUnavailable, "30"),
            (WorkerOverloaded(worker: "x"), .serviceUnavailable, "30"),
            (StoreError.overloaded, .serviceUnavailable, "30"),
            (CancellationError(), .internalServerError, nil),
        ]
        for (fault, status, retry) in faults {
            let answer = await site.pages.enter(request) { _ in throw fault }
            #expect(answer.status == status)
            #expect(answer.fields["Retry-After"] == retry)
            #expect(answer.fields["Cache-Control"] == "private, no-store")
            #expect(answer.text.contains("<nav class=\"sections\""))
            #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
            let outside = site.pages.ownerFailure(fault, request)
            #expect(outside.fields["Cache-Control"] == "private, no-store")
            #expect(!outside.text.contains("<nav"))
        }
    }

    @Test(arguments: [
        "//evil.example", "https://evil.example/home", "/home/\\evil", "/homeward", "/api/v1/x", "",
    ])
    func `after signing in nobody is led elsewhere`(next: String) {
        #expect(Redirects.own(next) == "/home")
    }
}
