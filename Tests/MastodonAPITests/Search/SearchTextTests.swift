import Testing

@testable import MastodonAPI

@Suite struct SearchTextTests {
    @Test(arguments: [
        (#"<p><a href="https://far.example/x">x</a></p>"#, true),
        (#"<p><a href="https://far.example/@bob" class="u-url mention">@bob</a></p>"#, false),
        (#"<p><a class="mention hashtag" href="https://far.example/tags/x">#x</a></p>"#, false),
        (#"<a class="mention">@bob</a> <a href="https://far.example/x">x</a>"#, true),
        ("<p>a < b <abbr>x</abbr>", false),
        ("<a", false),
        ("<", false),
        ("", false),
    ])
    func `a link is one that is neither a mention nor a hashtag`(_ html: String, _ hasLink: Bool) {
        #expect(SearchText.hasLink(html.utf8) == hasLink)
    }
}
