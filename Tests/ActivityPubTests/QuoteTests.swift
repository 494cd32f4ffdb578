import JSON
import Testing

@testable import ActivityPub

struct QuoteTests {
    private static let link =
        #""tag": {"type": "Link", "mediaType": "application/activity+json", "href": "https://b.example/5", "name": "RE: x"}"#

    private func read(_ members: String) throws -> NoteDocument {
        let start = #""id": "https://a.example/1", "type": "Note", "attributedTo": "https://a.example/u""#
        return try #require(NoteDocument(json("{\(start), \(members)}")))
    }

    @Test(arguments: [
        (#""quote": "https://b.example/1""#, "https://b.example/1", false),
        (#""https://w3id.org/fep/044f#quote": {"@id": "https://b.example/1"}"#, "https://b.example/1", false),
        (#""quote": ["https://b.example/1", "https://b.example/2"]"#, "https://b.example/1", false),
        (#""quote": {"id": "https://b.example/1", "type": "Note"}"#, "https://b.example/1", false),
        (#""quoteUri": "https://b.example/4", "quote": "https://b.example/1""#, "https://b.example/1", false),
        (
            #""quoteUri": "https://b.example/4", "quoteUrl": "https://b.example/3", "_misskey_quote": "https://b.example/2""#,
            "https://b.example/2", true
        ),
        (
            #""quoteUri": "https://b.example/4", "as:quoteUrl": "https://b.example/3""#,
            "https://b.example/3", true
        ),
        (#""fedibird:quoteUri": "https://b.example/4""#, "https://b.example/4", true),
        (#""misskey:_misskey_quote": "https://b.example/2""#, "https://b.example/2", true),
        (link, "https://b.example/5", true),
        // BookWyrm's quote is the text that was quoted.
        (#""quote": "Call me Ishmael.""#, nil, false),
        (#""quote": "<p>https://b.example/1</p>""#, nil, false),
        (#""quote": "Call me Ishmael.", "quoteUrl": "https://b.example/3""#, "https://b.example/3", true),
        (#""quote": null"#, nil, false), (#""quote": {"type": "Tombstone"}"#, nil, false),
        (#""quote": "at://did:plc:x/1""#, nil, false), (#""quote": "https://a.example/1""#, nil, false),
        (#""quote": 7"#, nil, false),
    ])
    func `a quote is the first field that names an address`(members: String, id: String?, isLegacy: Bool)
        throws
    {
        let note = try read(members)
        #expect(note.quote == id)
        #expect(note.isLegacyQuote == isLegacy)
    }

    @Test(arguments: [
        (#""rel": "https://misskey-hub.net/ns#_misskey_quote", "name": "x""#, true),
        (#""rel": ["x", "https://w3id.org/fep/044f#quote"]"#, true),
        (#""name": "RE: https://b.example/5""#, true),
        ("", true), (#""name": "see also""#, false), (#""rel": "alternate", "name": "RE: x""#, false),
    ])
    func `a link among the tags is a quote when it says so`(members: String, isQuote: Bool) throws {
        let type = #""mediaType": "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"""#
        let tag =
            #"{"type": "Link", "href": "https://b.example/5", \#(type)\#(members.isEmpty ? "" : ", ")\#(members)}"#
        #expect((try read("\"tag\": [\(tag)]").quote != nil) == isQuote)
    }

    @Test func `a link to a page is no quote`() throws {
        let tag =
            #"{"type": "Link", "mediaType": "text/html", "href": "https://b.example/5", "name": "RE: x"}"#
        #expect(try read("\"tag\": [\(tag)]").quote == nil)
    }

    @Test(
        .enabled(if: Samples.areThere, "the folder of samples is not there"),
        arguments: [
            (
                "misskey/BDX-town.fedibird.quote.json",
                "https://example.com/objects/43479e20-c0f8-4f49-bf7f-13fab8234924"
            ),
            (
                "misskey/BDX-town.misskey.quote.json",
                "https://example.com/objects/43479e20-c0f8-4f49-bf7f-13fab8234924"
            ),
            (
                "misskey/soapbox-pub.quote_post.fedibird_quote_uri.json",
                "https://fedibird.com/users/yamako/statuses/107699333438289729"
            ),
        ])
    func `quotes of other software are found`(path: String, id: String) throws {
        let note = try #require(NoteDocument(Samples.value(path)))
        #expect(note.quote == id && note.isLegacyQuote)
    }
}
