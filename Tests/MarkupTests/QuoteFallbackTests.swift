import Markup
import Testing

struct QuoteFallbackTests {
    @Test(arguments: [
        ("<p>a</p>", "<p>a</p>"), ("", ""),
        ("<p class=\"quote-inline\">RE: <a href=\"x\">y</a></p><p>a</p>", "<p>a</p>"),
        ("<p class=\"quote-inline\">RE: </p>", ""),
        (
            "<p>a<span class=\"quote-inline\"><br><br>RE: <a href=\"x\"><span>y</span></a></span></p>",
            "<p>a</p>"
        ),
        ("<span class=\"quote-inline\">RE: y</span><br><br>a", "a"),
        ("<p lang=\"en\" class=\"quote-inline\">RE</p><pre>a</pre>", "<pre>a</pre>"),
        ("<p class=\"quote-inline\">RE<pre>a</pre></p>b", "b"),
        // Not closed, another element, only the words.
        ("<p class=\"quote-inline\">RE", "<p class=\"quote-inline\">RE"),
        ("<a class=\"quote-inline\">RE</a>", "<a class=\"quote-inline\">RE</a>"),
        ("<pre class=\"quote-inline\">RE</pre>", "<pre class=\"quote-inline\">RE</pre>"),
        ("class=\"quote-inline\"", "class=\"quote-inline\""),
        ("<p>class=\"quote-inline\"</p>", "<p>class=\"quote-inline\"</p>"),
    ])
    func `the line for those who cannot show quotes is found whole or not at all`(html: String, left: String)
    {
        #expect(QuoteFallback.removed(from: html) == left)
    }
}
