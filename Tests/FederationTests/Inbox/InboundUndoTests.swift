import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundUndoTests {
    /// How the other side says what it takes back.
    enum Form: CaseIterable { case whole, id, otherID }

    private func undo(_ type: String, of object: String, by actor: StrangerActor, _ form: Form) -> String {
        switch form {
        case .whole: actor.activity("Undo", actor.activity(type, about: object))
        case .id: actor.activity("Undo", about: "\(actor.id)#\(type.lowercased())/1")
        case .otherID: actor.activity("Undo", actor.activity(type, about: object, number: 99))
        }
    }

    @Test(arguments: Form.allCases) func `a like, a boost and a follow can be taken back`(form: Form)
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let objects = [
                ("Like", islet.identity.status(post)), ("Announce", islet.identity.status(post)),
                ("Follow", islet.identity.actor),
            ]
            for (type, object) in objects {
                try await islet.receive(zoe.activity(type, about: object), from: zoe)
            }
            #expect(try islet.favourites(of: post) + islet.boosts(of: post) + islet.followers().count == 3)
            for (number, (type, object)) in objects.enumerated() {
                let undo = undo(type, of: object, by: zoe, form).replacing("#undo/1", with: "#undo/\(number)")
                #expect(try await islet.receive(undo, from: zoe) == .accepted)
            }
            #expect(try islet.favourites(of: post) + islet.boosts(of: post) + islet.followers().count == 0)
            #expect(try islet.notifications().isEmpty)
        }
    }

    @Test(arguments: Form.allCases) func `nobody takes back what another did`(form: Form) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = zoe.host.resident("yan")
            let post = try await islet.post("Hi")
            let uri = islet.identity.status(post)
            for type in ["Like", "Announce"] {
                try await islet.receive(zoe.activity(type, about: uri), from: zoe)
            }
            try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
            for (number, type) in ["Like", "Announce", "Follow"].enumerated() {
                let object = type == "Follow" ? islet.identity.actor : uri
                let forged = undo(type, of: object, by: zoe, form).replacing(
                    #""type":"Undo","actor":"\#(zoe.id)""#, with: #""type":"Undo","actor":"\#(yan.id)""#
                ).replacing("#undo/1", with: "#forged/\(number)")
                #expect(try await islet.receive(forged, from: yan) == .accepted)
            }
            #expect(try islet.favourites(of: post) + islet.boosts(of: post) + islet.followers().count == 3)
        }
    }

    @Test func `a deletion that is taken back brings the post again, for somebody followed`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            let note = zoe.note(1)
            try await islet.receive(zoe.create(1, note), from: zoe)
            let deletion = zoe.activity("Delete", about: zoe.noteID(1))
            try await islet.receive(deletion, from: zoe)
            try await islet.receive(zoe.create(1, note), from: zoe)
            #expect(try islet.status(zoe.noteID(1)) == nil)
            zoe.serve(1, note)
            try await islet.receive(zoe.activity("Undo", deletion), from: zoe)
            try await pond.settle()
            #expect(try islet.home() == [zoe.noteID(1)])
        }
    }
}
