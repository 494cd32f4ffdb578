import HTTP
import Testing

struct LayoutTests {
    @Test(arguments: ["/@me", "/tags/x", "/authorize_interaction", "/nowhere"])
    func `nothing runs and nothing is loaded from elsewhere`(path: String) async throws {
        let response = try await Site().get(path)
        let policy = try #require(response.fields["Content-Security-Policy"])
        #expect(policy.hasPrefix("default-src 'none'; style-src 'self'; img-src 'self';"))
        #expect(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe")
                && !policy.contains("script-src"))
        #expect(response.fields["X-Content-Type-Options"] == "nosniff")
        #expect(response.fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(response.fields["Vary"] == "Accept")
        #expect(response.fields.values("Vary").count == 1)
    }

    @Test func `a page that is known is not sent again`() async throws {
        let site = try await Site()
        let etag = try #require(try await site.get("/@me").fields["ETag"])
        let again = try await site.get("/@me", fields: [("If-None-Match", etag)])
        #expect(again.status == .notModified && again.bytes.isEmpty && again.fields["ETag"] == etag)
        try await site.post()
        #expect(try await site.get("/@me", fields: [("If-None-Match", etag)]).status == .ok)
    }
}
