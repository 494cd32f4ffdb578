import HTTP
import Testing

struct NoticePagesTests {
    @Test func `what apps open in a browser leads to where it is done`() async throws {
        let browser = try await Site().signIn()
        for (path, title) in [
            ("/auth/edit", "Password"), ("/settings/profile", "Profile"),
            ("/settings/applications", "Connected apps"), ("/settings/delete", "More"),
        ] {
            let response = try await browser.get(path)
            #expect(response.status == .found)
            #expect(
                try await browser.page(response.fields["Location"] ?? "").contains("<h1>\(title)</h1>"))
        }
        #expect(try await browser.page("/terms").contains("<h1>No terms of service</h1>"))
    }
}
