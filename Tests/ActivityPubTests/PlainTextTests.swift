import JSON
import Testing

@testable import ActivityPub

struct PlainTextTests {
    @Test(arguments: [
        ("plain", "plain"), ("a\u{0}b", "ab"), ("\u{202E}evil", "evil"), ("a\u{2066}b\u{2069}c", "abc"),
        ("\u{202A}\u{202B}\u{202C}\u{202D}", ""), ("\u{200F}\u{5E9}\u{200E}", "\u{200F}\u{5E9}\u{200E}"),
        ("\u{20AC} 5 \u{2014} \u{1F469}\u{200D}\u{1F680}", "\u{20AC} 5 \u{2014} \u{1F469}\u{200D}\u{1F680}"),
        ("", ""),
    ])
    func `a name keeps neither U+0000 nor what turns the direction of writing`(text: String, expected: String)
    {
        #expect(PlainText.name(text) == expected)
    }

    @Test func `a text loses U+0000 only`() {
        #expect(PlainText.withoutNUL("a\u{0}\u{202E}b") == "a\u{202E}b")
        #expect(PlainText.withoutNUL("ab") == "ab")
    }

    @Test func `names of people, fields, mentions and files are cleaned, and so are the choices of polls`()
        throws
    {
        let actor = try ActorDocument(
            json(
                #"""
                {"id": "https://a.example/u", "type": "Person", "inbox": "https://a.example/i",
                 "preferredUsername": "u\u202e", "name": "\u0000U\u202e", "summary": "x\u0000",
                 "attachment": {"type": "PropertyValue", "name": "n\u202e", "value": "v\u0000"}}
                """#), id: "https://a.example/u")
        #expect(actor.preferredUsername == "u" && actor.name == "U" && actor.summary == "x")
        #expect(actor.fields.map(\.name) == ["n"] && actor.fields.map(\.value) == ["v"])
        let note = try #require(
            NoteDocument(
                json(
                    #"""
                    {"id": "https://a.example/1", "type": "Question", "attributedTo": "https://a.example/u",
                     "content": "a\u0000b", "summary": "c\u202ew", "oneOf": [{"name": "yes\u202e"}],
                     "tag": [{"type": "Mention", "href": "https://b.example/u", "name": "@u\u202e"}],
                     "attachment": {"type": "Image", "url": "https://a.example/1.png", "name": "alt\u202e"}}
                    """#)))
        #expect(note.content == "ab" && note.summary == "cw" && note.options.map(\.name) == ["yes"])
        #expect(note.mentions.map(\.name) == ["@u"] && note.attachments.map(\.description) == ["alt"])
    }
}
