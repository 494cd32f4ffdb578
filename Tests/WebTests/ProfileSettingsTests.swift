import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import Web

@Suite struct ProfileSettingsTests {
    private let path = "/home/settings/profile"

    private func save(
        _ browser: Browser, _ changes: [(String, String?)], files: [Browser.File] = []
    ) async throws -> Response {
        let form = Browser.filled(try await browser.page(path), action: path, changes)
        return try await browser.send(path, form, files: files)
    }

    private func account(_ browser: Browser) async throws -> JSONValue {
        try await browser.asker.get("/api/v1/accounts/verify_credentials").root
    }

    @Test func `what is saved stands in the form again`() async throws {
        let browser = try await Site().signIn()
        let answer = try await save(
            browser,
            [
                ("display_name", "Ann <3"), ("note", "Hello\r\n</textarea><b>"), ("field-name", "Site"),
                ("field-value", "https://ann.example/"), ("locked", "1"), ("bot", "1"),
                ("visibility", "private"), ("language", "fr"), ("policy", "followers"), ("sensitive", "1"),
                ("format", "text/markdown"), ("domains", "a.example\r\nb.example"), ("discoverable", nil),
            ])
        #expect(answer.fields["Location"] == path)
        let account = try await account(browser)
        #expect(account.text("display_name") == "Ann <3" && account.flag("locked") && account.flag("bot"))
        #expect(!account.flag("discoverable") && account["source"]?.text("note") == "Hello\n</textarea><b>")
        let form = Browser.filled(try await browser.page(path), action: path)
        for pair in [
            ("display_name", "Ann <3"), ("field-name", "Site"), ("field-value", "https://ann.example/"),
            ("visibility", "private"), ("language", "fr"), ("policy", "followers"), ("sensitive", "1"),
            ("format", "text/markdown"), ("domains", "a.example\nb.example"), ("locked", "1"),
        ] { #expect(form.contains { $0 == pair }, "\(pair)") }
    }

    @Test func `new posts are as the profile says`() async throws {
        let browser = try await Site().signIn()
        _ = try await save(browser, [("visibility", "private"), ("language", "fr"), ("policy", "nobody")])
        let form = Browser.filled(try await browser.page("/home/write"), action: "/home/write")
        for pair in [("visibility", "private"), ("language", "fr"), ("policy", "nobody")] {
            #expect(form.contains { $0 == pair }, "\(pair)")
        }
    }

    @Test func `pictures come, with words, and go`() async throws {
        let browser = try await Site().signIn()
        let before = try await account(browser).text("avatar")
        let answer = try await save(
            browser, [("avatar_description", "Me \"")],
            files: [
                Browser.File(field: "avatar", bytes: Picture.png),
                Browser.File(field: "header", name: "", bytes: []),
            ])
        #expect(answer.status == .seeOther)
        let changed = try await account(browser)
        #expect(changed.text("avatar") != before && changed.text("avatar_description") == "Me \"")
        _ = try await save(browser, [("drop-avatar", "1")])
        #expect(try await account(browser).text("avatar") == before)
    }

    @Test func `what is refused comes back as it was typed`() async throws {
        let browser = try await Site().signIn()
        let long = String(repeating: "<", count: 31)
        let text = browser.checked(
            try await save(browser, [("display_name", long), ("note", "Kept")]), .unprocessable)
        #expect(text.contains("Display name is too long"))
        let form = Browser.filled(text, action: path)
        #expect(form.contains { $0 == ("display_name", long) } && form.contains { $0 == ("note", "Kept") })
        let film = Browser.File(field: "header", bytes: Array("no picture at all".utf8))
        let bad = browser.checked(
            try await save(browser, [("note", "Kept too")], files: [film]), .unprocessable)
        #expect(bad.contains("Kept too</textarea>"))
        #expect(try await account(browser)["source"]?.text("note") == "")
    }

    @Test func `a forged form changes nothing`() async throws {
        let browser = try await Site().signIn()
        let answer = try await save(browser, [("display_name", "Eve"), (FormToken.name, "forged")])
        #expect(answer.status == .forbidden)
        #expect(try await account(browser).text("display_name") != "Eve")
    }

    @Test func `a verified link is shown as such`() async throws {
        let browser = try await Site().signIn()
        _ = try await save(browser, [("field-name", "Site"), ("field-value", "https://ann.example/")])
        #expect(!(try await browser.page(path)).contains("Verified:"))
        try await browser.site.verifyFields()
        #expect(try await browser.page(path).contains("Verified:"))
    }
}

extension Site {
    /// As `LinkVerifier` leaves it when every page leads back.
    fileprivate func verifyFields() async throws {
        try await store.write { [identity] tx in
            guard var account = try Actors.find(identity.owner, in: tx) else { return }
            account.fields = account.fields?.replacing(
                "\"verified_at\":null", with: "\"verified_at\":\"2024-01-02T03:04:05.000Z\"")
            _ = try Actors.save(account, in: tx)
        }
    }
}
