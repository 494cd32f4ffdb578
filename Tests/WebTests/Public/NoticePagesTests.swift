import Federation
import HTTP
import HouseSupport
import Testing

struct NoticePagesTests {
    @Test func `what apps open in a browser leads to where it is done`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        for (path, title) in [
            ("/auth/edit", "Password"), ("/settings/profile", "Profile"),
            ("/settings/applications", "Connected apps"), ("/settings/delete", "More"),
        ] {
            let response = try await browser.get(path)
            #expect(response.status == .found)
            let location = response.fields["Location"] ?? ""
            #expect(location.hasPrefix(site.house.identity.origin), "apps may not know relative ones")
            let page = String(location.dropFirst(site.house.identity.origin.count))
            #expect(try await browser.page(page).contains("<h1>\(title)</h1>"))
        }
        #expect(try await browser.page("/terms").contains("<h1>No terms of service</h1>"))
    }
}
