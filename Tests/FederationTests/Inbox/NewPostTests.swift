import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct NewPostTests {
    @Test func `what is older than a week is shown but not announced`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            for (number, day) in ["2023-12-20", "2023-12-28"].enumerated() {
                let note = zoe.note(number, cc: [islet.identity.actor], more: mention(of: islet))
                    .replacing("2024-01-02", with: day)
                try await islet.receive(zoe.create(number, note), from: zoe)
            }
            #expect(try islet.home() == [zoe.noteID(1), zoe.noteID(0)])
            #expect(try islet.notifications() == ["mention zoe@far.example"])
        }
    }

    @Test func `a notification that was dismissed does not come back`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let note = zoe.note(1, cc: [islet.identity.actor], more: mention(of: islet))
            zoe.serve(1, note)
            let forms = [
                zoe.create(1, note),
                zoe.activity("Create", about: zoe.noteID(1), number: 2, to: [islet.identity.actor]),
                zoe.create(1, note),
            ]
            for form in forms {
                try await islet.receive(form, from: zoe)
                try await pond.settle()
                try await islet.act { _, tx in try Notifications.clear(in: tx) }
            }
            #expect(try islet.notifications().isEmpty)
        }
    }

    @Test func `a post that a thread brought before is still announced by its Create`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let note = zoe.note(1, cc: [islet.identity.actor], more: mention(of: islet))
            zoe.serve(1, note)
            _ = try await islet.objects.status(zoe.noteID(1))
            #expect(try islet.notifications().isEmpty)
            try await islet.receive(zoe.create(1, note), from: zoe)
            #expect(try islet.notifications() == ["mention zoe@far.example"])
        }
    }

    @Test func `the bell rings for posts and for threads that go on, not for answers to others`() async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let row = try await islet.befriend(zoe)
            try await islet.act { _, tx in try Following.adjust(row, reblogs: true, notify: true, in: tx) }
            let parents = [nil, zoe.noteID(0), "https://far.example/notes/of-others"]
            for (number, parent) in parents.enumerated() {
                let note = zoe.note(number, inReplyTo: parent)
                try await islet.receive(zoe.create(number, note), from: zoe)
            }
            #expect(try islet.notifications() == ["status zoe@far.example", "status zoe@far.example"])
        }
    }
}
