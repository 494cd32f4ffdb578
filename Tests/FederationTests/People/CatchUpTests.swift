import ActivityPub
import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// A server that was off for a night.
struct CatchUpTests {
    private func date(_ moment: Timestamp) -> String { ISO8601.seconds(moment.milliseconds) }

    private func create(_ bob: StrangerActor, _ number: Int, at moment: Timestamp) -> String {
        let note = """
            {"id":"\(bob.noteID(number))","type":"Note","attributedTo":"\(bob.id)","content":"<p>\(number)</p>",
             "published":"\(date(moment))","to":["\(Vocabulary.everybody)"],"cc":["\(bob.followers)"]}
            """
        return """
            {"id":"\(bob.noteID(number))/activity","type":"Create","actor":"\(bob.id)","published":"\(date(moment))",
             "to":["\(Vocabulary.everybody)"],"object":\(note)}
            """
    }

    private func serveOutbox(of bob: StrangerActor, _ items: [String]) {
        bob.host.serve(
            "/users/bob/outbox",
            #"{"type":"OrderedCollection","totalItems":9,"orderedItems":[\#(items.joined(separator: ","))]}"#)
    }

    private func accepted(_ islet: Islet, _ bob: StrangerActor, _ pond: Pond) async throws {
        try await islet.follow(bob.handle)
        try await islet.store.write { [identity = islet.identity] tx in
            guard let id = try Actors.id(forURI: bob.id, in: tx) else { return }
            _ = try Following.accept(id, owner: identity.owner, in: tx)
        }
        try await pond.settle()
    }

    @Test func `what followed people wrote meanwhile is found and sorted in by its own date`() async throws {
        try await Pond.with { pond in
            var islet = try await pond.islet()
            let bob = pond.stranger("far.example").resident("bob")
            try await accepted(islet, bob, pond)
            let off = pond.clock.now
            await islet.stop()
            try await pond.pass(.hours(9))
            let (early, late) = (off + .hours(1), off + .hours(8))
            serveOutbox(
                of: bob,
                [create(bob, 2, at: late), create(bob, 1, at: early), create(bob, 0, at: off - .hours(1))])
            islet = try await pond.restart(islet)
            try await pond.pass(.minutes(1))
            #expect(try islet.home() == [bob.noteID(2), bob.noteID(1)])
            #expect(try islet.status(bob.noteID(1))?.createdAt.seconds == early.seconds)
            #expect(try islet.notifications().isEmpty)
        }
    }

    @Test func `a short stop asks nobody`() async throws {
        try await Pond.with { pond in
            var islet = try await pond.islet()
            let bob = pond.stranger("far.example").resident("bob")
            try await accepted(islet, bob, pond)
            await islet.stop()
            try await pond.pass(.minutes(50))
            bob.host.forget()
            islet = try await pond.restart(islet)
            try await pond.pass(.minutes(1))
            #expect(bob.host.asked.isEmpty)
        }
    }

    @Test func `a power cut in the middle is gone on with at the next start`() async throws {
        try await Pond.with { pond in
            var islet = try await pond.islet()
            let bob = pond.stranger("far.example").resident("bob")
            try await accepted(islet, bob, pond)
            let off = pond.clock.now
            await islet.stop()
            try await pond.pass(.hours(5))
            serveOutbox(of: bob, [create(bob, 1, at: off + .hours(2))])
            let gate = Gate()
            defer { gate.open() }
            bob.host.answer("/users/bob/outbox", .hang(gate))
            islet = try await pond.restart(islet)
            // The cut is to come while it looks, however late it begins.
            let began = { try islet.store.read { try Settings.integer(.missedSince, in: $0) } != nil }
            for _ in 0..<1_000 where try !began() { try await pond.settle() }
            #expect(try began())
            let cut = try await pond.powerCut(islet, isRunning: false)
            bob.host.answer("/users/bob/outbox", nil)
            islet = try await pond.restart(cut)
            try await pond.pass(.minutes(1))
            for _ in 0..<100 where try islet.home().isEmpty { try await pond.settle() }
            #expect(try islet.home() == [bob.noteID(1)])
        }
    }
}
