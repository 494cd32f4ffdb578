import HTTP
import Testing

struct NoticePagesTests {
    @Test(arguments: [
        ("/auth/edit", "Settings are in your app"), ("/settings/profile", "Settings are in your app"),
        ("/settings/delete", "Settings are in your app"),
        ("/settings/applications", "Settings are in your app"),
        ("/privacy-policy", "No privacy policy"), ("/terms", "No terms of service"),
    ])
    func `what apps open in a browser says where it is done`(path: String, title: String) async throws {
        let page = try await Site().page(path)
        #expect(page.contains("<h1>\(title)</h1>") && page.contains("https://islet.example/@me"))
    }

    @Test func `the profile is what this server is about`() async throws {
        let response = try await Site().get("/about")
        #expect(response.status == .found && response.fields["Location"] == "https://islet.example/@me")
    }
}
