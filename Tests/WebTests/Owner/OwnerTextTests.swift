import JSON
import Markup
import Testing

@testable import Web

@Suite struct OwnerTextTests {
    @Test func `a mention leads to the owner's page of the person, and nothing of their server stays`() throws
    {
        let text = try text(
            #"<p><span class="h-card"><a href="https://b.example/@bob?x=1&amp;y=2" class="u-url mention" rel="nofollow noopener noreferrer" target="_blank">@<span>bob</span></a></span> hi</p>"#,
            #""mentions":[{"id":"7","acct":"bob@b.example","url":"https://b.example/@bob?x=1&y=2"}]"#)
        #expect(
            text.html.text
                == #"<p><span class="h-card"><a href="/home/people/7">@<span>bob</span></a></span> hi</p>"#)
    }

    @Test(arguments: [
        ("https://b.example/tags/Cats", "class=\"mention hashtag\""),
        ("https://b.example/t/cats/", "rel=\"nofollow noopener noreferrer tag\""),
    ])
    func `a hashtag opens here`(address: String, mark: String) throws {
        let text = try text(
            "<p><a href=\"\(address)\" \(mark)>#<span>Cats</span></a></p>", #""tags":[{"name":"cats"}]"#)
        #expect(text.html.text == "<p><a href=\"/home/tags/cats\">#<span>Cats</span></a></p>")
    }

    @Test func `a link that only ends like a hashtag of the post stays as it is`() throws {
        let text = try text(
            "<p><a href=\"https://b.example/cats\">x</a></p>", #""tags":[{"name":"cats"}]"#)
        #expect(text.html.text == "<p><a href=\"https://b.example/cats\">x</a></p>")
    }

    @Test func `pictures stand for shortcodes in text, not in addresses`() throws {
        let text = try text(
            "<p>:a: <a href=\"https://b.example/:a:\">x</a></p>",
            #""emojis":[{"shortcode":"a","url":"https://me/a.png"}]"#)
        #expect(text.html.text.hasPrefix("<p><img class=\"emoji\""))
        #expect(text.html.text.hasSuffix("<a href=\"https://b.example/:a:\">x</a></p>"))
    }

    @Test(arguments: [
        ("<p>one two <b>three four five six</b></p>", 21, "<p>one two <b>three\u{2026}</b></p>"),
        ("<p>abc<br>defghijklmnopqrstuvw</p>", 16, "<p>abc<br>defghi\u{2026}</p>"),
        ("<p>\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}\u{e4}</p>", 6, "<p>\u{e4}\u{2026}</p>"),
        ("<p>\u{1f600}\u{1f600}\u{1f600}</p>", 8, "<p>\u{1f600}\u{2026}</p>"),
        (
            "<p>\u{3042} \u{3044}\u{3046}\u{3048}\u{304a}\u{304b}</p>", 13,
            "<p>\u{3042} \u{3044}\u{3046}\u{2026}</p>"
        ),
        ("<p>ab&amp;&amp;&amp;&amp;&amp;&amp;</p>", 8, "<p>ab\u{2026}</p>"),
        ("<p>ab&amp;&amp;&amp;&amp;&amp;&amp;</p>", 13, "<p>ab&amp;\u{2026}</p>"),
    ])
    func `a long text is cut where nothing breaks`(content: String, limit: Int, cut: String) throws {
        let text = try text(content, limit: limit)
        #expect(text.isCut)
        #expect(text.html.text == cut)
    }

    @Test func `what is only a little too long is shown whole`() throws {
        let content = "<p>one two three four</p>"
        #expect(try text(content, limit: 21).html.text == content)
    }

    private func text(_ content: String, _ more: String = #""a":1"#, limit: Int? = nil) throws -> OwnerText {
        let quoted = content.replacing("\"", with: "\\\"")
        let json = try Document(Array(#"{"id":"1","content":"\#(quoted)",\#(more)}"#.utf8)).root
        return OwnerText(Post(json), limit: limit)
    }
}
