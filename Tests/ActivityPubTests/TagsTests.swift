import JSON
import Testing

@testable import ActivityPub

struct TagsTests {
    private func read(_ tag: String) throws -> Tags {
        Tags(try json("{\"tag\": \(tag)}"))
    }

    @Test(arguments: [
        (##""#Tag""##, "Tag"), (##""Tag""##, "Tag"), (##"["#a"]"##, "a"), (##""\uff03wide""##, "wide"),
        (##""#""##, nil), (##""""##, nil), (##""#two words""##, nil), (###""##x""###, nil), ("null", nil),
    ])
    func `a hashtag is its name without the mark`(name: String, expected: String?) throws {
        #expect(
            try read("{\"type\": \"as:Hashtag\", \"name\": \(name)}").hashtags
                == [expected].compactMap(\.self))
    }

    @Test(arguments: [
        (#""https://b.example/u""#, "https://b.example/u"),
        (#"["https://b.example/u"]"#, "https://b.example/u"),
        ("null", nil), (#""""#, nil),
    ])
    func `a mention is whom it links to`(href: String, expected: String?) throws {
        let tags = try read("[{\"type\": \"Mention\", \"href\": \(href)}]")
        #expect(tags.mentions.map(\.href) == [expected].compactMap(\.self))
    }

    @Test func `mentions, hashtags and emojis are told apart in one look, whatever the order and spelling`()
        throws
    {
        let tags = try read(
            ##"[{"type": "toot:Emoji", "name": ":a:", "icon": "https://a.example/a.png"}, {"type": ["Mention", "x:Y"], "href": "https://b.example/u", "name": null}, {"type": "as:Hashtag", "name": ["#t"], "href": null}]"##
        )
        #expect(tags.emojis.map(\.shortcode) == ["a"] && tags.mentions.map(\.href) == ["https://b.example/u"])
        #expect(tags.mentions.map(\.name) == [nil] && tags.hashtags == ["t"] && tags.quote == nil)
    }

    @Test func `a thousand tags are looked at and no more`() throws {
        let idle = Array(repeating: "{}", count: 1_000).joined(separator: ",")
        #expect(try read("[\(idle), {\"type\": \"Hashtag\", \"name\": \"late\"}]").hashtags.isEmpty)
    }

    @Test func `other tags are left alone`() throws {
        let tags = try read(#"[{"type": "Link", "href": "https://b.example/"}, 5, null, "x"]"#)
        #expect(tags.mentions.isEmpty && tags.hashtags.isEmpty)
    }
}
