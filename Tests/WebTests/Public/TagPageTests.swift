import Federation
import HTTP
import Storage
import Testing

@testable import Web

struct TagPageTests {
    @Test func `the owner's public posts with the hashtag are shown`() async throws {
        let site = try await Site()
        for (text, visibility) in [("first", Visibility.public), ("second", .unlisted), ("third", .private)] {
            try await site.post(
                "<p>\(text)</p>", visibility: visibility,
                then: { id, tx in
                    try Hashtags.insert("caf\u{e9}", status: id, in: tx)
                })
        }
        try await site.post("<p>fourth</p>")
        let page = try await site.page("/tags/Caf%C3%A9")
        #expect(page.contains("<bdi>#caf\u{e9}</bdi>") && page.contains("<p>first</p>"))
        #expect(!page.contains("second") && !page.contains("third") && !page.contains("fourth"))
        #expect(page.contains(#"<link rel="canonical" href="https://islet.example/tags/caf%C3%A9">"#))
    }

    @Test func `public posts are found behind any number of others`() async throws {
        let site = try await Site()
        for minute in 0..<24 {
            try await site.post(
                "<p>\(minute)</p>", visibility: minute < 2 ? .public : .unlisted, minutes: minute,
                then: { id, tx in
                    try Hashtags.insert("cats", status: id, in: tx)
                })
        }
        let page = try await site.page("/tags/cats")
        #expect(page.contains("<p>0</p>") && page.contains("<p>1</p>") && !page.contains("<p>2</p>"))
        #expect(try await site.get("/tags/cats.rss").text.contains("&lt;p&gt;1&lt;/p&gt;"))
    }

    @Test(arguments: [
        "%3Cscript%3E", "%22%20onload=x", "a%2Fb", "%E2%80%AE", "any%20words", "123", "never", "cats%2Eand",
    ])
    func `there is no page for what is no hashtag, or what nobody used`(name: String) async throws {
        let site = try await Site()
        try await site.post(then: { id, tx in
            for name in ["123", "any words", "cats.and"] { try Hashtags.insert(name, status: id, in: tx) }
        })
        for ending in ["", ".rss"] {
            #expect(try await site.get("/tags/\(name)\(ending)").status == .notFound)
        }
        #expect(site.pages.shield.load.answers == 0)
    }
}
