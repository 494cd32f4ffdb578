import JSON
import Testing

@testable import ActivityPub

struct NoteDocumentQuoteTests {
    private func read(_ members: String) throws -> NoteDocument {
        let start = #""id": "https://a.example/1", "type": "Note", "attributedTo": "https://a.example/u""#
        return try #require(NoteDocument(json("{\(start), \(members)}")))
    }

    @Test func `the stamp of a quote is an address`() throws {
        #expect(
            try read(#""quoteAuthorization": "https://b.example/s""#).quoteAuthorization
                == "https://b.example/s")
        #expect(try read(#""quoteAuthorization": {"id": "https://b.example/s"}"#).quoteAuthorization != nil)
        #expect(try read(#""quoteAuthorization": "yes""#).quoteAuthorization == nil)
        #expect(try read(#""quoteAuthorization": null"#).quoteAuthorization == nil)
    }

    @Test func `what let a reply pass is read in both spellings`() throws {
        #expect(try read(#""approvedBy": "https://b.example/s""#).approvedBy == "https://b.example/s")
        #expect(
            try read(#""replyAuthorization": ["https://b.example/s"]"#).approvedBy == "https://b.example/s")
        #expect(try read(#""gts:approvedBy": "https://b.example/s""#).approvedBy == "https://b.example/s")
        #expect(try read(#""approvedBy": true"#).approvedBy == nil)
    }

    @Test func `a post has the policy that it states`() throws {
        let policy = try read(#""interactionPolicy": {"canQuote": {"automaticApproval": "as:Public"}}"#)
            .interactionPolicy
        #expect(policy?.canQuote?.automatic == ["as:Public"])
        #expect(try read(#""interactionPolicy": "none""#).interactionPolicy == nil)
        #expect(try read(#""interactionPolicy": null"#).interactionPolicy == nil)
    }
}
