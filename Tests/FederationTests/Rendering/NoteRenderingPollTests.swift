import ActivityPub
import Basics
import Federation
import JSON
import Storage
import Testing

struct NoteRenderingPollTests {
    private func poll(_ house: Household, _ change: @escaping @Sendable (inout Poll) -> Void = { _ in })
        async throws
        -> JSONValue
    {
        let id = try await house.post(then: { id, tx in
            var poll = Poll(
                status: id, isMultiple: false, endsAt: Household.start + .hours(1),
                options: [.init(name: "Yes", votes: 3), .init(name: "No", votes: 1)], readAt: Household.start)
            poll.voters = 4
            change(&poll)
            try Polls.save(poll, in: tx)
        })
        let bytes = try house.read { try NoteRendering(identity: house.identity).document(id, in: $0) }
        return try Document(try #require(bytes)).root
    }

    @Test func `a poll is a Question with its numbers`() async throws {
        let question = try await poll(try await Household())
        #expect(question["type"]?.string == "Question")
        #expect(
            text(question["oneOf"].map { Array($0.rawBytes) })
                == #"[{"type":"Note","name":"Yes","replies":{"type":"Collection","totalItems":3}},"#
                + #"{"type":"Note","name":"No","replies":{"type":"Collection","totalItems":1}}]"#)
        #expect(question["endTime"]?.string == "2024-01-02T04:04:05Z")
        #expect(question["votersCount"]?.int == 4 && question["closed"] == nil && question["anyOf"] == nil)
        #expect(question["@context"]?.elements.last?["votersCount"]?.string == "toot:votersCount")
    }

    @Test func `several choices are anyOf, and an end that came is said`() async throws {
        let question = try await poll(try await Household()) { poll in
            poll.isMultiple = true
            poll.isClosed = true
        }
        #expect(question["anyOf"]?.count == 2 && question["oneOf"] == nil)
        #expect(question["closed"]?.string == "2024-01-02T04:04:05Z")
    }

    @Test func `another server can read it`() async throws {
        let note = try #require(NoteDocument(try await poll(try await Household())))
        #expect(note.type == .question)
    }
}
