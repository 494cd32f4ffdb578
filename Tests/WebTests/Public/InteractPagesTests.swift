import Federation
import HTTP
import HouseSupport
import Storage
import Synchronization
import Testing

struct InteractPagesTests {
    private let own = [("Sec-Fetch-Site", "same-origin"), ("Origin", "https://islet.example")]

    private func send(
        _ site: Site, _ account: String, to path: String = "/interact", _ fields: [(String, String)]
    ) async throws -> Response {
        try await site.send(
            Request(
                .post, path,
                fields: Fields([("Host", site.identity.host), ("Accept", "text/html")] + fields),
                body: .bytes(Array("account=\(PercentCoding.encodeQuery(account))".utf8))))
    }

    @Test func `a visitor is sent to their own server to follow`() async throws {
        let site = try await Site()
        #expect(try await site.page("/interact", allowing: ["form"]).contains("Follow @me@example.org"))
        let response = try await send(site, "social.example", own)
        #expect(response.status == .seeOther)
        #expect(
            response.fields["Location"]
                == "https://social.example/authorize_interaction?uri=https%3A%2F%2Fislet.example%2Fusers%2Fme"
        )
        #expect(response.fields["Cache-Control"] == "no-store")
    }

    @Test func `their server is asked where`() async throws {
        let site = try await Site()
        site.house.network.withLock {
            $0 = { request in
                guard request.url.string.hasPrefix("https://social.example/.well-known/webfinger?") else {
                    return nil
                }
                let answer =
                    #"{"links":[{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://app.example/f?a={uri}"}]}"#
                return OutboundResponse(
                    status: .ok, fields: ["Content-Type": "application/jrd+json"], body: Array(answer.utf8),
                    url: request.url)
            }
        }
        let response = try await send(site, "@name@social.example", own)
        #expect(
            response.fields["Location"] == "https://app.example/f?a=https%3A%2F%2Fislet.example%2Fusers%2Fme")
    }

    @Test func `a post is answered from there`() async throws {
        let site = try await Site()
        let id = try await site.post()
        let hidden = try await site.post(visibility: .private)
        _ = try await site.page("/interact/\(id)", allowing: ["form"])
        let response = try await send(site, "social.example", to: "/interact/\(id)", own)
        #expect(response.fields["Location"]?.hasSuffix("%2Fusers%2Fme%2Fstatuses%2F\(id)") == true)
        let boost = try await site.post("", minutes: 1) { $0.reblogOf = id }
        for path in ["/interact/\(hidden)", "/interact/\(boost)", "/interact/1", "/interact/x"] {
            #expect(try await site.get(path).status == .notFound)
            #expect(try await send(site, "social.example", to: path, own).status == .notFound)
        }
    }

    @Test(arguments: [
        [], [("Origin", "https://evil.example")], [("Origin", "null")], [("Sec-Fetch-Site", "cross-site")],
    ])
    func `a form on another site leads nobody on`(fields: [(String, String)]) async throws {
        let response = try await send(try await Site(), "evil.example", fields)
        #expect(response.status == .ok && response.fields["Location"] == nil)
        #expect(
            response.text.contains("The way leads to <a href=\"https://evil.example/authorize_interaction?"))
        #expect(PageCheck.faults(in: response.text) == [])
    }

    @Test(arguments: ["", "<script>alert(1)</script>", "javascript:alert(1)", "\"><img src=x>"])
    func `what is no server comes back with what was typed`(typed: String) async throws {
        let response = try await send(try await Site(), typed, own)
        #expect(response.status == .unprocessable && response.text.contains("role=\"alert\""))
        #expect(PageCheck.faults(in: response.text, allowing: ["form"]) == [])
    }

    @Test func `the owner stays here`() async throws {
        for host in ["islet.example", "me@example.org"] {
            let response = try await send(try await Site(), host, own)
            #expect(response.fields["Location"]?.hasPrefix("/home/search?q=https%3A%2F%2F") == true)
        }
    }

    @Test func `share buttons lead to writing`() async throws {
        let response = try await Site().get("/share?text=a%26b&url=https%3A%2F%2Fx.example&title=T")
        #expect(response.fields["Location"] == "/home/write?text=T%0A%0Aa%26b%0A%0Ahttps%3A%2F%2Fx.example")
    }

    @Test func `a shared text comes through the sign-in whole, or stays where it is`() async throws {
        let site = try await Site()
        let browser = Browser(site: site)
        let text = String(repeating: "\u{416}", count: 780)
        let path = try #require(
            try await browser.get("/share?text=\(PercentCoding.encodeQuery(text))").fields["Location"])
        let login = try #require(try await browser.get(path).fields["Location"])
        #expect("GET \(login) HTTP/1.1\r\n".utf8.count <= Limits.standard.requestLine)
        let form = try await browser.page(login)
        let next = try #require(form.split(separator: "name=\"next\" value=\"").last?.prefix { $0 != "\"" })
        let answer = try await browser.post(
            "/home/login", ["username": "me", "password": House.password, "next": String(next)])
        #expect(answer.fields["Location"] == path)
        #expect(try await browser.page(path).contains(text))

        let long = text + "<b>" + text
        let page = try await browser.get("/share?text=\(PercentCoding.encodeQuery(long))")
        #expect(page.status == .ok && page.fields["Cache-Control"] == "no-store")
        #expect(page.text.contains(text + "&lt;b&gt;" + text) && PageCheck.faults(in: page.text) == [])
    }
}
