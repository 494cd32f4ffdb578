import JSON
import Testing

@testable import ActivityPub

struct NoteDocumentSurroundingsTests {
    private func read(_ members: String, type: String = "Note") throws -> NoteDocument {
        let start = #""id": "https://a.example/1", "type": "\#(type)", "attributedTo": "https://a.example/u""#
        return try #require(NoteDocument(json("{\(start), \(members)}")))
    }

    @Test func `replies are an address or come along`() throws {
        #expect(try read(#""replies": "https://a.example/r""#).replies?.id == "https://a.example/r")
        let note = try read(
            #""replies": {"id": "https://a.example/r", "type": "Collection", "first": {"type": "CollectionPage", "items": "https://a.example/2", "next": "https://a.example/r?2"}}"#
        )
        #expect(note.replies?.id == "https://a.example/r")
        #expect(note.replies?.document?.firstPage?.itemIDs == ["https://a.example/2"])
        #expect(note.replies?.document?.firstPage?.next == "https://a.example/r?2")
        #expect(try read(#""replies": null"#).replies == nil)
        #expect(try read(#""replies": {}"#).replies == nil)
    }

    @Test func `only an address is a context to be asked for`() throws {
        #expect(try read(#""context": "https://a.example/c""#).contextCollection == "https://a.example/c")
        #expect(try read(#""context": "tag:a.example,2020:c""#).contextCollection == nil)
    }

    @Test func `counts are those of the collections that came along`() throws {
        let note = try read(
            #""likes": {"totalItems": "7"}, "shares": {"type": "Collection", "totalItems": -3}"#)
        #expect(note.likesCount == 7 && note.sharesCount == 0)
        #expect(try read(#""likes": "https://a.example/likes""#).likesCount == nil)
    }

    @Test func `the groups are those of audience, at most 32`() throws {
        #expect(
            try read(#""audience": {"id": "https://b.example/c/x"}"#).audience == ["https://b.example/c/x"])
        let many = (0..<50).map { "\"https://b.example/c/\($0)\"" }.joined(separator: ",")
        #expect(try read("\"audience\": [\(many)]").audience.count == 32)
        #expect(try read(#""audience": null"#).audience.isEmpty)
    }

    @Test(arguments: [
        (#"{"type": "Place", "name": "Town hall"}"#, "Town hall"), (#""Town hall""#, "Town hall"),
        (#"[{"type": "Place", "nameMap": {"de": "Rathaus"}}]"#, "Rathaus"), (#"{"type": "Place"}"#, nil),
        ("null", nil), (#""""#, nil), ("5", nil),
    ])
    func `the place of an event is its name`(location: String, expected: String?) throws {
        #expect(try read("\"location\": \(location)", type: "Event").location == expected)
    }

    @Test func `an article may say what to show of it`() throws {
        let preview = #""preview": {"type": "Note", "content": "<p>short</p>"}"#
        #expect(try read(preview, type: "Article").previewContent == "<p>short</p>")
        #expect(try read(#""preview": {"type": "Link", "href": "x"}"#, type: "Article").previewContent == nil)
        #expect(
            try read(#""preview": {"type": "Note", "content": ""}"#, type: "Article").previewContent == nil)
    }
}
