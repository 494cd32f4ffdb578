import JSON
import Testing

@testable import ActivityPub

struct EmojiTests {
    private func read(_ tags: String) throws -> [(shortcode: String, url: String)] {
        Emoji.all(in: try json("{\"tag\": \(tags)}"))
    }

    @Test(arguments: [
        (":blob_cat:", "blob_cat"), ("blob", "blob"), (":a-b.c+1:", "a-b.c+1"), ("::", nil), ("", nil),
        (":a b:", nil),
        (":<b>:", nil), (":a:b:", nil), (":\u{e9}:", nil),
    ])
    func `a shortcode is a word between colons`(name: String, code: String?) throws {
        let found = try read(
            "{\"type\": \"toot:Emoji\", \"name\": \"\(name)\", \"icon\": {\"url\": \"https://a.example/e.png\"}}"
        )
        #expect(found.map(\.shortcode) == [code].compactMap(\.self))
    }

    @Test func `without a picture on the web there is no emoji`() throws {
        #expect(
            try read(#"[{"type": "Emoji", "name": ":a:"}, {"type": "Emoji", "name": ":a:", "icon": "x"}]"#)
                .isEmpty)
    }

    @Test func `each shortcode counts once and a hundred are read`() throws {
        let same = #"{"type": "Emoji", "name": ":a:", "icon": "https://a.example/e.png"}"#
        #expect(try read("[\(same), \(same)]").count == 1)
        let many = (0..<150).map { same.replacing(":a:", with: ":a\($0):") }.joined(separator: ",")
        #expect(try read("[\(many)]").count == 100)
    }
}
