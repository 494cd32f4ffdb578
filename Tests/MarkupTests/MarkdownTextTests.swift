import Testing

@testable import Markup

@Suite struct MarkdownTextTests {
    private func html(_ text: String) -> String {
        MarkdownText(text).html(
            mention: { $0.username == "bob" ? ("https://far.example/@bob", "bob") : nil },
            hashtag: { "https://h/tags/\($0)" }
        ).text
    }

    private static let bob =
        #"<span class="h-card" translate="no"><a href="https://far.example/@bob" class="u-url mention">@<span>bob</span></a></span>"#
    private static let tag =
        ##"<a href="https://h/tags/one" class="mention hashtag" rel="tag">#<span>one</span></a>"##

    @Test(arguments: [
        // Paragraphs and lines.
        ("", ""), (" \n\t\n", ""), ("one\ntwo\n\nthree", "<p>one<br />two</p><p>three</p>"),
        ("one  \ntwo\\\nthree", "<p>one<br />two<br />three</p>"),
        // Emphasis.
        (
            "*a* _b_ **c** __d__ ~~e~~",
            "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <del>e</del></p>"
        ),
        ("***a***", "<p><em><strong>a</strong></em></p>"),
        ("**a *b***", "<p><strong>a <em>b</em></strong></p>"),
        ("snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"), ("* a", "<ul><li>a</li></ul>"),
        ("a * b * c", "<p>a * b * c</p>"), ("**a", "<p>**a</p>"), ("*a**", "<p><em>a</em>*</p>"),
        ("*foo**bar*", "<p><em>foo**bar</em></p>"), ("*a _b* c_", "<p><em>a _b</em> c_</p>"),
        ("~a~ ~~~~b", "<p>~a~ ~~~~b</p>"), ("\\*a\\* \\a", "<p>*a* \\a</p>"),
        // Code.
        ("`a *b* @bob #one`", "<p><code>a *b* @bob #one</code></p>"), ("``a`b``", "<p><code>a`b</code></p>"),
        ("`a", "<p>`a</p>"),
        (
            "```swift\nlet <a>\n\n  b\n```\nafter",
            "<pre><code>let &lt;a&gt;\n\n  b\n</code></pre><p>after</p>"
        ),
        ("~~~\nnever closed", "<pre><code>never closed\n</code></pre>"),
        ("    code\n\n      more\n\ntext", "<pre><code>code\n\n  more\n</code></pre><p>text</p>"),
        ("\tcode", "<pre><code>code\n</code></pre>"), ("```\n```", "<pre><code></code></pre>"),
        // Quotes.
        ("> a\n> b\nanswer", "<blockquote><p>a<br />b</p></blockquote><p>answer</p>"),
        (">> a", "<blockquote><blockquote><p>a</p></blockquote></blockquote>"),
        ("a\n> b", "<p>a</p><blockquote><p>b</p></blockquote>"), (">", "<blockquote></blockquote>"),
        // Lists.
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"), ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3) a", "<ol start=\"3\"><li>a</li></ol>"),
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("1. a\n   - b", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("In\n1984. A year", "<p>In<br />1984. A year</p>"),
        ("- a\nb", "<ul><li>a</li></ul><p>b</p>"), ("-", "<ul><li></li></ul>"), ("-a", "<p>-a</p>"),
        ("12345678901. a", "<p>12345678901. a</p>"),
        // Headings, rules, images, HTML.
        ("# Title #\ntext", "<p><strong>Title</strong></p><p>text</p>"),
        ("a\n---\nb", "<p>a</p><p>---<br />b</p>"),
        (
            "![alt](https://a.b/c.png)",
            #"<p><a href="https://a.b/c.png" target="_blank" rel="nofollow noopener">alt</a></p>"#
        ),
        ("<b onclick=x>&amp;</b>", "<p>&lt;b onclick=x&gt;&amp;amp;&lt;/b&gt;</p>"),
        // Links.
        (
            "[a *b*](https://x.example/?q=(1)&r \"title\")",
            #"<p><a href="https://x.example/?q=(1)&amp;r" target="_blank" rel="nofollow noopener">a <em>b</em></a></p>"#
        ),
        (
            "[](https://x.example)",
            #"<p><a href="https://x.example" target="_blank" rel="nofollow noopener">https://x.example</a></p>"#
        ),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"), ("[a](b)", "<p>[a](b)</p>"),
        (
            "*[a*](https://x.example)",
            #"<p>*<a href="https://x.example" target="_blank" rel="nofollow noopener">a*</a></p>"#
        ),
    ])
    func `the common part of CommonMark`(text: String, expected: String) {
        #expect(html(text) == expected)
    }

    @Test(arguments: [
        ("@bob", "<p>\(bob)</p>"), ("**@bob**", "<p><strong>\(bob)</strong></p>"),
        ("- @bob\n> #one", "<ul><li>\(bob)</li></ul><blockquote><p>\(tag)</p></blockquote>"),
        ("@nobody@far.example", "<p>@nobody@far.example</p>"), ("#one", "<p>\(tag)</p>"),
        ("\\@bob \\#one", "<p>@bob #one</p>"),
        ("# #one", "<p><strong>\(tag)</strong></p>"),
    ])
    func `mentions and hashtags are those of plain posts`(text: String, expected: String) {
        #expect(html(text) == expected)
    }

    @Test func `addresses keep their underscores, with brackets around or without`() {
        #expect(html("https://x.example/a_b_c*d*e").contains("a_b_c*d*e"))
        #expect(
            html("<https://x.example/a_b_c>") == "<p>\(PostLink("https://x.example/a_b_c").html.text)</p>")
        #expect(
            html("**https://x.example**")
                == "<p><strong>\(PostLink("https://x.example").html.text)</strong></p>")
    }

    @Test func `who is mentioned in code or in a link's text is not`() {
        let text = MarkdownText("`@a` [@b](https://x.example) @c @C\n    @d\n\n    @e\n\n#X `#y` #x")
        #expect(text.mentions.map(\.username) == ["c", "d"])
        #expect(text.hashtags == ["X"])
    }

    @Test func `the limit counts what is typed`() {
        #expect(MarkdownText("**a** [b](https://x.example/long/address)").length == 5 + 1 + 4 + 23 + 1)
    }

    @Test func `what is nested too deeply is text`() {
        let quotes = html(String(repeating: ">", count: 10_000) + "a")
        #expect(quotes.components("<blockquote>") == 8)
        let lists = html(String(repeating: "- ", count: 2_000) + "a")
        #expect(lists.components("<ul>") == 8)
        let marks = html(
            String(repeating: "*a _b ", count: 1_000) + String(repeating: "c_ d* ", count: 1_000))
        #expect(marks.components("<em>") == marks.components("</em>"))
    }

    /// Each of these takes a naive reader the square of its length, or worse.
    @Test(arguments: [
        "*", "**", "_a_", "[", "]", "[](", "[a](b", "![", ">", "> ", "- ", "1. ", "`", "``a", "`a``", "~~",
        "#", "# ", "\\",
        "<", "&", "@", "#a", "@a@", "https://", "*a_ ", "*a **a ", "\n", "\n\n", "\n>", "\n- ", "\n\t",
        "  \n", "```\n", "a`",
        "[a](https://x.example)", "((", "[a](https://x.example/(", "\u{301}", "- a\n\n",
    ])
    func `no text takes long`(piece: String) {
        let text = String(repeating: piece, count: 50_000 / piece.unicodeScalars.count)
        let start = ContinuousClock.now
        let markdown = MarkdownText(text)
        _ = (markdown.mentions, markdown.hashtags)
        check(html(text), text)
        #expect(ContinuousClock.now - start < .seconds(20), "\(piece)")
    }

    @Test func `whatever comes in, only allowed tags come out, each one closed`() {
        let pieces = [
            "*", "**", "_", "~~", "`", "```", "[", "](", ")", "https://x.example/", "!", "> ", "- ", "1. ",
            "# ", "\n", "\n\n", "    ",
            "\t", "a", " ", "@bob", "#one", "<b>", "&", "\\", "\"", "'", "---", "\u{202E}", "😀",
        ]
        var generator = SplitMix(state: 42)
        for _ in 0..<4_000 {
            let count = Int.random(in: 1..<24, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            check(html(text), text)
        }
    }

    private static let allowed: Set<String> = [
        "p", "br", "span", "a", "del", "pre", "blockquote", "code", "strong", "em", "ul", "ol", "li",
    ]

    /// Every tag is one of those that may be, and they are properly nested.
    private func check(_ html: String, _ source: String) {
        // By scalars: what combines with a bracket would hide it.
        let html = String(String.UnicodeScalarView(html.unicodeScalars.filter(\.isASCII)))
        var open: [Substring] = []
        for piece in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = piece.firstIndex(of: ">") else {
                Issue.record("a tag without end in \(source.prefix(200).debugDescription)")
                return
            }
            let tag = piece[..<end]
            let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
            guard Self.allowed.contains(String(name)) else {
                Issue.record("<\(name)> in \(source.prefix(200).debugDescription)")
                return
            }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else {
                    Issue.record("</\(name)> in \(source.prefix(200).debugDescription)")
                    return
                }
            } else if name != "br" {
                open.append(name)
            }
        }
        #expect(open.isEmpty, "\(source.prefix(200).debugDescription)")
    }
}

extension String {
    /// How often it holds another one.
    fileprivate func components(_ other: String) -> Int { ranges(of: other).count }
}

/// Numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
