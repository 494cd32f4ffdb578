import HTTP
import Testing

struct InteractionPageTests {
    @Test func `an address is shown to be copied`() async throws {
        let page = try await Site().page(
            "/authorize_interaction?uri=https%3A%2F%2Fb.example%2Fp%3Fa%3D1%26b%3D2")
        #expect(
            page.contains(#"<a href="https://b.example/p?a=1&amp;b=2" rel="nofollow noopener noreferrer">"#))
        #expect(page.contains("noindex"))
    }

    @Test(arguments: [
        ("javascript%3Aalert(1)", "javascript:alert(1)"), ("%3Cb%3E", "&lt;b&gt;"),
        ("acct%3Abob%40b.example", "acct:bob@b.example"),
    ])
    func `anything else is only text`(query: String, shown: String) async throws {
        let page = try await Site().page("/authorize_interaction?uri=\(query)")
        #expect(page.contains("<p>Search for: <code>\(shown)</code></p>"))
    }

    @Test(arguments: ["", "?uri=", "?acct=x"])
    func `without an address it still explains`(query: String) async throws {
        let page = try await Site().page("/authorize_interaction\(query)")
        #expect(page.contains("Open it in your app") && !page.contains("Search for:"))
    }
}
