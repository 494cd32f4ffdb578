import Federation
import HTTP
import JSON
import Storage
import Testing

@testable import Web

struct OEmbedTests {
    @Test func `a post for everybody can be shown elsewhere, no larger than asked, by one kept answer`()
        async throws
    {
        let site = try await Site()
        let id = try await site.post()
        let page = "https://islet.example/@me/\(id)"
        var etags: Set<String?> = []
        for address in [
            page, page + "/", page + "/embed", page + "?a=b", page + "%23x",
            "HTTPS://Islet.Example/%40ME/\(id)",
            "https://islet.example/users/Me/statuses/\(id)",
        ] {
            let answer = try await site.get(
                "/api/oembed?url=\(address)&maxwidth=300&maxheight=9000&x=\(etags.count)",
                accept: "application/json")
            #expect(answer.status == .ok, "\(address)")
            #expect(answer.fields["Content-Type"] == "application/json; charset=utf-8")
            #expect(answer.fields["Cache-Control"] == "public, max-age=300")
            #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
            etags.insert(answer.fields["ETag"])
            let json = try Document(answer.bytes).root
            #expect(json["width"]?.int == 300 && json["height"]?.isNull == true)
            #expect(
                json["html"]?.string
                    == """
                    <iframe src="https://islet.example/@me/\(id)/embed" width="300" height="480" \
                    title="A post by @me" allowfullscreen sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
                    """)
            #expect(json["provider_url"]?.string == "https://islet.example/")
        }
        #expect(site.pages.shield.load.answers == 1 && etags.count == 1)
        let known = try #require(etags.first ?? nil)
        let again = try await site.get(
            "/api/oembed?url=\(page)&maxwidth=300", fields: [("If-None-Match", known)])
        #expect(again.status == .notModified)
        #expect(try await site.get("/api/oembed?format=xml&url=\(page)").status == .notImplemented)
    }

    @Test func `nothing else can`() async throws {
        let site = try await Site()
        let foreign = try await site.foreignPost(by: try await site.stranger("bob"), "<p>x</p>")
        let hidden = try await site.post(visibility: .private, minutes: 1)
        let boost = try await site.post("", minutes: 2) { $0.reblogOf = foreign }
        for url in [
            "", "x", "https://islet.example/@me", "https://islet.example/@me/\(foreign)",
            "https://islet.example/@me/\(hidden)", "https://far.example/@me/\(hidden)",
            "https://islet.example/@me/1", "https://islet.example/@you/\(hidden)",
            "https://islet.example/@me/\(boost)", "https://islet.example/@me/\(boost)/media",
        ] {
            let answer = try await site.get("/api/oembed?url=\(url)")
            #expect(answer.status == .notFound && answer.text.hasPrefix("{\"error\":"), "\(url)")
        }
        #expect(site.pages.shield.load.answers == 0)
    }
}
