import ActivityPub
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboxTests {
    @Test(arguments: ["Like", "Announce", "Follow"])
    func `an activity whose id is not of its sender's server has no effect`(type: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let object = type == "Follow" ? islet.identity.actor : islet.uri(post)
            let ids = [
                "https://other.example/1", "https://far.example:8443/1",
                "\(islet.identity.origin)/activities/1",
                "urn:uuid:1", "",
            ]
            for id in ids {
                let activity = zoe.activity(type, "\"\(object)\"", id: id)
                #expect(try await islet.receive(activity, from: zoe) == .accepted)
            }
            #expect(try islet.notifications().isEmpty)
            #expect(try islet.followers().isEmpty)
            #expect(try await islet.receive(zoe.activity(type, about: object), from: zoe) == .accepted)
            #expect(try islet.notifications().count == 1)
        }
    }

    @Test func `what Mastodon sends without an id is taken`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.receive(zoe.create(1, zoe.note(1, to: [islet.identity.actor])), from: zoe)
            let delete = #"{"type":"Delete","actor":"\#(zoe.id)","object":"\#(zoe.noteID(1))"}"#
            #expect(try await islet.receive(delete, from: zoe) == .accepted)
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test func `whoever is blocked has no effect, but may take away what they did`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            try await islet.receive(zoe.activity("Like", about: islet.uri(post)), from: zoe)
            let row = try islet.row(zoe)
            try await islet.act { outbox, tx in try outbox.block(row, in: tx) }
            let note = zoe.note(1, to: [islet.identity.actor])
            let activities = [
                zoe.create(1, note), zoe.activity("Announce", about: islet.uri(post)),
                zoe.activity("Flag", about: islet.identity.actor),
                zoe.activity("Follow", about: islet.identity.actor),
            ]
            for activity in activities { try await islet.receive(activity, from: zoe) }
            #expect(try islet.status(zoe.noteID(1)) == nil)
            #expect(try islet.boosts(of: post) == 0)
            #expect(try islet.read { try Reports.newest(9, in: $0) }.isEmpty)
            #expect(try islet.followers().isEmpty && islet.notifications().isEmpty)
            try await islet.receive(
                zoe.activity("Undo", zoe.activity("Like", about: islet.uri(post))), from: zoe)
            #expect(try islet.favourites(of: post) == 0)
        }
    }

    @Test func `types that are not known are taken and forgotten`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            for type in ["Dislike", "View", "Listen", "Bite", "Offer", "Join", "TentativeAccept", "Nonsense"]
            {
                #expect(
                    try await islet.receive(zoe.activity(type, about: islet.identity.actor), from: zoe)
                        == .accepted)
            }
            #expect(try islet.notifications().isEmpty)
            #expect(islet.inbox.received["Bite"] == 1)
        }
    }

    @Test func `one sender cannot fill the queue, and the same thing waits once`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.befriend(zoe)
            var answers: [HTTP.Status] = []
            for number in 1...101 {
                let announce = zoe.activity(
                    "Announce", about: "https://third.example/\(number)", number: number)
                for _ in 0..<2 { answers.append(try await islet.receive(announce, from: zoe)) }
            }
            #expect(try islet.waitingActivities() == 100)
            #expect(answers.prefix(200).allSatisfy { $0 == .accepted })
            #expect(answers.suffix(2) == [.serviceUnavailable, .serviceUnavailable])
        }
    }
}
