import HTTP
import Storage
import Testing

@testable import Web

struct ThreadPageTests {
    @Test func `a long conversation goes on on further pages`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let id = try await site.post("<p>the post</p>")
        for minute in 51...120 {
            try await site.foreignPost(
                by: bob, "<p>secret</p>", visibility: .private, inReplyTo: id, minutes: minute - 500)
        }
        for minute in 1...70 {
            let text = "<p>number \(minute). \(String(repeating: "x", count: minute % 2 * 2_000))</p>"
            try await site.foreignPost(by: bob, text, inReplyTo: id, minutes: minute)
        }
        var seen: [String] = []
        var path: String? = "/@me/\(id)"
        var pages = 0
        while let current = path {
            let page = try await site.page(current)
            #expect(page.utf8.count < 45_000)
            #expect(page.contains("noindex") == true)
            seen += page.split(separator: "<p>number ").dropFirst().map { String($0.prefix { $0 != "." }) }
            let link = page.split(separator: "<a rel=\"next\" href=\"https://islet.example").dropFirst().first
            path = link.map { String($0.prefix { $0 != "\"" }) }
            pages += 1
        }
        #expect(pages > 1 && seen == (1...70).map(String.init))
        #expect(try await site.page("/@me/\(id)?min_id=9").contains("To the post"))
    }

    @Test func `the nearest posts above are shown, and the way to earlier ones`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        var parent = try await site.foreignPost(by: bob, "<p>first</p>")
        for minute in 1...20 {
            let above = parent
            parent = try await site.post(
                "<p>own \(minute). \(String(repeating: "x", count: 1_500))</p>", minutes: minute
            ) {
                $0.inReplyTo = above
                $0.inReplyToActor = bob
            }
        }
        let page = try await site.page("/@me/\(parent)")
        #expect(page.contains(">Earlier posts</a>") && page.contains("own 19.") && !page.contains("first"))
        #expect(page.contains("<a class=\"u-in-reply-to\" href=\"https://islet.example/@me/"))
    }

    @Test func `what blocked people answer is not shown`() async throws {
        let site = try await Site()
        let id = try await site.post("<p>the post</p>")
        let eve = try await site.stranger("eve", displayName: "Eve")
        let bob = try await site.stranger("bob", displayName: "Bob")
        try await site.foreignPost(by: eve, "<p>spite</p>", inReplyTo: id, minutes: 1)
        try await site.foreignPost(by: bob, "<p>kind</p>", inReplyTo: id, minutes: 2)
        #expect(try await site.page("/@me/\(id)").contains("spite"))
        try await site.store.write { tx in _ = try Blocks.insert(eve, uri: "", in: tx) }
        let page = try await site.page("/@me/\(id)")
        #expect(!page.contains("spite") && !page.contains("Eve") && page.contains("kind"))
    }

    @Test func `a stranger's very long post is cut, and read on where it is`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let id = try await site.post("<p>the post</p>")
        try await site.foreignPost(
            by: bob, "<p>\(String(repeating: "long ", count: 40_000))</p>", inReplyTo: id, minutes: 1)
        let page = try await site.page("/@me/\(id)")
        #expect(page.utf8.count < 20_000)
        #expect(page.contains("<p><a href=\"https://b.example/posts/1\">Read on</a></p>"))
    }
}
