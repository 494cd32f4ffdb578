import HTTP
import Storage
import Testing

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

    @Test(arguments: ["%3Cscript%3E", "%22%20onload=x", "a%2Fb", "%E2%80%AE"])
    func `any name is only text`(name: String) async throws {
        #expect(try await Site().page("/tags/\(name)").contains("Nothing has been posted yet."))
    }
}
