import Basics
import Connections
import Federation
import HTTP
import Storage
import TestSupport
import Testing

@Suite struct ImportWorkerTests {
    private func story(
        limits: ImportLimits = ImportLimits(), _ body: (Pond, Neighbour, StrangerActor) async throws -> Void
    ) async throws {
        try await Pond.with { pond in
            let ann = pond.stranger("lake.example").resident("ann")
            try await body(pond, Neighbour(pond, try await pond.islet("here.example"), limits: limits), ann)
        }
    }

    private func reasons(_ here: Neighbour, _ job: ImportJob) throws -> [String] {
        try here.imports.failures(of: job.id).map { "\($0.line) \($0.entry): \($0.reason)" }
    }

    @Test func `each line that fails says why, and the others are done`() async throws {
        try await story { pond, here, ann in
            let bob = ann.host.resident("bob")
            ann.host.serve("/.well-known/webfinger?resource=acct%3Agone%40lake.example", "[]")
            let text = """
                Account address,Show boosts
                \(ann.handle),true
                nobody,true
                nobody@lake.example,true
                me@here.example,true
                bob@nowhere.example,true
                gone@lake.example,false
                @\(bob.handle),false
                """
            let job = try await here.take(.follows, .merge, text)
            #expect((job.lines, job.done, job.failed) == (7, 2, 5))
            #expect(
                try reasons(here, job) == [
                    "3 nobody,true: «nobody» is not an address like name@server.",
                    "4 nobody@lake.example,true: lake.example knows nothing of nobody@lake.example.",
                    "5 me@here.example,true: This is your own account.",
                    "6 bob@nowhere.example,true: nowhere.example does not answer (no server has this name).",
                    "7 gone@lake.example,false: gone@lake.example cannot be had from lake.example: no account of the fediverse.",
                ])
            #expect(try here.csv(.follows).contains("bob@lake.example,false,false,\n"))
            try await pond.settle()
            #expect(ann.host.received.map(\.type) == ["Follow", "Follow"])
        }
    }

    @Test func `a dead host holds nobody up and costs four looks`() async throws {
        try await story { pond, here, ann in
            let dead = pond.stranger("dead.example")
            let lines = (1...50).map { "user\($0)@dead.example\n" }.joined()
            for number in 1...50 {
                dead.answer(
                    "/.well-known/webfinger?resource=acct%3Auser\(number)%40dead.example", .fail(.timedOut))
            }
            _ = try await here.imports.start(.follows, .merge, Array((lines + ann.handle + "\n").utf8))
            let began = pond.clock.now
            var delay: Duration?
            try await here.work { job in
                if job.done == 1, delay == nil { delay = pond.clock.now - began }
                return job.endedAt != nil
            }
            #expect(try #require(delay) < .seconds(5))
            let job = try #require(try here.imports.all().first)
            #expect((job.done, job.failed) == (1, 50))
            #expect(dead.asked.count == 4)
            #expect(
                try here.imports.failures(of: job.id).allSatisfy {
                    $0.reason == "dead.example does not answer (it took too long)."
                })
        }
    }

    @Test func `what can be done is not held up by hosts that rest, and one of a kind waits for the other`()
        async throws
    {
        try await story { pond, here, ann in
            let dead = pond.stranger("dead.example").resident("zoe")
            dead.host.answer("/.well-known/webfinger?resource=acct%3Azoe%40dead.example", .fail(.timedOut))
            let began = pond.clock.now
            let files: [(ConnectionKind, String)] = [
                (.follows, dead.handle), (.follows, ann.handle), (.domainBlocks, "sea.example"),
                (.mutes, ann.handle),
            ]
            for (kind, text) in files { _ = try await here.imports.start(kind, .merge, Array(text.utf8)) }
            func ended() throws -> [ConnectionKind] {
                try here.imports.all().filter { $0.endedAt != nil }.map(\.kind)
            }
            try await here.work { _ in (try? ended())?.count == 2 }
            #expect(try ended() == [.mutes, .domainBlocks])
            #expect(pond.clock.now - began < .seconds(15))
            try await here.work { _ in (try? ended())?.count == 4 }
            #expect(try here.imports.all().map(\.failed) == [0, 0, 0, 1])
            #expect(try here.csv(.follows).contains(ann.handle))
        }
    }

    @Test func `what is stopped while its lines are stored stores no more of them`() async throws {
        var limits = ImportLimits()
        limits.storedAtOnce = 1
        try await story(limits: limits) { _, here, _ in
            let lines = (1...2_000).map { "user\($0)@lake.example\n" }.joined()
            let start = Task { try await here.imports.start(.mutes, .merge, Array(lines.utf8)) }
            while try here.imports.all().isEmpty { await Task.yield() }
            let id = try #require(try here.imports.all().first?.id)
            #expect(try await here.imports.cancel(id))
            await #expect(throws: ImportRefusal.stopped) { try await start.value }
            #expect(try here.imports.find(id)?.state == .cancelled)
            #expect(try here.islet.read { try ImportLines.waiting(of: id, in: $0) }.isEmpty)
        }
    }

    @Test func `people named by their addresses are asked for again like those named by handles`()
        async throws
    {
        try await story { pond, here, ann in
            let bob = pond.stranger("sea.example").resident("bob")
            let gate = Gate()
            bob.host.answer("/users/bob", .status(.serviceUnavailable))
            ann.host.answer("/users/ann", .hang(gate))
            let file = "\(ann.id)\n\(bob.id)\nhttps://sea.example/users/nobody\n"
            let id = try await here.imports.start(.mutes, .merge, Array(file.utf8))
            try await here.work { _ in bob.host.asked.count == 2 }
            for stranger in [ann, bob] { stranger.host.answer("/users/\(stranger.name)", nil) }
            let again = Neighbour(pond, try await pond.restart(here.islet))
            try await again.work { $0.endedAt != nil }
            let job = try #require(try again.imports.find(id))
            #expect((job.done, job.failed) == (2, 1))
            #expect(
                try reasons(again, job) == [
                    "3 https://sea.example/users/nobody: sea.example knows nothing of https://sea.example/users/nobody."
                ])
        }
    }

    @Test func `a restart in the middle goes on where it was`() async throws {
        try await story { pond, here, ann in
            let gate = Gate()
            let bob = pond.stranger("sea.example").resident("bob")
            bob.host.answer("/.well-known/webfinger?resource=acct%3Abob%40sea.example", .hang(gate))
            let id = try await here.imports.start(
                .follows, .merge, Array("\(ann.handle)\n\(bob.handle)\nnobody\n".utf8))
            try await here.work { $0.done == 1 }
            bob.host.answer("/.well-known/webfinger?resource=acct%3Abob%40sea.example", nil)
            let again = Neighbour(pond, try await pond.restart(here.islet))
            let before = try #require(try again.imports.find(id))
            #expect((before.state, before.done, before.failed) == (.running, 1, 1))
            try await again.work { $0.endedAt != nil }
            #expect(try again.imports.find(id)?.done == 2)
            #expect(try again.csv(.follows).contains(bob.handle))
        }
    }

    @Test func `a file that was not stored whole when the server stopped is forgotten`() async throws {
        try await story { pond, here, ann in
            try await here.islet.store.write { [now = here.islet.clock.now()] tx in
                let job = try ImportJobs.insert(.follows, replaces: true, at: now, in: tx)
                try ImportLines.insert(
                    ann.handle, line: 1, host: "lake.example", reason: nil, of: job, in: tx)
            }
            try await pond.pass(.seconds(1))
            let again = Neighbour(pond, try await pond.restart(here.islet))
            try await again.take(.mutes, .merge, ann.handle + "\n")
            #expect(try again.imports.all().map(\.kind) == [.mutes])
            #expect(try again.csv(.follows).split(separator: "\n").count == 1)
        }
    }

    @Test func `what is cancelled stops, and nothing is undone`() async throws {
        try await story { pond, here, ann in
            let bob = ann.host.resident("bob")
            try await here.islet.follow(bob.handle)
            let id = try await here.imports.start(.follows, .replace, Array("\(ann.handle)\n".utf8))
            #expect(try await here.imports.cancel(id))
            #expect(try await !here.imports.cancel(id))
            try await here.work { $0.endedAt != nil }
            let job = try #require(try here.imports.find(id))
            #expect((job.state, job.done, job.undone) == (.cancelled, 0, 0))
            #expect(try here.csv(.follows).contains(bob.handle))
        }
    }

    @Test func `only so many wait, and old reports go`() async throws {
        var limits = ImportLimits()
        (limits.waiting, limits.reports) = (2, 3)
        try await story(limits: limits) { pond, here, ann in
            let file = Array("\(ann.handle)\n".utf8)
            for _ in 0..<2 { _ = try await here.imports.start(.mutes, .merge, file) }
            await #expect(throws: ImportRefusal.busy(limit: 2)) {
                try await here.imports.start(.mutes, .merge, file)
            }
            try await here.work { _ in (try? here.imports.all())?.allSatisfy { $0.endedAt != nil } ?? false }
            for _ in 0..<4 { try await here.take(.mutes, .merge, String(decoding: file, as: UTF8.self)) }
            #expect(try here.imports.all().count == 3)
            try await here.islet.store.write { [clock = here.islet.clock] tx in
                _ = try Retention.run(at: clock.now() + .days(31), in: tx)
            }
            #expect(try here.imports.all().isEmpty)
        }
    }

    @Test func `domain blocks cut ties and drop what waits, and the file has room for many`() async throws {
        try await story { pond, here, ann in
            let bob = pond.stranger("deep.sea.example").resident("bob")
            let cat = pond.stranger("other.example").resident("cat")
            for stranger in [ann.host, bob.host, cat.host] {
                stranger.answerDeliveries(.status(.serviceUnavailable))
            }
            for person in [ann, bob, cat] { try await here.islet.follow(person.handle) }
            try await pond.settle()
            #expect(try here.islet.waitingDeliveries() == 3)
            let many = (0..<1_000).map { "host\($0).example\n" }.joined()
            let job = try await here.take(.domainBlocks, .merge, many + "sea.example\nLAKE.example\n")
            #expect((job.done, job.failed) == (1_002, 0))
            #expect(try here.islet.waitingDeliveries() == 1)
            #expect(try here.csv(.follows).contains(cat.handle))
            #expect(try here.csv(.follows).split(separator: "\n").count == 2)
            // Nobody there is followed again, known or not.
            let again = try await here.take(.follows, .merge, "\(bob.handle)\nnew@lake.example\n")
            #expect(
                try reasons(here, again) == [
                    "1 bob@deep.sea.example: You block deep.sea.example.",
                    "2 new@lake.example: new@lake.example cannot be had from lake.example: the domain is blocked.",
                ])
        }
    }

    @Test func `whoever has moved or is blocked is not followed`() async throws {
        try await story { _, here, ann in
            let bob = ann.host.resident("bob")
            let row = try #require(await here.islet.resolver.account(handle: ann.handle))
            let other = try #require(await here.islet.resolver.account(handle: bob.handle))
            try await here.islet.act { outbox, tx in
                var moved = try Actors.find(row, in: tx)
                moved?.movedTo = "https://new.example/ann"
                if let moved { _ = try Actors.save(moved, in: tx) }
                try outbox.block(other, in: tx)
            }
            let job = try await here.take(.follows, .merge, "\(ann.handle)\n\(bob.handle)\n")
            #expect(
                try reasons(here, job) == [
                    "1 ann@lake.example: @ann@lake.example has moved to https://new.example/ann.",
                    "2 bob@lake.example: You block @bob@lake.example.",
                ])
        }
    }
}
