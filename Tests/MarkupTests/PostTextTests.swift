import Markup
import Testing

/// Somebody known at every host but `unknown.example`.
private func html(_ text: String) -> String {
    PostText(text).html(
        mention: { handle in
            handle.domain == "unknown.example"
                ? nil
                : (
                    url: "https://\(handle.domain ?? "here.example")/@\(handle.username)",
                    username: handle.username
                )
        },
        hashtag: { "https://here.example/tags/\($0.lowercased())" }
    ).text
}

struct PostTextTests {
    @Test(arguments: [
        ("", ""), (" \n ", ""), ("a", "<p>a</p>"), ("a\nb", "<p>a<br />b</p>"),
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("a\n\n\n\nb", "<p>a</p><p>b</p>"), ("a\n \t\nb", "<p>a</p><p>b</p>"),
        ("a\r\n\r\nb\r\nc", "<p>a</p><p>b<br />c</p>"),
        ("  a  ", "<p>a</p>"), ("\n\na\n", "<p>a</p>"), ("a \nb", "<p>a<br />b</p>"),
        ("a\n  b", "<p>a<br />  b</p>"),
        ("a  b", "<p>a  b</p>"), ("<b> & \"'", "<p>&lt;b&gt; &amp; &quot;&#39;</p>"),
        ("a\u{202E}\u{0}b", "<p>ab</p>"),
    ])
    func `blank lines make paragraphs, newlines line breaks`(text: String, expected: String) {
        #expect(html(text) == expected)
    }

    @Test func `a short link is shown whole`() {
        #expect(
            html("https://a.example/b") == """
                <p><a href="https://a.example/b" target="_blank" rel="nofollow noopener" translate="no">\
                <span class="invisible">https://</span><span class="">a.example/b</span>\
                <span class="invisible"></span></a></p>
                """)
    }

    @Test func `a long link is shown cut after thirty characters`() {
        #expect(
            html("http://www.a.example/0123456789/0123456789?q=<") == """
                <p><a href="http://www.a.example/0123456789/0123456789?q=" target="_blank" \
                rel="nofollow noopener" translate="no"><span class="invisible">http://www.</span>\
                <span class="ellipsis">a.example/0123456789/012345678</span>\
                <span class="invisible">9?q=</span></a>&lt;</p>
                """)
    }

    @Test func `a link is not cut for the sake of one character`() {
        #expect(
            html("https://a.example/012345678901234567890").contains(
                "<span class=\"\">a.example/012345678901234567890</span>"))
        #expect(
            html("https://a.example/0123456789012345678901").contains(
                "<span class=\"ellipsis\">a.example/01234567890123456789</span>"))
    }

    @Test func `an address with ampersands and quotes is escaped once`() {
        let html = html("https://a.example/?a=1&b='2")
        #expect(html.contains("href=\"https://a.example/?a=1&amp;b=&#39;2\""))
        #expect(html.contains("<span class=\"\">a.example/?a=1&amp;b=&#39;2</span>"))
    }

    @Test func `an international host is shown in Unicode and linked in ASCII`() {
        for text in ["https://b\u{FC}cher.example/\u{FC}", "https://xn--bcher-kva.example/\u{FC}"] {
            let html = html(text)
            #expect(html.contains("href=\"https://xn--bcher-kva.example/\u{FC}\""))
            #expect(html.contains("<span class=\"\">b\u{FC}cher.example/\u{FC}</span>"))
        }
    }

    @Test func `addresses of other kinds show their scheme, chat addresses do not`() {
        #expect(
            html("gemini://a.example").contains(
                "<span class=\"invisible\"></span><span class=\"\">gemini://a.example</span>"))
        #expect(
            html("xmpp:a@b.example").contains(
                "<span class=\"invisible\">xmpp:</span><span class=\"\">a@b.example</span>"))
    }

    @Test func `a mention is marked up as others expect it`() {
        #expect(
            html("Hi @Bob@b.example!") == """
                <p>Hi <span class="h-card" translate="no">\
                <a href="https://b.example/@Bob" class="u-url mention">@<span>Bob</span></a></span>!</p>
                """)
    }

    @Test func `a mention of nobody stays text`() {
        #expect(html("Hi @bob@unknown.example\n!") == "<p>Hi @bob@unknown.example<br />!</p>")
    }

    @Test func `what a resolver answers is escaped`() {
        let html = PostText("@a #b").html(
            mention: { _ in (url: "\"<", username: "<i>") }, hashtag: { _ in "\"&" }
        ).text
        #expect(
            html == """
                <p><span class="h-card" translate="no"><a href="&quot;&lt;" class="u-url mention">@\
                <span>&lt;i&gt;</span></a></span> \
                <a href="&quot;&amp;" class="mention hashtag" rel="tag">#<span>b</span></a></p>
                """)
    }

    @Test func `a hashtag is marked up as others expect it`() {
        let expected = """
            <a href="https://here.example/tags/swift" class="mention hashtag" rel="tag">\
            #<span>Swift</span></a>
            """
        #expect(html("#Swift, \u{FF03}Swift") == "<p>\(expected), \(expected)</p>")
    }

    @Test func `markup pieces keep their lines and spaces`() {
        let tag =
            #"<a href="https://here.example/tags/a" class="mention hashtag" rel="tag">#<span>a</span></a>"#
        #expect(html(" #a  #a\n#a\n\n#a ") == "<p>\(tag)  \(tag)<br />\(tag)</p><p>\(tag)</p>")
    }

    @Test func `what the formatter writes passes the sanitizer with its classes`() {
        let html = html("Hi @bob@b.example #Swift https://a.example/a/very/long/address/that/is/cut\n\nend")
        let sanitized = Sanitizer.sanitize(html).text
        #expect(OutputChecker.problem(in: sanitized) == nil)
        #expect(PlainText.text(sanitized) == "Hi @bob #Swift a.example/a/very/long/address/\u{2026}\n\nend")
        for piece in [
            "class=\"h-card\" translate=\"no\"", "class=\"u-url mention\"", "class=\"mention hashtag\"",
            "class=\"ellipsis\"",
        ] {
            #expect(html.contains(piece))
            #expect(sanitized.contains(piece))
        }
    }

    @Test func `mentions, hashtags and links are listed once and in order`() {
        let text = PostText(
            """
            @b@x.example #Two @a #one https://x.example @B@X.Example #TWO https://y.example \
            https://x.example @c #\u{C9}t\u{E9} #\u{E9}T\u{C9}
            """
        )
        #expect(
            text.mentions == [
                Handle(username: "b", domain: "x.example"), Handle(username: "a"), Handle(username: "c"),
            ])
        #expect(text.hashtags == ["Two", "one", "\u{C9}t\u{E9}"])
        #expect(text.links == ["https://x.example", "https://y.example"])
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("a\nb", 3), ("a\r\nb", 3),
        ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F466}e\u{301}", 2),
        ("https://a.example", 23), ("see https://a.example/\(String(repeating: "x", count: 500)).", 28),
        ("@alice@very.long.host.example hi", 9), ("@alice hi", 9), ("#tag", 4), ("  a  ", 5),
        ("a@b.example", 11), ("http://localhost", 16), ("\u{1F1E9}\u{1F1EA}", 1),
    ])
    func `length counts characters, links as 23 and handles without host`(text: String, length: Int) {
        #expect(PostText(text).length == length)
    }

    @Test(arguments: [
        "@a", " @a@b", " #1", "#a\u{B7}", "http://", "http://a", "https://a.b/(", "\n", "@", "a.",
        "http://a.b/))", "#",
    ])
    func `a long text of anything ends`(piece: String) {
        let text = PostText(String(repeating: piece, count: 3_000))
        #expect(text.length <= 3_000 * 25)
        #expect(text.html(mention: { _ in nil }, hashtag: { $0 }).text.utf8.count < 1_500_000)
    }
}
