import JSON
import Testing

@testable import ActivityPub

struct ShapeTests {
    @Test(arguments: [
        (#""https://a.example/1""#, ["https://a.example/1"]),
        (#"{"id": "https://a.example/1", "type": "Note"}"#, ["https://a.example/1"]),
        (#"{"@id": "https://a.example/1"}"#, ["https://a.example/1"]),
        (#"{"type": "Link", "href": "https://a.example/1"}"#, ["https://a.example/1"]),
        (
            #"["https://a.example/1", null, {"id": "https://a.example/2"}, 7, "", {}, ["https://a.example/3"]]"#,
            ["https://a.example/1", "https://a.example/2"]
        ),
        ("[]", []), ("null", []), (#""""#, []), ("{}", []), (#"{"id": null}"#, []), ("17", []), ("true", []),
        (#"{"id": ["https://a.example/1"]}"#, []),
        (#"{"@list": ["https://a.example/1"]}"#, ["https://a.example/1"]),
        (#"{"@set": "https://a.example/1"}"#, ["https://a.example/1"]),
    ])
    func `a reference is read in every shape, and what is none is skipped`(source: String, ids: [String])
        throws
    {
        let value = try json(source)
        #expect(value.ids() == ids)
        #expect(value.firstID == ids.first)
    }

    @Test(arguments: [
        (#"[1, null, 2]"#, ["1", "2"]), ("5", ["5"]), (#"{"a":1}"#, [#"{"a":1}"#]), ("null", []), ("[]", []),
        ("[null]", []), (#"{"@list": [1, null]}"#, ["1"]), (#"{"@set": null}"#, []),
        (#"{"@list": {"@list": [1]}}"#, [#"{"@list": [1]}"#]),
    ])
    func `one value and a list of one are the same`(source: String, elements: [String]) throws {
        let value = try json(source)
        #expect(value.asArray.map { text(Array($0.rawBytes)) } == elements)
        #expect(value.first.map { text(Array($0.rawBytes)) } == elements.first)
    }

    @Test(arguments: [
        (#""Note""#, ["Note"]), (#"["Person", "pt:Streamer"]"#, ["Person", "Streamer"]),
        (#""as:Note""#, ["Note"]),
        (#""https://www.w3.org/ns/activitystreams#Note""#, ["Note"]),
        (#""http://joinmastodon.org/ns#Emoji""#, ["Emoji"]),
        (#""http://schema.org/PropertyValue""#, ["PropertyValue"]),
        ("null", []), ("7", []), ("[7, null]", []), (#""""#, [""]), (#""ends with:""#, [""]),
    ])
    func `a type is its local name`(source: String, types: [String]) throws {
        #expect(try json("{\"type\": \(source)}").types == types)
        #expect(try json("{\"@type\": \(source)}").types == types)
        #expect(try json("{\"type\": \(source)}").has(type: "Note") == types.contains("Note"))
    }

    @Test(arguments: [
        (#"{"content": "a"}"#, "a"), (#"{"content": ""}"#, ""),
        (#"{"contentMap": {"en": "b", "de": "c"}}"#, "b"),
        (#"{"content": {"en": "d"}}"#, "d"), (#"{"content": {"@value": "e", "@language": "en"}}"#, "e"),
        (#"{"content": ["f", "g"]}"#, "f"), (#"{"content": [null, {"@value": "h"}]}"#, "h"),
        (#"{"content": null, "contentMap": {"en": "i"}}"#, "i"), (#"{"content": 5}"#, nil), ("{}", nil),
        (#"{"contentMap": {"und": "k"}}"#, "k"), (#"{"content": "a\u0000b"}"#, "ab"),
        (#"{"content": {}}"#, nil),
        (#"{"contentMap": "no map"}"#, nil), (#"{"content": {"en": 1}, "contentMap": {"en": "j"}}"#, "j"),
    ])
    func `a text is read from a string, a language map, a list or a value object`(
        source: String, expected: String?
    ) throws {
        #expect(try json(source).text("content") == expected)
    }

    @Test(
        arguments: [
            (#""2024-01-02T03:04:05Z""#, 1_704_164_645_000),
            (#""2024-01-02T03:04:05.678+00:00""#, 1_704_164_645_678),
            (#""2024-01-02T03:04:05""#, 1_704_164_645_000),
            (#""2024-01-02T05:04:05+0200""#, 1_704_164_645_000),
            (#""2024-01-02T03:04:05+0000""#, 1_704_164_645_000), (#"["2024-01-02"]"#, 1_704_153_600_000),
            (#"{"@value": "2024-01-02T03:04:05Z"}"#, 1_704_164_645_000), (#""soon""#, nil),
            ("1704164645", nil),
            ("null", nil), (#""12024-01-02T03:04:05Z""#, nil),
        ] as [(String, Int64?)])
    func `a moment is read in the spellings that are seen`(source: String, expected: Int64?) throws {
        #expect(try json("{\"published\": \(source)}").date("published") == expected)
    }

    @Test(arguments: [
        #"{"as:sensitive": true}"#, #"{"https://www.w3.org/ns/activitystreams#sensitive": true}"#,
        #"{"sensitive": true}"#,
    ])
    func `sensitive is read in every spelling of its name`(source: String) throws {
        #expect(try json(source).flag("sensitive"))
    }

    @Test func `a document that names a key twice is refused by the parser`() {
        #expect(throws: JSONError.self) {
            try json(#"{"id": "https://a.example/1", "id": "https://b.example/1"}"#)
        }
        #expect(throws: JSONError.self) { try json(#"{"to": [{"id": "x", "\u0069d": "y"}]}"#) }
    }

    @Test(arguments: ["@graph", "@reverse", "@included"])
    func `a document that is turned inside out is nobody's`(key: String) throws {
        let rest = #""id": "https://a.example/1", "inbox": "https://a.example/i", "preferredUsername": "u""#
        let note = try json(
            #"{"type": "Note", "attributedTo": "https://a.example/u", \#(rest), "\#(key)": {}}"#)
        #expect(NoteDocument(note) == nil)
        #expect(
            Activity(try json(#"{"type": "Like", "actor": "https://a.example/u", "\#(key)": []}"#)) == nil)
        let actor = try json(#"{"type": "Person", \#(rest), "\#(key)": {}}"#)
        #expect(throws: ActorDocumentError.notAnObject) {
            try ActorDocument(actor, id: "https://a.example/1")
        }
    }

    @Test(arguments: [
        "", #""@context": "https://www.w3.org/ns/activitystreams", "#,
        #""@context": [{"x": "y"}, 5, null], "#,
        #""@context": {"Note": "as:Person"}, "#, #""@context": null, "#,
    ])
    func `the context of a document changes nothing`(context: String) throws {
        let source =
            #"{\#(context)"id": "https://a.example/1", "type": "Note", "attributedTo": "https://a.example/u"}"#
        #expect(NoteDocument(try json(source))?.type == .note)
    }

    @Test(arguments: [
        ("true", true), ("false", false), (#""true""#, false), ("1", false), ("null", false),
        ("[true]", false),
    ])
    func `only true is true`(source: String, expected: Bool) throws {
        #expect(try json("{\"sensitive\": \(source)}").flag("sensitive") == expected)
    }

    @Test(arguments: [
        ("5", 5), ("-5", -5), (#""17""#, 17), ("1.0e2", 100), ("3.9", 3), ("1e300", Int.max),
        ("-1e300", Int.min),
        (#"{"@value": 5}"#, 5), (#"{"@value": "6"}"#, 6), (#"{"value": 5}"#, nil),
        ("1e400", nil), (#""1e99""#, Int.max), ("99999999999999999999999", Int.max), (#""many""#, nil),
        ("null", nil),
        (#""nan""#, nil), ("[3]", nil),
    ])
    func `a number is clamped and never overflows`(source: String, expected: Int?) throws {
        #expect(try json("{\"totalItems\": \(source)}").integer("totalItems") == expected)
    }
}
