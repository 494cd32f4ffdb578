import Federation
import HTTP
import HouseSupport
import JSON
import Testing

@testable import MastodonAPI

@Suite struct FixedEndpointsTests {
    @Test(arguments: [
        "GET /api/v1/instance/privacy_policy", "GET /api/v1/instance/terms_of_service",
        "GET /api/v1/instance/terms_of_service/2025-01-01", "GET /api/v1/instance/languages",
        "POST /api/v1/accounts/1/email_subscriptions", "POST /api/v1/statuses/1/translate",
        "GET /api/v1/statuses/1/card", "POST /api/v1/announcements/1/dismiss",
        "PUT /api/v1/announcements/1/reactions/x", "DELETE /api/v1/announcements/1/reactions/x",
        "GET /api/v1_alpha/async_refreshes/1", "GET /api/v1/donation_campaigns",
        "GET /api/v1/accounts/1/collections", "GET /api/v1/accounts/1/in_collections",
        "POST /api/v1/collections", "GET /api/v1/collections/1", "PATCH /api/v1/collections/1",
        "DELETE /api/v1/collections/1", "POST /api/v1/collections/1/items",
        "DELETE /api/v1/collections/1/items/2", "POST /api/v1/collections/1/items/2/revoke",
        "GET /api/v1/annual_reports", "GET /api/v1/annual_reports/2025",
        "POST /api/v1/annual_reports/2025/generate", "POST /api/v1/annual_reports/2025/read",
        "GET /api/v1/annual_reports/2025/state",
    ])
    func `what is not there says so in a sentence`(row: String) async throws {
        let answer = try await ask(row)
        #expect(answer.status == 404)
        let error = try #require(try answer.json["error"]?.string)
        #expect(error != APIError.notFound.message && error.contains(" "))
    }

    @Test(arguments: [
        "POST /api/v1/accounts", "POST /api/v1/emails/confirmations", "GET /api/v1/admin/accounts",
        "POST /api/v1/admin/accounts/1/action", "DELETE /api/v2/admin/anything/else",
    ])
    func `what nobody may do here is refused`(row: String) async throws {
        let answer = try await ask(row)
        #expect(answer.status == 403)
        #expect(try answer.json["error"]?.string?.hasPrefix("This server") == true)
    }

    @Test(arguments: [
        "GET /api/v1/instance/peers", "GET /api/v1/instance/activity", "GET /api/v1/instance/domain_blocks",
        "GET /api/v1/instance/rules", "GET /api/v1/peers/search?q=x", "GET /api/v1/directory",
        "GET /api/v1/timelines/link?url=https%3A%2F%2Fa.example%2F", "GET /api/v1/trends",
        "GET /api/v1/trends/tags", "GET /api/v1/trends/statuses", "GET /api/v1/trends/links",
        "GET /api/v1/suggestions", "GET /api/v2/suggestions", "GET /api/v1/announcements",
    ])
    func `lists of which there are no members are empty`(row: String) async throws {
        let answer = try await ask(row)
        #expect(answer.status == 200)
        #expect(answer.text == "[]")
        #expect(answer.fields["Link"] == nil)
    }

    @Test func `a suggestion can always be taken away, and languages to translate to are an object`()
        async throws
    {
        #expect(try await ask("DELETE /api/v1/suggestions/1").text == "{}")
        #expect(try await ask("GET /api/v1/instance/translation_languages").text == "{}")
        let house = try await House.make()
        let proofs = "/api/v1/accounts/\(house.identity.owner)/identity_proofs"
        #expect(try await house.get(proofs).text == "[]")
    }

    @Test func `a monitor hears OK`() async throws {
        let answer = try await ask("GET /health")
        #expect(answer.status == 200)
        #expect(answer.text == "OK")
        #expect(answer.fields["Content-Type"] == "text/plain; charset=utf-8")
    }

    /// Asks with the owner's token, which changes nothing where nobody is served.
    private func ask(_ row: String) async throws -> Answer {
        let words = row.split(separator: " ", maxSplits: 1).map(String.init)
        let method = HTTP.Method(rawValue: words[0])
        let house = try await House.make()
        return try await house.send(method, words[1], house.token("read write"))
    }
}
