import Markup
import Testing

/// Attacks on the sanitizer: on its limits, its nesting and its quoting.
struct SanitizingTests {
    private func repeated(_ text: String, bytes: Int) -> String {
        String(repeating: text, count: bytes / text.utf8.count)
    }

    @Test(arguments: [
        "<", "&", "<a", "<a ", "</", "<!", "<!--", "<!---", "<![CDATA[", "<?", "<div>", "<b>", "</b>", "<p>",
        "<ul><li>",
        "<a href=https://a.example>", "<a b=\"", "<a b='", "<script>", "<svg>", "<template>", "<math>",
        "<math><annotation encoding=application/x-tex>", "&#", "&#x110000", "&amp", "<td>x",
        "<img src=https://a.example>",
        "<span class='h-a'>", "<h1>", "<rt>", "<blockquote>x</i>", "\u{202E}", "\u{1F600}", "</p><p>",
        "<textarea>", "]]>", "-->",
        "<p class=\"", "<b><i></b></i>", "<hr>", "<div>x",
    ])
    func `a long run of anything ends, well-formed`(piece: String) {
        let html = Sanitizer.sanitize(repeated(piece, bytes: 1 << 14), base: "https://a.example/b").text
        #expect(OutputChecker.problem(in: html) == nil)
        #expect(PlainText.text(repeated(piece, bytes: 1 << 14), limit: 100).count <= 100)
    }

    // Were time or space not linear, these would not end.
    @Test(arguments: [
        "<", "&", "<div>", "<b>", "<a b=\"", "<a b", "<ul><li>", "<!--", "</", "&#", "<script><",
    ])
    func `a megabyte of anything ends, bounded`(piece: String) {
        let html = Sanitizer.sanitize(repeated(piece, bytes: 1 << 20))
        #expect(html.text.utf8.count <= 6 * Sanitizer.mostBytes)
        #expect(Sanitizer.inlineText(repeated(piece, bytes: 1 << 20)).utf8.count <= 1 << 20)
    }

    @Test func `nesting is flattened beyond the limit, and nothing of the text is lost`() {
        let levels = 5_000
        let nested =
            String(repeating: "<blockquote>", count: levels) + "deep"
            + String(repeating: "</blockquote>", count: levels) + "after"
        let html = Sanitizer.sanitize(nested).text
        let depth = Sanitizer.mostDepth
        #expect(
            html == String(repeating: "<blockquote>", count: depth) + "deep"
                + String(repeating: "</blockquote>", count: depth) + "after")
    }

    @Test func `a hundred thousand nested elements leave little`() {
        let html = Sanitizer.sanitize(String(repeating: "<div><b>", count: 100_000) + "deep").text
        #expect(html.utf8.count < 2_000)
        #expect(OutputChecker.problem(in: html) == nil)
    }

    @Test func `more tags and texts than the limit are cut off`() {
        let html = Sanitizer.sanitize(String(repeating: "<b>x</b>", count: 50_000)).text
        #expect(html == String(repeating: "<b>x</b>", count: 6_666) + "<b>x</b>")
    }

    @Test func `more bytes than the limit are cut off between characters`() {
        let html = Sanitizer.sanitize(String(repeating: "\u{20AC}", count: 500_000)).text
        #expect(html.utf8.count == Sanitizer.mostBytes / 3 * 3)
        #expect(html.unicodeScalars.allSatisfy { $0 == "\u{20AC}" })
    }

    @Test(arguments: [
        "<a href=\"https://a.example\" x='\"><script>alert(1)</script>'>b</a>",
        "<a href='https://a.example/&quot; onclick=&quot;alert(1)'>b</a>",
        "<a href=https://a.example/\"onclick=alert(1)>b</a>",
        "<a href=\"https://a.example\"onclick=alert(1)>b</a>",
        "<a href=`https://a.example` onclick=alert(1)>b</a>", "<p class='h-card\" onclick=\"alert(1)'>b</p>",
        "<p class=\"h-card&quot;onclick=alert(1)\">b</p>",
        "<img alt='\" onerror=alert(1) x=\"' src=https://a.example/i>",
        "<img src='https://a.example/i\" onerror=\"alert(1)' alt=x>",
        "<span lang='en\" onclick=\"x'>b</span>",
        "<a href=\"https://a.example/<script>alert(1)</script>\">b</a>", "<<script>alert(1)//<</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>", "<p <script>alert(1)</script>>",
        "<\u{0}script>alert(1)</script>",
        "<script\u{0}>alert(1)</script>",
        #"<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=x&gt;">"#,
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<!--><img src=x onerror=alert(1)>-->",
        "<!--!><img src=x onerror=alert(1)>-->", "<![CDATA[><img src=x onerror=alert(1)>]]>",
        "<noembed><style></noembed><img src=x onerror=alert(1)></style>",
        "<a href='https://a.example' style=x:y autofocus onfocus=z>b",
        "<base href=javascript:alert(1)//><a href=x>b</a>",
        "<meta http-equiv=refresh content='0;url=javascript:x'>b",
        "<link rel=stylesheet href=https://a.example>b", "<object data=x><p>y",
        "<isindex action=javascript:x>b",
        "<a href=\"&#x6A;&#x61;&#x76;&#x61;script:alert(1)\">b</a>",
        "<a href=\"\u{1}javascript:alert(1)\">b</a>",
        "&lt;img src=x onerror=alert(1)&gt;", "&amp;lt;img src=x&amp;gt;", "<p>\u{202E}<b>\u{202D}",
        "<textarea></textarea><img src=x onerror=alert(1)>", "<title><img src=x onerror=alert(1)></title>",
        "<xmp><img src=x onerror=alert(1)></xmp>", "<plaintext><img src=x onerror=alert(1)>",
    ])
    func `known tricks come out harmless`(attack: String) {
        for wrapped in [
            attack, "<p>\(attack)</p>", "<a href=https://a.example>\(attack)", "<math>\(attack)</math>",
        ] {
            let html = Sanitizer.sanitize(wrapped).text
            #expect(OutputChecker.problem(in: html) == nil, "\(html)")
        }
    }

    @Test func `thousands of documents put together at random come out well-formed`() {
        let pieces = [
            "<p>", "</p>", "<a href=https://a.example>", "</a>", "<a href=javascript:x>", "<b>", "</b>",
            "<i>", "</i>", "<ul>",
            "</ul>", "<li>", "</li>", "<h1>", "</h2>", "<div>", "</div>", "<br>", "<script>", "</script>",
            "<math>", "</math>",
            "<annotation encoding=application/x-tex>", "</annotation>", "<svg>", "</svg>", "<table>", "<td>",
            "text", " ", "&lt;",
            "&", "<", ">", "\"", "'", "<!--", "-->", "<img alt=x src=https://a.example/i>", "<span class=\"",
            "h-card\">", "</span>",
            "<pre>", "</pre>", "\n", "<ruby>", "<rt>", "<textarea>", "</textarea>", "<blockquote>",
            "</blockquote>", "\u{E9}",
            "<h3>", "</h3>", "<hr>",
        ]
        var state: UInt64 = 7
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        for _ in 0..<2_000 {
            let document = (0...random(below: 25)).map { _ in pieces[random(below: pieces.count)] }.joined()
            let html = Sanitizer.sanitize(document).text
            #expect(OutputChecker.problem(in: html) == nil, "\(document)")
            #expect(Sanitizer.sanitize(html).text == html, "\(document)")
            #expect(PlainText.text(document, limit: 20).count <= 20)
        }
    }
}
