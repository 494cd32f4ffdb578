import HTTP
import HouseSupport
import Testing

@testable import Web

@Suite struct PasswordPageTests {
    private let path = "/home/settings/password"

    @Test func `a new password ends every other session and app, and keeps this one`() async throws {
        let site = try await Site()
        let other = try await site.signIn()
        let browser = try await site.signIn()
        let app = try await site.house.token("read")
        let copied = browser.fields
        _ = try await browser.page(path)
        let set = try await browser.submit(
            path, ["old": House.password, "new": "a new \"secret\"", "again": "a new \"secret\""])
        #expect(set.fields["Location"] == path + "?ended=2")
        #expect(
            try await browser.page(path + "?ended=2").contains("other sessions and apps ended: 2."))
        #expect(try await other.get("/home").status == .seeOther)
        #expect(try await site.get("/home", fields: copied).status == .seeOther)
        #expect(try await site.house.get("/api/v1/timelines/home", app).status == 401)
        let old = try await Browser(site: site).post(
            "/home/login", ["username": "me", "password": House.password])
        #expect(old.status == .unauthorized)
        let new = try await Browser(site: site).post(
            "/home/login", ["username": "me", "password": "a new \"secret\""])
        #expect(new.status == .seeOther)
    }

    @Test(arguments: [
        ("wrong", "long enough", "long enough", 403, "That is not the password you have now."),
        (House.password, "short", "short", 422, "A password needs at least 8 characters."),
        (House.password, "long enough", "long enougn", 422, "The two new passwords differ."),
        (
            House.password, String(repeating: "x", count: 1_025), String(repeating: "x", count: 1_025), 422,
            "That password is too long."
        ),
    ])
    func `what does not fit changes nothing`(
        old: String, new: String, again: String, status: Int, reason: String
    ) async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        let answer = try await browser.submit(path, ["old": old, "new": new, "again": again])
        #expect(answer.status.code == status)
        #expect(answer.text.contains(reason))
        #expect(!answer.text.contains(new))
        #expect(PageCheck.faults(in: answer.text, allowing: ["form", "script"]) == [])
        _ = try await site.signIn()
    }

    @Test func `guessing is slowed like signing in`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        var last = Response(.ok)
        for _ in 0..<30 where last.status != .tooManyRequests {
            last = try await browser.submit(path, ["old": "guess", "new": "12345678", "again": "12345678"])
        }
        #expect(last.status == .tooManyRequests)
        let right = try await browser.submit(
            path, ["old": House.password, "new": "12345678", "again": "12345678"])
        #expect(right.status == .tooManyRequests)
    }

    @Test func `a number in the address is only shown as a number`() async throws {
        let site = try await Site()
        let browser = try await site.signIn()
        #expect(try await !browser.page(path + "?ended=%3Cb%3E").contains("apps ended"))
    }
}
