import ActivityPub
import Federation
import HTTP
import JSON
import Storage
import TestSupport
import Testing

/// Conversations as other software lists them.
struct ThreadQuirks {
    private static let context = #","context":"https://far.example/contexts/1""#

    /// The addresses of the posts below one that the owner opens, whose conversation is this list.
    private func read(
        _ pond: Pond, _ list: (StrangerActor) -> String
    ) async throws -> (below: Set<String>, asked: [String], zoe: StrangerActor) {
        let islet = try await pond.islet()
        let far = pond.stranger("far.example"), zoe = far.resident("zoe")
        far.serve("/users/zoe/statuses/1", zoe.note(1, more: Self.context))
        for number in 2...3 {
            far.serve(
                "/users/zoe/statuses/\(number)",
                zoe.note(number, inReplyTo: zoe.noteID(number - 1), more: Self.context))
        }
        far.serve("/contexts/1", list(zoe))
        let id = try await islet.objects.status(zoe.noteID(1))
        far.forget()
        islet.threads.look(at: id)
        try await pond.settle()
        let below = try islet.read { snapshot in
            let ids = try Statuses.descendants(of: id, limit: 100, in: snapshot)
            return Set(try Statuses.find(ids, in: snapshot).values.map(\.uri))
        }
        return (below, far.asked, zoe)
    }

    @Test func `a conversation is a list of posts, by address or whole`() async throws {
        try await Pond.with { pond in
            let thread = try await read(pond) { zoe in
                let whole = zoe.note(3, inReplyTo: zoe.noteID(2), more: Self.context)
                return
                    #"{"id":"https://far.example/contexts/1","type":"OrderedCollection","orderedItems":["\#(zoe.noteID(1))","\#(zoe.noteID(2))",\#(whole)]}"#
            }
            #expect(thread.below == [thread.zoe.noteID(2), thread.zoe.noteID(3)])
        }
    }

    @Test func `a conversation may be a list of the activities that made it`() async throws {
        try await Pond.with { pond in
            let thread = try await read(pond) { zoe in
                let items = (1...3).map { number in
                    zoe.create(
                        number,
                        zoe.note(
                            number, inReplyTo: number > 1 ? zoe.noteID(number - 1) : nil, more: Self.context))
                }
                return
                    #"{"id":"https://far.example/contexts/1","type":"OrderedCollection","orderedItems":[\#(items.joined(separator: ","))]}"#
            }
            #expect(thread.below == [thread.zoe.noteID(2), thread.zoe.noteID(3)])
        }
    }
}
