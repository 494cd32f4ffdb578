import Foundation
import HTTP
import Storage
import Testing

/// Markup in every field that a stranger or the owner can fill, on every page that anybody may read.
struct PublicBadInputTests {
    private static let evil =
        "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;{{x}}]]>-->\u{202E}"

    private func site() async throws -> (Site, StatusID) {
        let evil = Self.evil
        let site = try await Site { actor in
            actor.name = evil
            actor.indexable = true
            let text = evil.replacingOccurrences(of: "\"", with: "\\\"")
            actor.fields =
                "[{\"name\":\"\(text)\",\"value\":\"plain\",\"verified_at\":\"2024-01-02T03:04:05.000Z\"}]"
        }
        let eve = try await site.stranger("eve", displayName: evil)
        let id = try await site.post("<p>Hello</p>") {
            $0.spoiler = evil
        } then: { id, tx in
            var file = Attachment(kind: .image, createdAt: Site.start)
            file.status = id
            file.file = "abc.jpg"
            file.description = evil
            _ = try Attachments.insert(file, in: tx)
            try Hashtags.insert("cats", status: id, in: tx)
        }
        try await site.foreignPost(by: eve, "<p>text</p>", inReplyTo: id, minutes: 1)
        return (site, id)
    }

    @Test func `no page is broken by it`() async throws {
        let (site, id) = try await site()
        for path in [
            "/@me", "/@me/with_replies", "/@me/media", "/@me/\(id)", "/@me/\(id)/embed", "/tags/cats",
            "/about",
        ] {
            let page = try await site.page(path)
            #expect(!page.contains("<script") && !page.contains("<img src=x"))
        }
        let query = Self.evil.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        #expect(try await site.get("/tags/\(query.prefix(60))").status == .notFound)
        for path in ["/authorize_interaction?uri=\(query)", "/@me?max_id=\(query)"] {
            let page = try await site.page(path)
            #expect(!page.contains("<script") && !page.contains("<img src=x"))
        }
    }

    @Test func `feeds stay XML`() async throws {
        let (site, _) = try await site()
        for path in ["/@me.atom", "/@me.rss", "/tags/cats.atom", "/tags/cats.rss"] {
            let text = try await site.get(path).text
            #expect(!text.contains("<script") && !text.contains("<img"), "\(path)")
        }
    }

    @Test(arguments: [
        "/@me/..%2f..%2fetc", "/@me/%00", "/@me/9999999999999999999999", "/@me/-1", "/@me/1.5", "/@/1",
        "/@me/1/2/3",
        "/tags/", "/@me.rss.rss", "/interact/..%2fx", "/static/%2e%2e", "/@me%2f1", "/tags/a/b", "/%40me/x",
        "/@me/with_replies/x", "/media%2fx", "/@me/embed/embed", "/sitemap.xml/x", "/about/x",
    ])
    func `odd paths are not found`(path: String) async throws {
        let site = try await Site()
        guard let target = try? Target(Array(path.utf8)) else { return }
        let request = Request(method: .get, target: target, fields: ["Accept": "text/html"])
        #expect(try await site.send(request).status == .notFound)
    }

    @Test func `a foreign Host field changes nothing`() async throws {
        let (site, id) = try await site()
        for path in ["/@me", "/@me/\(id)", "/@me.rss", "/tags/cats", "/about", "/robots.txt", "/sitemap.xml"]
        {
            let usual = try await site.get(path)
            let foreign = try await site.send(
                Request(.get, path, fields: ["Accept": "text/html", "Host": "evil.example"]))
            #expect(foreign.bytes == usual.bytes && !foreign.text.contains("evil.example"))
        }
    }

    @Test func `a page is the same with a session's cookie and with items it does not know`() async throws {
        let (site, id) = try await site()
        for path in ["/@me", "/@me/\(id)", "/tags/cats", "/@me.atom"] {
            let usual = try await site.get(path)
            let other = try await site.get(
                path + "?since_id=1&limit=1&x=y", fields: [("Cookie", "__Secure-islet=secret")])
            #expect(other.bytes == usual.bytes)
        }
    }
}
