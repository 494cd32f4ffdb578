import HTTP
import HouseSupport
import Storage
import Testing

@testable import Web

@Suite struct AboutSettingsPageTests {
    private let path = "/home/settings/about"

    @Test func `text and rules are kept as typed, and removed when empty`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let kept = try await browser.submit(path, ["about": "\nMine <b>\r\n", "rules": "Be kind\r\nNo ads"])
        #expect(kept.fields["Location"] == path + "?done=1")
        let stored = try site.store.read { try Settings.texts([.about, .rules], in: $0) }
        #expect(stored == [.about: "\nMine <b>\n", .rules: "Be kind\nNo ads"])
        #expect(try await browser.page(path).contains("Be kind\nNo ads</textarea>"))
        _ = try await browser.submit(path, ["about": "", "rules": ""])
        #expect(try site.store.read { try Settings.texts([.about, .rules], in: $0) } == [:])
    }

    @Test func `what is too long comes back`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await browser.submit(
            path, ["about": String(repeating: "<", count: 20_001), "rules": "</textarea>"])
        #expect(answer.status == .unprocessable)
        #expect(answer.text.contains("&lt;/textarea&gt;</textarea>"))
        #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
    }
}
