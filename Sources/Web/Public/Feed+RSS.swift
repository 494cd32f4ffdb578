import HTTP
import Markup

/// RSS 2.0, <https://www.rssboard.org/rss-specification>.
extension Feed {
    var rss: HTML {
        let description = PlainText.text(author.note.text, limit: 300)
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
            <channel>
            <title>\(title)</title>
            <description>\(description.isEmpty ? "\(words.title(.posts)) by \(handle)" : description)</description>
            <link>\(page)</link>
            <atom:link rel="self" type="application/rss+xml" href="\(address)"/>
            <image><url>\(author.avatar)</url><title>\(title)</title><link>\(page)</link></image>
            <lastBuildDate>\(Feed.date(updated))</lastBuildDate>
            <generator>Islet \(version)</generator>
            \(posts.map(item).joined())</channel>
            </rss>

            """
    }

    private func item(_ post: Post) -> HTML {
        let tags = post.tags.map { "<category>\($0)</category>\n" as HTML }.joined()
        let files = FeedFile.all(of: post)
        // Readers take one enclosure at most. How long it is is not known here, which is said by 0.
        let enclosure: HTML =
            files.first.map { "<enclosure url=\"\($0.address)\" length=\"0\" type=\"\($0.type)\"/>\n" }
            ?? HTML()
        return """
            <item>
            <guid isPermaLink="false">\(post.uri)</guid>
            <title>\(title(of: post))</title>
            <link>\(link(to: post))</link>
            <pubDate>\(Feed.date(post.createdAt))</pubDate>
            \(tags)\(enclosure)\(files.map(\.media).joined())<description>\(FeedContent.html(post, words).text)</description>
            </item>

            """
    }

    private static func date(_ moment: String) -> String {
        HTTPDate.format((ISO8601.parse(moment) ?? 0) / 1_000)
    }
}
