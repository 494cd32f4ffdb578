import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundMoveTests {
    /// An islet whose owner follows somebody, who has another account elsewhere.
    private func moving(_ pond: Pond) async throws -> (Islet, old: StrangerActor, new: StrangerActor) {
        let islet = try await pond.islet()
        let old = pond.stranger("far.example").resident("zoe")
        let new = pond.stranger("new.example").resident("zoe")
        try await islet.befriend(old)
        try await pond.settle()
        return (islet, old, new)
    }

    private func move(
        _ old: StrangerActor, to new: StrangerActor, by actor: StrangerActor? = nil, number: Int = 1
    )
        -> String
    {
        let actor = actor ?? old
        return
            #"{"id":"\#(actor.id)#moves/\#(number)","type":"Move","actor":"\#(actor.id)","object":"\#(old.id)","target":"\#(new.id)"}"#
    }

    @Test func `the owner follows the new account when both say that they are one`() async throws {
        try await Pond.with { pond in
            let (islet, old, new) = try await moving(pond)
            new.publish(more: #""alsoKnownAs":["\#(old.id)"]"#)
            #expect(try await islet.receive(move(old, to: new), from: old) == .accepted)
            try await pond.settle()
            #expect(new.host.received.map(\.type) == ["Follow"])
            #expect(old.host.received.map(\.type).last == "Undo")
            #expect(try islet.following().isEmpty)
        }
    }

    @Test func `a target that knows nothing of it, has moved on or is suspended is not followed`()
        async throws
    {
        for more in [
            #""alsoKnownAs":[]"#, #""alsoKnownAs":["https://far.example/users/yan"]"#,
            #""alsoKnownAs":["https://far.example/users/zoe"],"movedTo":"https://third.example/zoe""#,
            #""alsoKnownAs":["https://far.example/users/zoe"],"suspended":true"#,
        ] {
            try await Pond.with { pond in
                let (islet, old, new) = try await moving(pond)
                new.publish(more: more)
                try await islet.receive(move(old, to: new), from: old)
                try await pond.settle()
                #expect(new.host.received.isEmpty)
                #expect(try islet.following() == [old.id])
            }
        }
    }

    @Test func `nobody moves another, and nobody is asked whom the owner does not follow`() async throws {
        try await Pond.with { pond in
            let (islet, old, new) = try await moving(pond)
            new.publish(more: #""alsoKnownAs":["\#(old.id)"]"#)
            let eve = pond.stranger("evil.example").resident("eve")
            try await islet.receive(move(old, to: new, by: eve), from: eve)
            try await islet.receive(move(eve, to: new), from: eve)
            try await pond.settle()
            #expect(try islet.following() == [old.id])
            #expect(new.host.asked.isEmpty)
        }
    }

    @Test func `the new account may say it when the old one does too`() async throws {
        try await Pond.with { pond in
            let (islet, old, new) = try await moving(pond)
            new.publish(more: #""alsoKnownAs":["\#(old.id)"]"#)
            try await islet.receive(move(old, to: new, by: new), from: new)
            try await pond.settle()
            #expect(try islet.following() == [old.id])
            old.publish(more: #""movedTo":"\#(new.id)""#)
            try await islet.receive(move(old, to: new, by: new, number: 2), from: new)
            try await pond.settle()
            #expect(new.host.received.map(\.type) == ["Follow"])
        }
    }

    @Test func `a second move within a week is ignored`() async throws {
        try await Pond.with { pond in
            let (islet, old, new) = try await moving(pond)
            let newer = pond.stranger("newer.example").resident("zoe")
            for target in [new, newer] { target.publish(more: #""alsoKnownAs":["\#(old.id)"]"#) }
            try await islet.receive(move(old, to: new), from: old)
            try await pond.settle()
            try await islet.befriend(old)
            try await islet.receive(move(old, to: newer, number: 2), from: old)
            try await pond.settle()
            #expect(newer.host.received.isEmpty)
            try await pond.pass(.days(8))
            try await islet.receive(move(old, to: newer, number: 3), from: old)
            try await pond.settle()
            #expect(newer.host.received.map(\.type) == ["Follow"])
        }
    }
}
