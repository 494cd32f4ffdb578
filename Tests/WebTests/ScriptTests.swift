import HTTP
import Testing

@testable import Web

@Suite struct ScriptTests {
    @Test func `it is small, and comes from here alone`() async throws {
        let answer = try await Site().get("/static/app.js")
        #expect(answer.fields["Content-Type"] == "text/javascript; charset=utf-8")
        #expect(answer.bytes.count < 10_000)
        for word in ["innerHTML", "eval(", "import ", "document.write"] {
            #expect(!answer.text.contains(word))
        }
    }

    @Test func `only the owner's pages name it`() async throws {
        let site = try await Site()
        #expect(try await site.signIn().page("/home").contains("<script src=\"/static/app.js?v="))
        #expect(!(try await site.page("/@me")).contains("<script"))
        #expect(!(try await site.get("/home/login").text.contains("<script")))
    }
}
