import Markup
import Testing

@Suite struct LinkInTextTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let html: String
        let link: String?
        var testDescription: String { html }

        init(_ html: String, _ link: String?) {
            self.html = html
            self.link = link
        }
    }

    private static let rest = #" rel="nofollow noopener noreferrer" target="_blank""#

    @Test(arguments: [
        Case("", nil), Case("<p>Hello</p>", nil), Case("<a", nil), Case("<a ", nil), Case("<a >x</a>", nil),
        Case(#"<p><a href="https://a.example/x"\#(rest)>x</a></p>"#, "https://a.example/x"),
        Case(#"<p><a href="http://a.example/"\#(rest)>x</a></p>"#, "http://a.example/"),
        Case(#"<a href="https://a.example/?b=1&amp;c=2&#39;">x</a>"#, "https://a.example/?b=1&c=2'"),
        Case(#"<a href="https://a.example/&copy=1">x</a>"#, "https://a.example/&copy=1"),
        Case(#"<a rel="nofollow" href="https://a.example/x">x</a>"#, "https://a.example/x"),
        Case(#"<a href="gopher://a.example/">x</a><a href="https://b.example/">x</a>"#, "https://b.example/"),
        Case(#"<a href="magnet:?x">x</a>"#, nil), Case(#"<a href="https:/a">x</a>"#, nil),
        // People and hashtags, however the server that wrote it says so.
        Case(#"<a href="https://a.example/@b" class="u-url mention">@<span>b</span></a>"#, nil),
        Case(#"<a href="https://a.example/@b" class="mention">b</a>"#, nil),
        Case(#"<a href="https://a.example/@b" class="h-card">b</a>"#, nil),
        Case(#"<a href="https://a.example/t/c" class="mention hashtag" rel="tag">#c</a>"#, nil),
        Case(#"<a href="https://a.example/t/c" class="x hashtag">c</a>"#, nil),
        Case(#"<a href="https://a.example/t/c" rel="nofollow noopener tag">c</a>"#, nil),
        Case(#"<a href="https://a.example/t/c"\#(rest)>#c</a>"#, nil),
        Case(#"<a href="https://a.example/@b"\#(rest)>@b@a.example</a>"#, nil),
        Case(
            #"<a href="https://a.example/@b" class="mention">@b</a> <a href="https://c.example/">x</a>"#,
            "https://c.example/"),
        Case(#"<a href="https://a.example/" class="mentioned">x</a>"#, "https://a.example/"),
        // The line that stands for a quote.
        Case(#"<p class="quote-inline">RE: <a href="https://a.example/1">x</a></p><p>Hi</p>"#, nil),
        Case(
            #"<p class="quote-inline">RE: <a href="https://a.example/1">x</a></p><p><a href="https://b.example/">"#
                + "x</a></p>", "https://b.example/"),
        Case(
            #"<p><a href="https://b.example/">x</a></p><span class="quote-inline"><a href="https://a.example/1">"#
                + "x</a></span>", "https://b.example/"),
        // What no sanitizer wrote.
        Case(#"<a href='https://a.example/'>x</a>"#, nil), Case(#"<a href="https://a.example/>x</a>"#, nil),
        Case(#"<a title="href="https://a.example/">x</a>"#, nil),
        Case(#"<abbr href="https://a.example/">"#, nil),
        Case(#"<a title="a > b" href="https://a.example/">x</a>"#, "https://a.example/"),
    ])
    func `the first link to a page`(sample: Case) {
        #expect(LinkInText.first(in: sample.html) == sample.link)
    }

    @Test func `what is not wanted is passed over`() {
        let html = #"<a href="https://a.example/1">x</a><a href="https://b.example/2">x</a>"#
        #expect(LinkInText.first(in: html) { $0 != "https://a.example/1" } == "https://b.example/2")
        #expect(LinkInText.first(in: html) { _ in false } == nil)
    }

    @Test func `a link that is too long has no preview`() {
        let address = "https://a.example/" + String(repeating: "x", count: LinkInText.longest - 18)
        #expect(LinkInText.first(in: "<a href=\"\(address)\">x</a>") == address)
        #expect(LinkInText.first(in: "<a href=\"\(address)x\">x</a>") == nil)
    }

    @Test func `what our own texts are made of is understood`() {
        let post = PostText("See #tag https://a.example/?x=1&y=2").html(
            mention: { _ in nil }, hashtag: { "https://home.example/tags/\($0)" }
        ).text
        #expect(LinkInText.first(in: post) == "https://a.example/?x=1&y=2")
        let clean = Sanitizer.sanitize("<a class='x' href='https://a.example/\"'>y</a>").text
        #expect(LinkInText.first(in: clean) == "https://a.example/\"")
    }

    @Test func `a text that is cut anywhere is read without harm`() {
        let html =
            #"<p class="quote-inline">RE: <a href="https://a.example/1">x</a></p><a href="https://b.e/&amp;" x>"#
        for length in 0...html.utf8.count {
            let link = LinkInText.first(in: String(html.prefix(length)))
            #expect(link == nil || link == "https://b.e/&" || link == "https://a.example/1")
        }
    }
}
