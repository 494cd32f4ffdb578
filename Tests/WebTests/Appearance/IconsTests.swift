import HTTP
import Testing

@testable import Web

@Suite struct IconsTests {
    @Test func `signs come back as they were written`() {
        var icons = Icons()
        icons[.boost] = "\u{1F43A}"
        #expect(Icons(icons.text) == icons)
        #expect(icons.text == "boost: \u{1F43A}\n")
    }

    @Test func `a sign is a few characters`() throws {
        var icons = Icons()
        icons[.boost] = "abcdef"
        #expect(icons[.boost] == "abc")
        icons[.boost] = "x" + String(repeating: "\u{301}", count: 50)
        #expect(try #require(icons[.boost]).unicodeScalars.count == 12)
        icons[.reply] = ""
        #expect(icons[.reply] == nil)
    }

    @Test func `no sign can end the text that it stands in`() {
        var icons = Icons()
        icons[.boost] = "\"}<"
        #expect(icons.css.contains(".i-boost::before { content: \"\\22 \\7d \\3c \";"))
    }

    @Test func `every sign that nobody chose has a drawing`() async throws {
        let css = Icons().css
        let site = try await Site()
        for icon in Icons.Icon.allCases {
            #expect(css.contains("mask-image: url(/static/icons/\(icon.rawValue).svg)"))
            let drawing = try await site.get("/static/icons/\(icon.rawValue).svg")
            #expect(drawing.status == .ok)
            #expect(drawing.fields["Content-Type"] == "image/svg+xml")
            #expect(drawing.text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
        }
    }
}
