import Federation
import Foundation
import HTTP
import HouseSupport
import Markup
import Storage
import Testing

@testable import Web

@Suite struct AppearancePicturesTests {
    private let path = "/home/settings/appearance/pictures"

    @Test func `a picture is taken, shown on every page, and removed`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let kept = try await send(browser, Pictures.icon.bytes)
        #expect(kept.fields["Location"] == "/home/settings/appearance?done=1")
        let name = try #require(try site.store.read { try Settings.text(.picture, in: $0) })
        #expect(try await site.get("/static/owner.css").text.contains("url(/media/\(name))"))
        #expect(try await browser.page("/home/settings/appearance").contains("name=\"drop-picture\""))
        _ = try await browser.submit(path, ["drop-picture": "1"])
        #expect(try site.store.read { try Settings.text(.picture, in: $0) } == nil)
    }

    @Test func `what is no picture is refused`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await send(browser, Array("<svg onload=alert(1)>".utf8))
        #expect(answer.status == .unprocessable)
        #expect(try site.store.read { try Settings.text(.picture, in: $0) } == nil)
    }

    @Test func `a forged form changes nothing`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await send(browser, Pictures.icon.bytes, token: "forged")
        #expect(answer.status == .forbidden)
        #expect(try site.store.read { try Settings.text(.picture, in: $0) } == nil)
    }

    private func send(_ browser: Browser, _ file: [UInt8], token: String? = nil) async throws -> Response {
        let own =
            FormToken(secret: browser.secret ?? "").field.text.components(separatedBy: "value=\"").last ?? ""
        let head =
            "--b\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\n"
            + (token ?? String(own.prefix { $0 != "\"" }))
            + "\r\n--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"x.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n"
        return try await browser.site.send(
            Request(
                .post, path,
                fields: Fields([
                    ("Host", browser.site.identity.host), ("Content-Type", "multipart/form-data; boundary=b"),
                    ("Cookie", "__Secure-islet=\(browser.secret ?? "")"),
                ]), body: .bytes(Array(head.utf8) + file + Array("\r\n--b--\r\n".utf8))))
    }
}
