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

    @Test func `whoever is muted, blocked or noted does not escape by moving`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let (far, new) = (pond.stranger("far.example"), pond.stranger("new.example"))
            let names = ["muted", "blocked", "known"]
            let old = names.map { far.resident($0) }
            let next = names.map { new.resident($0) }
            var rows: [[ActorID]] = []
            for (before, after) in zip(old, next) {
                after.publish(more: #""alsoKnownAs":["\#(before.id)"]"#)
                rows.append([
                    try #require(await islet.resolver.account(uri: before.id)),
                    try #require(await islet.resolver.account(uri: after.id)),
                ])
            }
            let until = islet.clock.now() + .days(3)
            try await islet.act { [rows] outbox, tx in
                try outbox.follow(rows[0][0], reblogs: true, notify: false, in: tx)
                try Mutes.insert(rows[0][0], notifications: false, until: until, in: tx)
                try AccountNotes.set("Loud", for: rows[0][0], in: tx)
                try outbox.block(rows[1][0], in: tx)
                // Followed there already, so that the owner's choice stands.
                try outbox.block(rows[2][0], in: tx)
                try outbox.follow(rows[2][1], reblogs: true, notify: false, in: tx)
            }
            try await pond.settle()
            for (before, after) in zip(old, next) {
                try await islet.receive(move(before, to: after), from: before)
            }
            try await pond.settle()
            try islet.read { snapshot in
                let mute = try Mutes.find(rows[0][1], at: islet.clock.now(), in: snapshot)
                #expect(mute?.notifications == false && mute?.until == until)
                #expect(try Following.find(rows[0][1], in: snapshot) != nil)
                #expect(try AccountNotes.find(rows[0][1], in: snapshot) == "Loud")
                #expect(try rows.map { try Blocks.contains($0[1], in: snapshot) } == [false, true, false])
                #expect(try Following.find(rows[1][1], in: snapshot) == nil)
                #expect(try Following.find(rows[2][1], in: snapshot) != nil)
            }
            #expect(new.received.map(\.type).sorted() == ["Block", "Follow", "Follow"])
        }
    }

    @Test func `a target whose document cannot be read, or whose host is blocked, is not followed`()
        async throws
    {
        try await Pond.with { pond in
            let (islet, old, new) = try await moving(pond)
            new.publish(more: #""alsoKnownAs":["\#(old.id)"]"#)
            _ = try #require(await islet.resolver.account(uri: new.id))
            try await pond.pass(.seconds(1))
            new.host.answer("/users/zoe", .status(.forbidden))
            try await islet.receive(move(old, to: new), from: old)
            try await pond.settle()
            #expect(try islet.following() == [old.id])
            new.host.answer("/users/zoe", nil)
            try await islet.act { outbox, tx in try outbox.blockDomains(["new.example"], in: tx) }
            try await islet.receive(move(old, to: new, number: 2), from: old)
            try await pond.settle()
            #expect(try islet.following() == [old.id])
            #expect(new.host.received.isEmpty)
        }
    }
}
