import Markup
import Testing

struct PlainTextTests {
    @Test(arguments: [
        ("<p>a</p><p>b</p>", "a\n\nb"), ("a<br>b<br />c", "a\nb\nc"), ("a<br><br><br>b", "a\n\nb"),
        ("<p>a</p>\n<p>b</p>\n", "a\n\nb"),
        ("a\n b\t c", "a b c"), ("<ul><li>a</li><li>b</li></ul>c", "a\nb\n\nc"),
        ("<div>a</div><div>b</div>", "a\nb"),
        ("<blockquote><p>a</p></blockquote>b", "a\n\nb"), ("<p>&lt;a&gt; &amp; b</p>", "<a> & b"),
        ("<b>a</b><i>b</i>", "ab"),
        ("<pre>a\n  b</pre>", "a\nb"), ("<h1>a</h1>b", "a\n\nb"), ("<script>x</script>a", "a"), ("", ""),
        (" ", ""), ("<p></p>", ""),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"), ("a \u{1F600}", "a \u{1F600}"),
    ])
    func `markup becomes lines of text`(html: String, expected: String) {
        #expect(PlainText.text(html) == expected)
    }

    @Test func `links are as short as they are shown`() {
        let html = """
            <a href="https://www.a.example/long/path"><span class="invisible">https://www.</span>\
            <span class="x ellipsis">a.example/long</span>\
            <span class="invisible">/pa<span>t</span>h</span></a> end
            """
        #expect(PlainText.text(html) == "a.example/long\u{2026} end")
        #expect(PlainText.inline(html) == "https://www.a.example/long/path end")
    }

    @Test(arguments: [
        (5, "<p>abcde</p>", "abcde"), (4, "<p>abcde</p>", "abc\u{2026}"), (1, "abc", "\u{2026}"),
        (0, "abc", ""), (-1, "abc", ""),
        (5, "abc def", "abc\u{2026}"),
        (
            3, "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F466}bcd",
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F466}b\u{2026}"
        ),
        (100, "abc", "abc"), (3, "", ""), (.max, "abc", "abc"),
    ])
    func `a preview is never longer than its limit`(limit: Int, html: String, expected: String) {
        #expect(PlainText.text(html, limit: limit) == expected)
    }

    @Test func `a character of a thousand marks does not make a preview long`() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 100_000)
        let text = PlainText.text(zalgo + "b", limit: 10)
        #expect(text.utf8.count < 1_000)
        #expect(text.hasSuffix("\u{2026}"))
        #expect(!text.unicodeScalars.contains("\u{FFFD}"))
    }

    @Test func `plain text only loses what does harm`() {
        #expect(PlainText.cleaned("<b>\u{0}a\u{202E}\r\n&amp;\t") == "<b>a\n&amp;\t")
    }
}
