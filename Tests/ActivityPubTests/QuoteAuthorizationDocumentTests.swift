import JSON
import Testing

@testable import ActivityPub

struct QuoteAuthorizationDocumentTests {
    private static let members = [
        ("id", #""https://a.example/s""#), ("type", #""QuoteAuthorization""#),
        ("attributedTo", #""https://a.example/u""#), ("interactingObject", #""https://b.example/1""#),
        ("interactionTarget", #""https://a.example/2""#),
    ]

    private func read(replacing key: String, with value: String?) throws -> QuoteAuthorizationDocument? {
        let members = Self.members.compactMap { member in
            member.0 == key ? value.map { "\"\(key)\": \($0)" } : "\"\(member.0)\": \(member.1)"
        }
        return QuoteAuthorizationDocument(try json("{\(members.joined(separator: ","))}"))
    }

    @Test func `a stamp says who lets which post quote which`() throws {
        let stamp = try #require(try read(replacing: "", with: nil))
        #expect(stamp.id == "https://a.example/s" && stamp.attributedTo == "https://a.example/u")
        #expect(
            stamp.interactingObject == "https://b.example/1"
                && stamp.interactionTarget == "https://a.example/2")
    }

    @Test(arguments: ["id", "type", "attributedTo", "interactingObject", "interactionTarget"])
    func `without one of its fields it is none`(key: String) throws {
        for value in [
            nil, "null", "5", #""""#, "{}", "[]", #"["https://x.example/1", "https://y.example/2"]"#,
        ] {
            #expect(try read(replacing: key, with: value) == nil)
        }
    }

    @Test func `objects and lists of one are taken, and longer names`() throws {
        #expect(try read(replacing: "attributedTo", with: #"[{"id": "https://a.example/u"}]"#) != nil)
        #expect(try read(replacing: "type", with: #""https://w3id.org/fep/044f#QuoteAuthorization""#) != nil)
        let long = try json(
            #"{"@id": "https://a.example/s", "@type": ["QuoteAuthorization"], "attributedTo": "https://a.example/u", "gts:interactingObject": {"@id": "https://b.example/1"}, "https://gotosocial.org/ns#interactionTarget": "https://a.example/2"}"#
        )
        #expect(QuoteAuthorizationDocument(long) != nil)
    }
}
