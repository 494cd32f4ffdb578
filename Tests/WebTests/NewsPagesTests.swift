import HTTP
import Storage
import Testing

@testable import Web

@Suite struct NewsPagesTests {
    @Test func `it says how much came since`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let first = try await browser.post(try await browser.write([("text", "One")]))
        #expect(
            try await browser.page("/home").contains(
                "data-news=\"/home/news?of=posts&amp;since=\(first.id)\""))
        let nothing = try await browser.get("/home/news?of=posts&since=\(first.id)")
        #expect(nothing.status == .ok && nothing.text.isEmpty)
        #expect(nothing.fields["Cache-Control"] == "private, no-store")
        for text in ["Two", "Three"] { _ = try await browser.write([("text", text)]) }
        #expect(try await browser.get("/home/news?of=posts&since=\(first.id)").text == "2 new posts")
        #expect(try await browser.get("/home/news?of=notifications&since=1").text.isEmpty)
    }

    @Test(arguments: [
        "", "?since=", "?since=x", "?since=-1%27", "?of=notifications&since=99999999999999999999",
    ])
    func `what is no id is no news`(query: String) async throws {
        let answer = try await Site().signIn().get("/home/news\(query)")
        #expect(answer.status == .ok && answer.text.isEmpty)
    }

    @Test func `nobody else is told`() async throws {
        #expect(try await Site().get("/home/news?since=1").status == .seeOther)
    }
}
