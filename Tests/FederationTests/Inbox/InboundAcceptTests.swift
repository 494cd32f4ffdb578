import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundAcceptTests {
    /// An islet whose owner asked to follow somebody, and the id of that Follow.
    private func asked(_ pond: Pond) async throws -> (Islet, StrangerActor, String) {
        let islet = try await pond.islet(isRunning: false)
        let zoe = pond.stranger("far.example").resident("zoe")
        let row = try await islet.follow(zoe.handle)
        return (islet, zoe, try #require(try islet.read { try Following.find(row, in: $0) }).uri)
    }

    @Test(arguments: ["id", "whole", "other id", "no id"])
    func `an answer is known by the id of the Follow or by who asked whom`(form: String) async throws {
        try await Pond.with { pond in
            let (islet, zoe, uri) = try await asked(pond)
            let members = #""type":"Follow","actor":"\#(islet.identity.actor)","object":"\#(zoe.id)"}"#
            let follow =
                switch form {
                case "id": "\"\(uri)\""
                case "whole": #"{"id":"\#(uri)",\#(members)"#
                case "other id": #"{"id":"https://far.example/x",\#(members)"#
                default: "{" + members
                }
            #expect(try await islet.receive(zoe.activity("Accept", follow), from: zoe) == .accepted)
            #expect(try islet.following() == [zoe.id])
        }
    }

    @Test func `nobody answers for another`() async throws {
        try await Pond.with { pond in
            let (islet, zoe, uri) = try await asked(pond)
            let yan = zoe.host.resident("yan")
            for type in ["Accept", "Reject"] {
                #expect(try await islet.receive(yan.activity(type, about: uri), from: yan) == .accepted)
            }
            #expect(try islet.following().isEmpty)
            let row = try #require(try islet.actor(zoe.id)).id
            #expect(try islet.read { try Following.find(row, in: $0) } != nil)
        }
    }

    @Test func `a no, at once or after a yes, ends the follow`() async throws {
        try await Pond.with { pond in
            let (islet, zoe, uri) = try await asked(pond)
            try await islet.receive(zoe.activity("Accept", about: uri), from: zoe)
            try await islet.receive(zoe.create(1, zoe.note(1)), from: zoe)
            #expect(try islet.home() == [zoe.noteID(1)])
            try await islet.receive(zoe.activity("Reject", about: uri), from: zoe)
            #expect(try islet.following().isEmpty)
            #expect(try islet.home().isEmpty)
        }
    }
}
