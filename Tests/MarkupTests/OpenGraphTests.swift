import Testing

@testable import Markup

@Suite struct OpenGraphTests {
    private static let page: String = """
        <!DOCTYPE html><html lang="en-GB" prefix="og: https://ogp.me/ns#"><head><meta charset="utf-8">
        <title>The tab</title>
        <meta property="og:title" content="Frogs &amp; &quot;ponds&quot;">
        <meta property="og:description" content="  All about
           frogs ">
        <meta property="og:image" content="/a.png?x=1&amp;y=2">
        <meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
        <meta property="og:image:alt" content="A frog">
        <meta property="og:image" content="/b.png"><meta property="og:image:alt" content="Another">
        <meta property="og:site_name" content="Pond News"><meta property="og:locale" content="en_US">
        <meta property="article:published_time" content="2025-01-02T03:04:05Z">
        <meta property="article:author" content="https://pond.example/ann">
        <meta name="author" content="Ann"><meta name="fediverse:creator" content="@ann@pond.example">
        </head><body><h1>Frogs</h1><meta property="og:title" content="Later"></body></html>
        """

    private static func read(_ html: String) -> OpenGraph { OpenGraph.read(Array(html.utf8)) }

    @Test func `a page with everything`() {
        var graph = OpenGraph()
        graph.title = "Frogs & \"ponds\""
        graph.description = "All about frogs"
        graph.site = "Pond News"
        graph.author = "Ann"
        graph.authorURL = "https://pond.example/ann"
        graph.image = "/a.png?x=1&y=2"
        graph.imageDescription = "A frog"
        graph.imageWidth = 1_200
        graph.imageHeight = 630
        graph.language = "en"
        graph.published = "2025-01-02T03:04:05Z"
        graph.creator = "@ann@pond.example"
        #expect(Self.read(Self.page) == graph)
    }

    private static let titles: [(html: String, title: String?)] = [
        ("", nil), ("just text", nil), ("<title></title>", nil), ("<title> \n </title>", nil),
        ("<title>A &lt;b&gt; &#x1F438;</title>", "A <b> \u{1F438}"),
        ("<TITLE>One</TITLE><title>Two</title>", "One"), ("<title>No end", "No end"),
        ("<meta name=twitter:title content=T><title>x</title>", "T"),
        ("<meta name='OG:Title' content='T'>", "T"),
        ("<meta property='' name='og:title' content='T'>", "T"),
        ("<meta property='og:title' content=''><title>x</title>", "x"),
        ("<meta property='og:title' content='&#0;&#8238;'>", "\u{FFFD}"),
        ("<meta property='og:title' content='One'><meta property='og:title' content='Two'>", "One"),
        ("<script>'<title>no</title>'</script><title>yes</title>", "yes"),
        ("<!-- <title>no</title> --><title>yes</title>", "yes"),
        ("<title>a\u{202E}b\u{7}c</title>", "abc"),
        ("<title>\(String(repeating: "x", count: 200))</title>", String(repeating: "x", count: 200)),
        (
            "<title>\(String(repeating: "x", count: 201))</title>",
            String(repeating: "x", count: 199) + "\u{2026}"
        ),
        ("<html><body><svg><title>A picture</title></svg>", "A picture"),
    ]

    @Test(arguments: titles.indices)
    func `the title is the first that says something`(index: Int) {
        #expect(Self.read(Self.titles[index].html).title == Self.titles[index].title)
    }

    @Test func `second choices`() {
        let graph = Self.read(
            """
            <html lang=pt-BR><meta name="twitter:description" content="D"><meta name="description" content="no">
            <meta name="twitter:image:src" content="//cdn.example/x.png"><meta name=twitter:image:alt content=Alt>
            <meta property="article:author" content="Ann of the Pond"><meta name=author content="no">
            """)
        #expect(graph.description == "D" && graph.image == "//cdn.example/x.png")
        #expect(graph.imageDescription == "Alt")
        #expect(graph.language == "pt" && graph.author == "Ann of the Pond" && graph.authorURL == nil)
        let secure = Self.read(
            "<meta property=og:image content=http://a/x><meta property=og:image:secure_url content=https://a/x>"
        )
        #expect(secure.image == "https://a/x")
    }

    @Test(arguments: ["", "-1", "0", "abc", "1e3", "100001", "99999999999999999999999", " "])
    func `sizes that cannot be are none`(size: String) {
        let graph = Self.read("<meta property='og:image:width' content='\(size)'>")
        #expect(graph.imageWidth == nil)
    }

    @Test(arguments: ["x", "12", "eng lish", "\u{E4}\u{E4}", "-", "english"])
    func `languages that are none`(language: String) {
        #expect(Self.read("<html lang='\(language)'><title>x</title>").language == nil)
    }

    @Test func `an address with a space in it, or too long, is none`() {
        #expect(Self.read("<meta property=og:image content='https://a/b c'>").image == nil)
        let long = "https://a/" + String(repeating: "x", count: 2_048)
        #expect(Self.read("<meta property=og:image content='\(long)'>").image == nil)
    }

    private static let letters: [(bytes: [UInt8], charset: String?, title: String?)] = [
        (Array("<title>Gr\u{FC}\u{DF}e</title>".utf8), nil, "Gr\u{FC}\u{DF}e"),
        (Array("<title>Gr\u{FC}\u{DF}e</title>".utf8), "UTF-8", "Gr\u{FC}\u{DF}e"),
        (latin("<title>Gr\u{FC}\u{DF}e</title>"), "ISO-8859-1", "Gr\u{FC}\u{DF}e"),
        (latin("<meta charset=iso-8859-1><title>Gr\u{FC}\u{DF}e</title>"), nil, "Gr\u{FC}\u{DF}e"),
        (
            latin(
                "<meta http-equiv=Content-Type content='text/html; Charset=Windows-1252'><title>Gr\u{FC}\u{DF}e</title>"
            ), nil, "Gr\u{FC}\u{DF}e"
        ),
        (Array("<title>".utf8) + [0x80, 0x92] + Array("</title>".utf8), "windows-1252", "\u{20AC}\u{2019}"),
        // What the answer says goes before what the page says, and a mark at its beginning before both.
        (Array("<meta charset=latin1><title>\u{FC}</title>".utf8), "utf-8", "\u{FC}"),
        ([0xEF, 0xBB, 0xBF] + Array("<title>\u{FC}</title>".utf8), "latin1", "\u{FC}"),
        // Without a word about it, what is wrong shows as wrong.
        (latin("<title>Gr\u{FC}n</title>"), nil, "Gr\u{FFFD}n"),
        // One that is not read here: sense or nothing.
        ([0x3C, 0x74, 0x69, 0x74, 0x6C, 0x65, 0x3E, 0x93, 0xFA, 0x96, 0x7B], "Shift_JIS", nil),
        (Array("<title>plain</title>".utf8), "Shift_JIS", "plain"),
        (Array("<title>\u{65E5}\u{672C}</title>".utf8), "gbk", "\u{65E5}\u{672C}"),
        ([0xFF, 0xFE, 0x3C, 0, 0x74, 0, 0x69, 0], nil, nil),
    ]

    private static func latin(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    @Test(arguments: letters.indices)
    func `each page is read in the letters it is written in`(index: Int) {
        let sample = Self.letters[index]
        #expect(OpenGraph.read(sample.bytes, charset: sample.charset).title == sample.title)
    }

    @Test func `a page that is cut anywhere is read without harm`() {
        let page = Array(Self.page.utf8)
        for length in 0...page.count {
            let graph = OpenGraph.read(Array(page[..<length]))
            let title = graph.title ?? ""
            #expect("The tab</title".hasPrefix(title) || title == "Frogs & \"ponds\"")
        }
        for place in page.indices {
            var broken = page
            broken[place] = UInt8(truncatingIfNeeded: place &* 37)
            _ = OpenGraph.read(broken, charset: place % 2 == 0 ? nil : "latin1")
        }
    }

    private static let hostile: [String] = [
        "<meta " + String(repeating: "a=b ", count: 250_000) + "><title>x</title>",
        String(repeating: "<meta property=og:title ", count: 40_000) + "><title>x</title>",
        String(repeating: "<", count: 1_000_000), String(repeating: "<div>", count: 200_000),
        "<title>" + String(repeating: "&amp;", count: 200_000),
        "<meta property=og:title content=\"" + String(repeating: "e\u{301}", count: 300_000) + "\">",
        String(repeating: "<meta property=og:image content=x>", count: 30_000),
        "<meta charset=\"" + String(repeating: "x", count: 1_000_000),
        "<meta http-equiv=x content=\"" + String(repeating: "charset", count: 100_000) + "\">",
        String(repeating: "<!--", count: 250_000), String(repeating: "<script>", count: 120_000),
    ]

    @Test(arguments: hostile.indices)
    func `a page made to be slow is read in one pass`(index: Int) {
        let page = Array(Self.hostile[index].utf8)
        // What grows with the square of its length takes minutes here.
        let graph = OpenGraph.read(page)
        #expect((graph.title?.count ?? 0) <= 200)
    }
}
