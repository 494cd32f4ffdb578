import HTTP
import Testing

struct InteractionPageTests {
    @Test func `the owner goes on to what another server sent them for`() async throws {
        let page = try await Site().page(
            "/authorize_interaction?uri=https%3A%2F%2Fb.example%2Fp%3Fa%3D1%26b%3D2")
        #expect(page.contains("<code>https://b.example/p?a=1&amp;b=2</code>"))
        #expect(
            page.contains(
                #"href="/home/search?q=https%3A%2F%2Fb.example%2Fp%3Fa%3D1%26b%3D2">Open it as @me</a>"#))
        #expect(page.contains("noindex"))
    }

    @Test(arguments: [
        ("javascript%3Aalert(1)", "javascript:alert(1)"), ("%3Cb%3E%22", "&lt;b&gt;&quot;"),
        ("acct%3Abob%40b.example", "acct:bob@b.example"),
    ])
    func `whatever comes is only text, and only ever searched for`(query: String, shown: String) async throws
    {
        let page = try await Site().page("/authorize_interaction?uri=\(query)")
        #expect(page.contains("<code>\(shown)</code>"))
        #expect(page.contains(#"href="/home/search?q="#))
    }

    @Test(arguments: ["", "?uri=", "?x=y"])
    func `without an address it still explains`(query: String) async throws {
        let page = try await Site().page("/authorize_interaction\(query)")
        #expect(page.contains("is missing") && !page.contains("/home/search"))
        #expect(page.contains(#"<a href="/interact">"#))
    }
}
