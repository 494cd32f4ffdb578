import Markup
import Testing

struct HTMLTests {
    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("a & b", "a &amp; b"), ("<b>", "&lt;b&gt;"), ("\"'", "&quot;&#39;"),
        ("&amp;", "&amp;amp;"), ("\u{E9}\u{1F600}<", "\u{E9}\u{1F600}&lt;"),
    ])
    func `interpolated text is escaped`(text: String, expected: String) {
        let html: HTML = "<p>\(text)</p>"
        #expect(html.text == "<p>\(expected)</p>")
        #expect(HTML(escaping: text).text == expected)
    }

    @Test func `text cannot leave an attribute`() {
        let title = "\" onclick=\"alert(1)\" x='"
        let html: HTML = "<p title=\"\(title)\">"
        #expect(html.text == "<p title=\"&quot; onclick=&quot;alert(1)&quot; x=&#39;\">")
    }

    @Test func `markup inside of markup is not escaped again`() {
        let inner: HTML = "<b>\("&")</b>"
        let outer: HTML = "<p>\(inner) \(42) \(Int64(-1)) \("a<b".dropFirst())</p>"
        #expect(outer.text == "<p><b>&amp;</b> 42 -1 &lt;b</p>")
    }

    @Test func `pieces are put together as they are`() {
        var html: HTML = "<i>"
        html += HTML(escaping: "<")
        html = html + "</i>"
        #expect(html == HTML.trusted("<i>&lt;</i>"))
        #expect(["<a>", html].joined(separator: ", ").text == "<a>, <i>&lt;</i>")
        #expect([HTML]().joined().isEmpty)
        #expect(html.bytes == Array("<i>&lt;</i>".utf8))
    }
}
