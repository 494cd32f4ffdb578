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

    @Test func `other tags are left alone`() throws {
        let tags = try read(#"[{"type": "Link", "href": "https://b.example/"}, 5, null, "x"]"#)
        #expect(tags.mentions.isEmpty && tags.hashtags.isEmpty)
    }
}
