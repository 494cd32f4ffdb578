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
        (#"{"content": "x", "contentMap": {"und": "x", "de": "y"}}"#, nil),
        (#"{"content": {"@value": "x", "@language": "de-at"}}"#, "de-AT"),
        (#"{"content": {"nl": "x"}}"#, "nl"), (#"{"content": {"@value": "x"}}"#, nil),
        ("{}", nil),
        (#"{"language": {"identifier": "\" onload="}}"#, nil),
    ])
    func `the language is the key of the text`(source: String, expected: String?) throws {
        #expect(Language.of(try json(source)) == expected)
    }

    @Test(arguments: [
        ("EN", "en"), ("en-gb", "en-GB"), ("ZH-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("UND", nil),
        ("sl-ROZAJ", "sl-rozaj"),
    ])
    func `a tag is spelled one way`(tag: String, expected: String?) {
        #expect(Language.tag(tag) == expected)
    }

    @Test(arguments: [
        ("zh-Hant-TW", true), ("e", false), ("en-", false), ("en_US", false), ("abcdefghi", false),
        ("en-\u{e9}", false),
    ])
    func `only a well-formed tag passes`(tag: String, passes: Bool) {
        #expect((Language.tag(tag) != nil) == passes)
    }
}
