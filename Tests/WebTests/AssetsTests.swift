import HTTP
import Testing

struct AssetsTests {
    @Test(arguments: [
        ("/static/avatar/missing.png", "image/png"), ("/static/header/missing.png", "image/png"),
        ("/static/icon.png", "image/png"), ("/favicon.ico", "image/png"),
        ("/static/style.css", "text/css; charset=utf-8"),
    ])
    func `each file is there, typed, and may be kept`(path: String, type: String) async throws {
        let site = try await Site()
        let response = try await site.get(path)
        #expect(response.status == .ok && !response.bytes.isEmpty && response.fields["Content-Type"] == type)
        #expect(response.fields["Cache-Control"] == "public, max-age=604800")
        let etag = try #require(response.fields["ETag"])
        for known in [etag, "\"x\", W/\(etag)", "*"] {
            #expect(try await site.get(path, fields: [("If-None-Match", known)]).status == .notModified)
        }
    }

    @Test func `pages name the stylesheet as it is`() async throws {
        let site = try await Site()
        let page = try await site.page("/@me")
        let tag = try #require(try await site.get("/static/style.css").fields["ETag"])
        #expect(page.contains("/static/style.css?v=\(tag.filter { $0 != "\"" })"))
    }

    @Test func `robots are kept out of what is not for reading`() async throws {
        #expect(try await Site().get("/robots.txt").text.contains("Disallow: /api/"))
    }
}
