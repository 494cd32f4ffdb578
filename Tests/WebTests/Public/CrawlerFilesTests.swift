import HTTP
import Storage
import Testing

struct CrawlerFilesTests {
    @Test func `what may be found is in the sitemap`() async throws {
        let site = try await Site { $0.indexable = true }
        let open = try await site.post()
        let unlisted = try await site.post(visibility: .unlisted)
        let hidden = try await site.post(visibility: .private)
        let map = try await site.get("/sitemap.xml").text
        #expect(map.contains("<loc>https://islet.example/@me</loc>"))
        #expect(map.contains("<loc>https://islet.example/@me/\(open)</loc>"))
        #expect(!map.contains("\(unlisted)") && !map.contains("\(hidden)"))
        #expect(
            try await site.get("/robots.txt").text.hasSuffix("\nSitemap: https://islet.example/sitemap.xml\n")
        )
    }

    @Test func `who does not want to be found has no sitemap`() async throws {
        let site = try await Site { $0.discoverable = false }
        #expect(try await site.get("/sitemap.xml").status == .notFound)
        let robots = try await site.get("/robots.txt")
        #expect(robots.fields["Content-Type"] == "text/plain; charset=utf-8")
        #expect(robots.text.contains("Disallow: /home\n") && !robots.text.contains("Sitemap"))
    }

    @Test func `posts say themselves whether they may be listed`() async throws {
        for (isIndexable, visibility, isListed) in [
            (true, Visibility.public, true), (true, .unlisted, false), (false, .public, false),
        ] {
            let site = try await Site { $0.indexable = isIndexable }
            let id = try await site.post(visibility: visibility)
            #expect(try await site.page("/@me/\(id)").contains("noindex") != isListed)
        }
    }
}
