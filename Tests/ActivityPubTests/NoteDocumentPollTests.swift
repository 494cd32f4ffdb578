import JSON
import Testing

@testable import ActivityPub

struct NoteDocumentPollTests {
    private func read(_ members: String, type: String = "Question") throws -> NoteDocument {
        let start = #""id": "https://a.example/1", "type": "\#(type)", "attributedTo": "https://a.example/u""#
        return try #require(NoteDocument(json("{\(start), \(members)}")))
    }

    private static let noon: Int64 = 1_704_110_400_000

    @Test(
        arguments: [
            (#""endTime": "2024-01-01T12:00:00Z""#, noon, false),
            (#""closed": "2024-01-01T12:00:00Z""#, noon, false),
            (#""endTime": "2024-01-01T12:00:00Z", "closed": "2024-01-01T12:00:00Z""#, noon, false),
            (#""endTime": "2024-01-01T12:00:00Z", "closed": "2024-01-01T11:00:00Z""#, noon, true),
            (#""endTime": "2024-01-01T12:00:00Z", "closed": true"#, noon, true),
            (#""closed": true"#, nil, true), (#""closed": false"#, nil, false),
            (#""closed": "soon""#, nil, false),
            (#""closed": null"#, nil, false),
        ] as [(String, Int64?, Bool)])
    func `the end of a poll is a date, a date that closed it early, or true`(
        members: String, end: Int64?, isClosed: Bool
    ) throws {
        let poll = try read(members)
        #expect(poll.pollEnd == end)
        #expect(poll.isPollClosed == isClosed)
    }

    @Test func `a poll with only a closing date ahead is open until then`() throws {
        let poll = try read(#""closed": "2024-01-01T12:00:00Z""#)
        #expect(!poll.isPollClosed(at: Self.noon - 1))
        #expect(poll.isPollClosed(at: Self.noon))
        #expect(!(try read(#""name": "x""#).isPollClosed(at: .max)))
    }

    @Test(arguments: [
        (#""name": "Yes", "inReplyTo": "https://b.example/q""#, "Note", true),
        (#""name": "Yes", "inReplyTo": "https://b.example/q", "content": """#, "Note", true),
        (
            #""name": "Yes", "inReplyTo": "https://b.example/q", "content": null, "attachment": []"#, "Note",
            true
        ),
        (#""name": "Yes", "inReplyTo": "https://b.example/q", "content": "x""#, "Note", false),
        (#""name": "Yes""#, "Note", false), (#""inReplyTo": "https://b.example/q""#, "Note", false),
        (#""name": "", "inReplyTo": "https://b.example/q""#, "Note", false),
        (#""name": "Yes", "inReplyTo": "https://b.example/q""#, "Page", false),
        (
            #""name": "Yes", "inReplyTo": "https://b.example/q", "attachment": {"type": "Image", "url": "https://b.example/i.png"}"#,
            "Note", false
        ),
    ])
    func `a vote is a note with a name, a parent and nothing to read`(
        members: String, type: String, isVote: Bool
    )
        throws
    {
        #expect(try read(members, type: type).isVote == isVote)
    }

    @Test(.enabled(if: Samples.areThere, "the folder of samples is not there"))
    func `a vote from Mastodon is one`() throws {
        let create = try #require(Activity(Samples.value("mastodon/soapbox-pub.fixtures.mastodon-vote.json")))
        #expect(NoteDocument(try #require(create.object))?.isVote == true)
    }
}
