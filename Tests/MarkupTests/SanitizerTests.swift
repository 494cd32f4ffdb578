import Markup
import Testing

/// A case of the sanitizer: what comes in, and what goes out.
struct Cleaning: CustomTestStringConvertible {
    var from: String
    var to: String
    var testDescription: String { from }

    init(_ from: String, _ to: String) {
        self.from = from
        self.to = to
    }
}

/// What every link gets.
private let rel = "rel=\"nofollow noopener noreferrer\""
private let blank = "target=\"_blank\""

struct SanitizerTests {
    private func check(_ cleaning: Cleaning, base: String? = nil) {
        let html = Sanitizer.sanitize(cleaning.from, base: base).text
        #expect(html == cleaning.to)
        #expect(OutputChecker.problem(in: html) == nil)
        #expect(Sanitizer.sanitize(html).text == html, "sanitizing again changes nothing")
    }

    @Test(arguments: [
        "del", "s", "pre", "blockquote", "code", "b", "strong", "u", "i", "em", "ul", "ruby", "rt", "rp", "p",
        "span",
        "ol", "li",
    ])
    func `allowed elements stay, their foreign attributes go`(name: String) {
        check(
            Cleaning(
                "<\(name) id=a onclick=b style=c href=https://d.example>x</\(name)>", "<\(name)>x</\(name)>"))
        check(Cleaning("<\(name.uppercased()) lang=de>x</\(name)>", "<\(name) lang=\"de\">x</\(name)>"))
    }

    @Test(arguments: [
        Cleaning("<p class=\"h-card x\">a</p>", "<p class=\"h-card\">a</p>"),
        Cleaning("<p class=\"x\">a</p>", "<p>a</p>"), Cleaning("<p class=\"\">a</p>", "<p>a</p>"),
        Cleaning("<b class=\"mention\">a</b>", "<b>a</b>"),
        Cleaning(
            "<span class=\"mention hashtag ellipsis invisible quote-inline\">a</span>",
            "<span class=\"mention hashtag ellipsis invisible quote-inline\">a</span>"),
        Cleaning(
            "<span class='\n h-a p-b\tu-c dt-d e-e x-f hidden Mention mentions '>a</span>",
            "<span class=\"h-a p-b u-c dt-d e-e\">a</span>"),
        Cleaning("<span class='h-\"onclick'>a</span>", "<span>a</span>"),
        Cleaning("<span translate=no>a</span>", "<span translate=\"no\">a</span>"),
        Cleaning("<span translate=yes>a</span>", "<span>a</span>"),
        Cleaning("<p translate=no>a</p>", "<p>a</p>"),
        Cleaning(
            "<ol start=3 reversed><li value=-2>a</li></ol>",
            "<ol start=\"3\" reversed=\"\"><li value=\"-2\">a</li></ol>"),
        Cleaning("<ol start=a><li value='1 2'>a</li></ol>", "<ol><li>a</li></ol>"),
        Cleaning("<ol start=12345678901></ol>", "<ol></ol>"), Cleaning("<ul start=3></ul>", "<ul></ul>"),
        Cleaning("<em lang=zh-Hant-TW>a</em>", "<em lang=\"zh-Hant-TW\">a</em>"),
        Cleaning("<em lang='a\"b'>a</em>", "<em>a</em>"), Cleaning("<em lang=''>a</em>", "<em>a</em>"),
    ])
    func `trap html: classes that apps read stay, as do attributes that the table has`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning(
            "<a href='https://a.example/?b&amp;c=d'>e</a>",
            "<a href=\"https://a.example/?b&amp;c=d\" \(rel) \(blank)>e</a>"),
        Cleaning(
            "<a href='https://a.example/?b&copy=d'>e</a>",
            "<a href=\"https://a.example/?b&amp;copy=d\" \(rel) \(blank)>e</a>"),
        Cleaning(
            "<a href=\"https://a.example/'\">e</a>", "<a href=\"https://a.example/'\" \(rel) \(blank)>e</a>"),
        Cleaning(
            "<a href='https://a.example/\"><b>'>e</a>",
            "<a href=\"https://a.example/&quot;&gt;&lt;b&gt;\" \(rel) \(blank)>e</a>"),
        Cleaning(
            """
            <a rel='tag me ugc nofollow external' href=gemini://a.example translate=no class='u-url mention' \
            target=x>e</a>
            """,
            """
            <a href="gemini://a.example" class="u-url mention" rel="nofollow noopener noreferrer tag me ugc" \
            translate="no" \(blank)>e</a>
            """),
        Cleaning("<a href=javascript:alert(1)>e</a>", "e"),
        Cleaning("<a href='&#106;avascript:x'>e</a>", "e"),
        Cleaning("<a href='javascript&colon;x'>e</a>", "e"),
        Cleaning("<a href='java&#9;script:x'>e</a>", "e"),
        Cleaning("<a href='java&#x0A;script:x'>e</a>", "e"),
        Cleaning("<a href='&#1;javascript:x'>e</a>", "e"),
        Cleaning("<a href='java&NewLine;script&colon;x'>e</a>", "e"),
        Cleaning("<a href=\"java\u{0}script:x\">e</a>", "e"),
        Cleaning("<a href=data:text/html,x>e</a>", "e"), Cleaning("<a href='/relative'>e</a>", "e"),
        Cleaning("<a href=#fragment>e</a>", "e"), Cleaning("<a name=x>e</a>", "e"), Cleaning("<a>e</a>", "e"),
        Cleaning("<a href=mailto:a@b.example>e</a>", "e"),
        Cleaning("<a href=javascript:x href=https://a.example>e</a>", "e"),
    ])
    func `links are made safe or become text`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test func `relative links are resolved when there is a base`() {
        let html = Sanitizer.sanitize(
            "<a href='../x'>e</a><img src=/i.png alt=f>", base: "https://a.example/b/c"
        ).text
        #expect(
            html == """
                <a href="https://a.example/b/../x" \(rel) \(blank)>e</a>\
                <a href="https://a.example/i.png" \(rel) \(blank)>f</a>
                """)
    }

    @Test(arguments: [
        "script", "style", "template", "noscript", "iframe", "object", "svg", "noembed", "noframes",
    ])
    func `what is not for reading is removed with its content`(name: String) {
        check(Cleaning("a<\(name) src=x>alert(1)</\(name)>b", "ab"))
        check(Cleaning("a<\(name)><p>x", "a"))
        check(Cleaning("a<\(name.uppercased())>x</\(name)>b", "ab"))
    }

    @Test(arguments: [
        Cleaning("<head><title>a</title><style>b</style></head><body><p>c</p></body>", "<p>c</p>"),
        Cleaning("<html><head><meta charset=x><body>c", "c"),
        Cleaning("a<embed src=x>b</embed>c", "abc"),
        Cleaning("<svg/>a", "a"), Cleaning("<svg><svg/><svg>x</svg></svg>a", "a"),
        Cleaning("<svg><style><a title=\"</style><img src=x onerror=alert(1)>\"></style></svg>a", "a"),
        Cleaning("<template><template>x</template>y</template>a", "a"),
        Cleaning("<script>x</script\n>a", "a"), Cleaning("<script/>x</script>a", "a"),
        Cleaning("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "\"&gt;"),
    ])
    func `removed content ends where it should`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning("<font color=red>a</font> <big>b</big><small>c</small>", "a bc"),
        Cleaning("<custom-element>a</custom-element>", "a"),
        Cleaning("<textarea><b>a</textarea>", "&lt;b&gt;a"),
        Cleaning("<video src=x><track>a</video>", "a"),
        Cleaning("<sub>a</sub><abbr>b</abbr><mark>c</mark>", "abc"),
        Cleaning("a<!-- <script> -->b<?php x ?>c<!DOCTYPE html>d<![CDATA[ <b> ]]>e", "abcde"),
        Cleaning("<span class=mfm-tada>a</span>", "<span>a</span>"),
        Cleaning("<xmp><script></xmp>", "&lt;script&gt;"), Cleaning("<input value=x><button>a</button>", "a"),
    ])
    func `other elements are unwrapped`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning("<div>a</div><div>b</div>", "a<br>b"),
        Cleaning("<div><div>a</div></div><p>b</p>", "a<p>b</p>"),
        Cleaning("<details><summary>a</summary>b</details>c", "a<br>b<br>c"),
        Cleaning("<div><p>a</p></div><div>b</div>", "<p>a</p>b"),
        Cleaning("<b>a<div>b</div></b>", "<b>a<br>b</b>"),
        Cleaning("<dl><dt>a</dt><dd>b</dd></dl>", "a<br>b"), Cleaning("<div></div>a<div></div>", "a"),
        Cleaning("a<br><div>b</div>", "a<br>b"), Cleaning("a<hr>b<hr/>", "a<br>b<br>"),
        Cleaning("a</br>b", "a<br>b"), Cleaning("<center>a</center>b", "a<br>b"),
    ])
    func `unwrapped blocks leave their line breaks`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning("<h1>a</h1>", "<p><strong>a</strong></p>"),
        Cleaning("<h6 class=x>a</H6>b", "<p><strong>a</strong></p>b"),
        Cleaning(
            "<h2><a href=https://a.example>b</a></h2>",
            "<p><strong><a href=\"https://a.example\" \(rel) \(blank)>b</a></strong></p>"),
        Cleaning("<p>a<h3>b</h4>c", "<p>a</p><p><strong>b</strong></p>c"),
        Cleaning("<h1>a<h2>b", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        Cleaning("<h1><p>a</p>b</h1>", "<p><strong>a<br>b</strong></p>"),
        Cleaning("<h1>a<ul><li>b</ul></h1>", "<p><strong>a</strong></p><ul><li>b</li></ul>"),
    ])
    func `headings become bold paragraphs`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning(
            "<img src=https://a.example/i.png alt='A cat'>",
            "<a href=\"https://a.example/i.png\" \(rel) \(blank)>A cat</a>"),
        Cleaning(
            "<img src='https://a.example/d/i.png?x=/y' class=mention>",
            "<a href=\"https://a.example/d/i.png?x=/y\" \(rel) \(blank)>i.png</a>"),
        Cleaning(
            "<img src=https://a.example/ alt=' '>",
            "<a href=\"https://a.example/\" \(rel) \(blank)>a.example</a>"),
        Cleaning("<img alt='<b>&quot;'>", "&lt;b&gt;\""), Cleaning("<img>", ""),
        Cleaning("<img src=data:image/png,x>", ""),
        Cleaning("<img src=javascript:alert(1) alt=x onerror=alert(1)>", "x"),
        Cleaning("<img src=i.png alt=x>", "x"),
        Cleaning("<img class='wp-smiley' src=https://a.example/s.png alt=':)'>", ":)"),
        Cleaning("<img class='emoji' src=https://a.example/s.png alt=':blob:'>", ":blob:"),
        Cleaning(
            "<a href=https://b.example><img src=https://a.example/i.png alt=c></a>",
            "<a href=\"https://b.example\" \(rel) \(blank)>c</a>"),
        Cleaning(
            "<div>a</div><img src=https://a.example/i alt=b>",
            "a<br><a href=\"https://a.example/i\" \(rel) \(blank)>b</a>"),
    ])
    func `images become links with their description`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning(
            "<table><tr><th>a</th><th>b</th></tr>\n<tr><td>c</td><td>d</td></tr></table>e",
            "a | b<br>c | d<br>e"),
        Cleaning("<table><tr><td><b>a</b></td><td></td><td>c</td></table>", "<b>a</b> | c"),
        Cleaning("<td>a<td>b", "a | b"),
    ])
    func `tables become lines of text`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning(
            """
            <math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\sqrt{x} &lt; 1</annotation>\
            </semantics></math>
            """, "$\\sqrt{x} &lt; 1$"),
        Cleaning(
            "<p>a <math display=block><annotation encoding=APPLICATION/x-tex>y</annotation></math> b</p>",
            "<p>a $$y$$ b</p>"),
        Cleaning("<math><mi>x</mi><annotation encoding=text/plain>ex</annotation></math>", "ex"),
        Cleaning(
            "<math><mi>x</mi><mo>+</mo><annotation encoding=image/png>z</annotation><mn>1</mn></math>b",
            "x+1b"),
        Cleaning("<math/>a", "a"), Cleaning("<math></math>a", "a"), Cleaning("<math><mi>a<b>c", "ac"),
        Cleaning(
            "<math><annotation encoding=application/x-tex>&lt;script&gt;<script>x</script>",
            "$&lt;script&gt;$"),
    ])
    func `formulas become their LaTeX`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning("<p>a", "<p>a</p>"), Cleaning("<p>a<p>b", "<p>a</p><p>b</p>"),
        Cleaning("a</p></b>b", "a<br>b"),
        Cleaning("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
        Cleaning("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        Cleaning("<ul><li>a<ul><li>b</ul>c</ul>", "<ul><li>a<ul><li>b</li></ul>c</li></ul>"),
        Cleaning("<ul><li><ol></li><li>a", "<ul><li><ol><li>a</li></ol></li></ul>"),
        Cleaning("<p><b>a<blockquote>b", "<p><b>a</b></p><blockquote>b</blockquote>"),
        Cleaning("<blockquote><p>a</blockquote>b", "<blockquote><p>a</p></blockquote>b"),
        Cleaning(
            "<a href=https://a.example>a<a href=https://b.example>b</a>c</a>",
            """
            <a href="https://a.example" \(rel) \(blank)>a</a>\
            <a href="https://b.example" \(rel) \(blank)>b</a>c
            """
        ),
        Cleaning("<ruby>a<rp>(<rt>b<rp>)</ruby>", "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>"),
        Cleaning("</div></a></html>a", "a"), Cleaning("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        Cleaning("<pre><code> a</code>\n</pre>", "<pre><code> a</code>\n</pre>"),
    ])
    func `what comes out is nested and closed`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        Cleaning(
            "a &amp; b &lt;c&gt; &quot;d&quot; &eacute;&nbsp;&#x1F600;",
            "a &amp; b &lt;c&gt; \"d\" \u{E9}\u{A0}\u{1F600}"),
        Cleaning("a & b < c > d", "a &amp; b &lt; c &gt; d"), Cleaning("&lt;script&gt;", "&lt;script&gt;"),
        Cleaning("&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"),
        Cleaning("a\u{202E}b\u{0}c\u{2066}d&#8238;e", "abcde"),
        Cleaning("  \n<p>a</p>\n\n<p>b</p>\n", "<p>a</p><p>b</p>"),
        Cleaning(" a <b> b </b> ", "a <b> b </b>"),
        Cleaning("", ""), Cleaning(" ", ""), Cleaning("<ul>\n<li>a</li>\n</ul>", "<ul><li>a</li></ul>"),
    ])
    func `text is decoded, cleaned and escaped`(cleaning: Cleaning) {
        check(cleaning)
    }

    @Test(arguments: [
        #"<p>Hi <span class="h-card" translate="no"><span class="u-url">@<span>a</span></span></span></p>"#,
        "<p class=\"quote-inline\">RE: x</p><p>a<br>b</p>", "<p>x</p><blockquote><p>y</p></blockquote>",
    ])
    func `what conforms passes unchanged`(html: String) {
        check(Cleaning(html, html))
    }

    @Test(arguments: [
        ("a<b>b</b> &amp; c", "ab & c"), ("  a \n\t b  ", "a b"), ("<p>a</p><p>b</p>", "a b"),
        ("a<br>b", "a b"),
        ("<script>x</script>a", "a"), ("a < b", "a < b"), ("&lt;b&gt;", "<b>"), ("\u{202E}a\u{0}", "a"),
        ("", ""),
        ("<span class=invisible>a</span>b", "ab"), ("<img alt=x>:cat:", ":cat:"), ("a<td>b", "a b"),
    ])
    func `a name loses its tags and keeps its text`(html: String, expected: String) {
        #expect(Sanitizer.inlineText(html) == expected)
    }
}
