import HTTP
import Testing

struct NoticePagesTests {
    @Test(arguments: [
        ("/auth/edit", "Settings are in your app"), ("/settings/profile", "Settings are in your app"),
        ("/settings/delete", "Settings are in your app"),
        ("/settings/applications", "Settings are in your app"),
        ("/terms", "No terms of service"),
    ])
    func `what apps open in a browser says where it is done`(path: String, title: String) async throws {
        let page = try await Site().page(path)
        #expect(page.contains("<h1>\(title)</h1>") && page.contains("https://islet.example/@me"))
    }
}
