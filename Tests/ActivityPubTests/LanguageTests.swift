import JSON
import Testing

@testable import ActivityPub

struct LanguageTests {
    @Test(arguments: [
        (#"{"content": "x", "contentMap": {"de": "y", "en-GB": "x"}}"#, "en-GB"),
        (#"{"content": "z", "contentMap": {"de": "y", "en": "x"}}"#, "de"),
        (#"{"contentMap": {"und": "y"}}"#, nil),
        (#"{"contentMap": {"": "y"}}"#, nil), (#"{"contentMap": {}}"#, nil), (#"{"contentMap": "de"}"#, nil),
        (#"{"language": {"identifier": "fr", "name": "x"}}"#, "fr"), (#"{"language": "fr"}"#, "fr"),
        ("{}", nil),
        (#"{"language": {"identifier": "\" onload="}}"#, nil),
    ])
    func `the language is the key of the text`(source: String, expected: String?) throws {
        #expect(Language.of(try json(source)) == expected)
    }

    @Test(arguments: [
        ("zh-Hant-TW", true), ("e", false), ("en-", false), ("en_US", false), ("abcdefghi", false),
        ("en-\u{e9}", false),
    ])
    func `only a well-formed tag passes`(tag: String, passes: Bool) {
        #expect((Language.tag(tag) != nil) == passes)
    }
}
