import ActivityPub
import Basics
import Federation
import JSON
import Storage
import Testing

struct NoteRenderingSurroundingsTests {
    private func note(_ id: StatusID, of house: Household) throws -> JSONValue {
        let bytes = try house.read { try NoteRendering(identity: house.identity).note(id, in: $0) }
        return try Document(try #require(bytes)).root
    }

    @Test func `an answer in a group's conversation goes to the group`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let group = try await house.neighbour("club", at: "g.example") { $0.kind = .group }
        let root = try await house.theirs(bob, "https://b.example/posts/1")
        let middle = try await house.theirs(bob, "https://b.example/posts/2") { $0.inReplyTo = root }
        try await house.theirs(group, "https://g.example/announces/1") { $0.reblogOf = root }
        let open = try await house.post { status, _ in status.inReplyTo = middle }
        let told = try note(open, of: house)
        #expect(told["audience"]?.string == "https://g.example/users/club")
        #expect(told["cc"]?.ids().contains("https://g.example/users/club") == true)
        let closed = try await house.post(visibility: .private, { status, _ in status.inReplyTo = middle })
        #expect(try note(closed, of: house)["audience"] == nil)
        #expect(try note(closed, of: house)["cc"]?.count == 0)
    }

    @Test func `a boost by a person makes no group`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let root = try await house.theirs(bob, "https://b.example/posts/1")
        try await house.theirs(bob, "https://b.example/announces/1") { $0.reblogOf = root }
        let id = try await house.post { status, _ in status.inReplyTo = root }
        #expect(try note(id, of: house)["audience"] == nil)
    }

    @Test func `the text as typed goes with it`() async throws {
        let house = try await Household()
        let id = try await house.post(source: "Hello *you*")
        let source = try note(id, of: house)["source"]
        #expect(source?["content"]?.string == "Hello *you*" && source?["mediaType"]?.string == "text/plain")
    }
}
