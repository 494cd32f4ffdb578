import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// People who go on elsewhere.
struct MoveQuirks {
    private struct Scene {
        let islet: Islet
        let old: StrangerActor
        let new: StrangerActor
    }

    /// Somebody followed, and an account that may be their new one.
    ///
    /// - Parameter isAcknowledged: whether the new account says that the old one is its own.
    private func scene(_ pond: Pond, isAcknowledged: Bool = true) async throws -> Scene {
        let islet = try await pond.islet()
        let old = pond.stranger("far.example").resident("zoe")
        let new = pond.stranger("new.example").resident("zoe")
        if isAcknowledged { say(#""alsoKnownAs":"\#(old.id)""#, of: new) }
        try await Quirk.follow(old, islet, pond)
        return Scene(islet: islet, old: old, new: new)
    }

    private func say(_ member: String, of actor: StrangerActor) {
        actor.host.serve(
            "/users/\(actor.name)", actor.document().replacing(#""outbox""#, with: member + #","outbox""#))
    }

    private func move(
        _ scene: Scene, by sender: StrangerActor, to target: StrangerActor, number: Int = 1, _ pond: Pond
    ) async throws -> [String] {
        let move =
            #"{"id":"\#(sender.id)#move\#(number)","type":"Move","actor":"\#(sender.id)","object":"\#(scene.old.id)","target":"\#(target.id)"}"#
        #expect(try await scene.islet.receive(move, from: sender) == .accepted)
        try await pond.settle()
        return scene.old.host.received.map(\.type) + target.host.received.map(\.type)
    }

    @Test func `whoever moves to an account that agrees is followed there and no longer here`() async throws {
        try await Pond.with { pond in
            let scene = try await scene(pond)
            #expect(try await move(scene, by: scene.old, to: scene.new, pond) == ["Undo", "Follow"])
            #expect(try scene.islet.following().isEmpty)
            let row = try #require(try scene.islet.actor(scene.new.id)).id
            #expect(try scene.islet.read { try Following.find(row, in: $0) } != nil)
        }
    }

    @Test func `a move to an account that does not agree changes nothing`() async throws {
        try await Pond.with { pond in
            let scene = try await scene(pond, isAcknowledged: false)
            #expect(try await move(scene, by: scene.old, to: scene.new, pond).isEmpty)
            #expect(try scene.islet.following() == [scene.old.id])
        }
    }

    @Test func `a second move within a week changes nothing`() async throws {
        try await Pond.with { pond in
            let scene = try await scene(pond)
            _ = try await move(scene, by: scene.old, to: scene.new, pond)
            let third = pond.stranger("third.example").resident("zoe")
            say(#""alsoKnownAs":["\#(scene.old.id)"]"#, of: third)
            try await Quirk.follow(scene.old, scene.islet, pond)
            #expect(try await move(scene, by: scene.old, to: third, number: 2, pond).isEmpty)
            try await pond.pass(.days(8))
            #expect(try await move(scene, by: scene.old, to: third, number: 3, pond).contains("Follow"))
        }
    }

    @Test func `a move that the new account tells of counts when the old one says so too`() async throws {
        try await Pond.with { pond in
            let scene = try await scene(pond)
            #expect(try await move(scene, by: scene.new, to: scene.new, pond).isEmpty)
            #expect(try scene.islet.following() == [scene.old.id])
        }
        try await Pond.with { pond in
            let scene = try await scene(pond)
            say(#""movedTo":"\#(scene.new.id)""#, of: scene.old)
            #expect(try await move(scene, by: scene.new, to: scene.new, pond) == ["Undo", "Follow"])
        }
    }
}
