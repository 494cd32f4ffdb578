import Basics
import Foundation
import HTTP
import Storage
import Testing

@testable import Web

#if canImport(FoundationXML)
    import FoundationXML
#endif

struct FeedTests {
    /// The feed at this path, which must be there and be XML.
    private func feed(_ site: Site, _ path: String) async throws -> String {
        let response = try await site.get(path, accept: "*/*")
        #expect(response.status == .ok, "\(path)")
        let parser = XMLParser(data: Data(response.bytes))
        #expect(parser.parse(), "\(path): \(String(describing: parser.parserError))")
        return response.text
    }

    @Test(arguments: [
        "/@me.atom", "/@me.rss", "/@me/with_replies.rss", "/@me/media.atom", "/tags/x.rss", "/tags/x.atom",
    ])
    func `an empty feed is one`(path: String) async throws {
        let site = try await Site { $0.createdAt = Site.start }
        try await site.store.write { try Hashtags.insert("x", status: StatusID(1), in: $0) }
        let text = try await feed(site, path)
        #expect(text.contains(path.hasSuffix("rss") ? "02 Jan 2024 03:04:05 GMT" : "2024-01-02T03:04:05Z"))
    }

    @Test func `an Atom feed tells all of a post`() async throws {
        let site = try await Site { $0.name = "Me" }
        let id = try await site.post("<p>Hello <b>all</b> &amp; one</p>") { status in
            status.language = "de"
            status.editedAt = Site.start + .minutes(5)
        } then: { id, tx in
            try Hashtags.insert("cats", status: id, in: tx)
        }
        let text = try await feed(site, "/@me.atom")
        #expect(
            text.contains(
                """
                <entry>
                <id>https://islet.example/users/me/statuses/\(id)</id>
                <title>Hello all &amp; one</title>
                <link rel="alternate" type="text/html" href="https://islet.example/@me/\(id)"/>
                <published>2024-01-02T03:04:05Z</published>
                <updated>2024-01-02T03:09:05Z</updated>
                <category term="cats"/>
                <content type="html" xml:lang="de">&lt;p&gt;Hello &lt;b&gt;all&lt;/b&gt; &amp;amp; one&lt;/p&gt;</content>
                </entry>

                """))
        #expect(text.contains("<updated>2024-01-02T03:09:05Z</updated>\n<link rel=\"self\""))
        #expect(
            text.contains(
                "<link rel=\"self\" type=\"application/atom+xml\" href=\"https://islet.example/@me.atom\"/>"))
        #expect(text.contains("<author><name>Me</name><uri>https://islet.example/@me</uri></author>"))
    }

    @Test func `an RSS feed tells all of a post with a file`() async throws {
        let site = try await Site()
        let id = try await site.post("") {
            $0.spoiler = "Cats & dogs"
        } then: { id, tx in
            var file = Attachment(kind: .image, createdAt: Site.start)
            file.status = id
            file.file = "abc.jpg"
            file.description = "A <cat>"
            _ = try Attachments.insert(file, in: tx)
        }
        let text = try await feed(site, "/@me.rss")
        #expect(
            text.contains(
                """
                <item>
                <guid isPermaLink="false">https://islet.example/users/me/statuses/\(id)</guid>
                <title>Cats &amp; dogs</title>
                <link>https://islet.example/@me/\(id)</link>
                <pubDate>Tue, 02 Jan 2024 03:04:05 GMT</pubDate>
                <enclosure url="https://islet.example/media/abc.jpg" length="0" type="image/jpeg"/>
                <media:content url="https://islet.example/media/abc.jpg" type="image/jpeg" medium="image">\
                <media:rating scheme="urn:simple">nonadult</media:rating>\
                <media:description type="plain">A &lt;cat&gt;</media:description></media:content>
                <description>&lt;p&gt;&lt;strong&gt;Content warning:&lt;/strong&gt; Cats &amp;amp; dogs&lt;/p&gt;
                """))
    }

    @Test func `only what everybody may read is in them`() async throws {
        let site = try await Site()
        let bob = try await site.stranger("bob")
        let foreign = try await site.foreignPost(by: bob, "<p>foreign</p>")
        for (text, visibility) in [
            ("open", Visibility.public), ("unlisted", .unlisted), ("private", .private), ("direct", .direct),
        ] {
            try await site.post("<p>\(text) one</p>", visibility: visibility) { _ in
            } then: { id, tx in
                try Hashtags.insert("x", status: id, in: tx)
            }
        }
        try await site.post("<p>a reply</p>", minutes: 5) { status in
            status.inReplyTo = foreign
            status.inReplyToActor = bob
        }
        try await site.post("", minutes: 6) { $0.reblogOf = foreign }
        func shown(_ path: String) async throws -> [Bool] {
            let text = try await feed(site, path)
            return ["open one", "unlisted one", "private one", "direct one", "a reply", "foreign"].map(
                text.contains)
        }
        for kind in [".atom", ".rss"] {
            #expect(try await shown("/@me" + kind) == [true, true, false, false, false, false])
            #expect(try await shown("/@me/with_replies" + kind) == [true, true, false, false, true, false])
            #expect(try await shown("/tags/x" + kind) == [true, false, false, false, false, false])
        }
    }

    @Test func `characters that XML does not have are left out`() async throws {
        let site = try await Site { $0.name = "a\u{0}b\u{1F}c\u{FFFE}d\u{FFFF}" }
        try await site.post("<p>x\u{0B}y\u{FFFF}z ]]&gt; \u{1F431}</p>") { $0.spoiler = "]]>\u{1}<!--" }
        for path in ["/@me.atom", "/@me.rss"] {
            let text = try await feed(site, path)
            #expect(text.contains("abcd") && text.contains("xyz ]]") && text.contains("\u{1F431}"))
        }
    }

    @Test func `a feed that is known is not sent again`() async throws {
        let site = try await Site()
        try await site.post()
        for path in ["/@me.atom", "/@me.rss"] {
            let etag = try #require(try await site.get(path).fields["ETag"])
            #expect(try await site.get(path, fields: [("If-None-Match", etag)]).status == .notModified)
        }
    }

    @Test(arguments: [
        ("/users/me.rss", "https://islet.example/@me.rss"),
        ("/users/me.atom", "https://islet.example/@me.atom"),
        ("/@me/tagged/Cats", "https://islet.example/tags/cats"),
        ("/@me/tagged/cats.rss", "https://islet.example/tags/cats.rss"),
    ])
    func `the addresses of Mastodon lead to them`(path: String, address: String) async throws {
        #expect(try await Site().get(path).fields["Location"] == address)
    }

    @Test(arguments: ["/@you.rss", "/users/you.rss", "/@you/tagged/x.rss", "/@me/nothing.rss"])
    func `there is none of anybody else`(path: String) async throws {
        #expect(try await Site().get(path).status == .notFound)
    }

    @Test func `pages name their feeds`() async throws {
        let site = try await Site()
        try await site.store.write { try Hashtags.insert("cats", status: StatusID(1), in: $0) }
        let page = try await site.page("/@me")
        #expect(
            page.contains(
                #"<link rel="alternate" type="application/rss+xml" href="https://islet.example/@me.rss" title="RSS feed of @me@example.org">"#
            ))
        #expect(
            try await site.page("/tags/cats").contains(
                #"<link rel="alternate" type="application/atom+xml" href="https://islet.example/tags/cats.atom""#
            ))
        #expect(
            try await site.get("/@me").fields["Link"]
                == #"<https://islet.example/users/me>; rel="alternate"; type="application/activity+json", "#
                + #"<https://islet.example/@me.atom>; rel="alternate"; type="application/atom+xml", "#
                + #"<https://islet.example/@me.rss>; rel="alternate"; type="application/rss+xml""#)
    }

    @Test func `posts that must not be found are not to be indexed`() async throws {
        #expect(try await Site().get("/@me.rss").fields["X-Robots-Tag"] == "noindex")
        #expect(try await Site { $0.indexable = true }.get("/@me.rss").fields["X-Robots-Tag"] == nil)
    }
}
