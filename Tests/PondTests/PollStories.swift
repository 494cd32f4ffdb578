import Basics
import Federation
import Storage
import TestSupport
import Testing

/// Polls and votes, in every weather and to their end.
struct PollStories {
    @Test(arguments: Weather.inOrder)
    func `others see a poll and how it stands`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let poll = try await way.send { try await $0.ask("Tea?", ["Yes", "No"]) }
            let copy = try #require(try way.bob.copy(of: poll, from: way.ann)).id
            #expect(try way.bob.read { try Polls.find(copy, in: $0)?.options.map(\.name) } == ["Yes", "No"])
            try await way.bob.act { outbox, tx in try outbox.vote([1], on: copy, in: tx) }
            try await way.carry()
            try await way.arrive()
            #expect(try way.ann.votes(poll) == [0, 1])
            #expect(try way.bob.votes(copy) == [0, 1])
            #expect(try way.bob.read { try Polls.find(copy, in: $0)?.voters } == 1)
            #expect(try way.bob.read { try Polls.choices(of: way.bob.identity.owner, in: copy, $0) } == [1])
            #expect(try way.bob.read { try StatusEdits.of(copy, in: $0) }.isEmpty)
            #expect(try way.ann.home() == [way.ann.identity.status(poll)])
        }
    }

    @Test(arguments: Weather.allCases)
    func `each vote counts once and is no post`(weather: Weather) async throws {
        try await Crossing.story(weather) { way in
            let poll = try await way.bob.ask("Which?", ["A", "B", "C"], isMultiple: true)
            try await way.pond.settle()
            let copy = try #require(try way.ann.copy(of: poll, from: way.bob)).id
            try await way.send {
                try await $0.act { outbox, tx in try outbox.vote([0, 2], on: copy, in: tx) }
            }
            try await way.arrive()
            #expect(try way.bob.votes(poll) == [1, 0, 1])
            #expect(try way.bob.read { try Polls.find(poll, in: $0)?.voters } == 1)
            #expect(try way.bob.home() == [way.bob.identity.status(poll)])
            #expect(try way.bob.notifications() == ["follow me@ann.example"])
        }
    }

    @Test func `of a single choice only the first vote counts`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let poll = try await islet.ask("Tea?", ["Yes", "No"])
            for (number, name) in ["No", "Yes", "Perhaps"].enumerated() {
                try await islet.receive(
                    zoe.vote(name, in: islet.identity.status(poll), number: number), from: zoe)
            }
            #expect(try islet.votes(poll) == [0, 1])
        }
    }

    @Test func `a poll ends everywhere, and whoever voted is told`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example")
            var bob = try await pond.islet("bob.example"), cat = try await pond.islet("cat.example")
            for islet in [bob, cat] { try await islet.follow("me@ann.example") }
            try await pond.settle()
            let poll = try await ann.ask("Tea?", ["Yes", "No"])
            try await pond.settle()
            let copies = try [bob, cat].map { try #require(try $0.copy(of: poll, from: ann)).id }
            try await bob.act { outbox, tx in try outbox.vote([0], on: copies[0], in: tx) }
            try await pond.settle()
            try await pond.pass(.minutes(1))
            try await cat.act { outbox, tx in try outbox.vote([1], on: copies[1], in: tx) }
            try await pond.settle()
            #expect(try ann.votes(poll) == [1, 1])
            // Told a moment ago, the others wait for the numbers.
            #expect(try bob.votes(copies[0]) == [1, 0])
            bob = try await pond.restart(bob)
            cat = try await pond.powerCut(cat)
            try await pond.pass(.hours(1))
            for (islet, copy) in zip([bob, cat], copies) {
                #expect(try islet.votes(copy) == [1, 1])
                #expect(try islet.read { try Polls.find(copy, in: $0)?.isClosed } == true)
                #expect(try islet.notifications() == ["poll me@ann.example"])
            }
            #expect(try ann.read { try Polls.find(poll, in: $0)?.isClosed } == true)
        }
    }

    @Test func `a vote that comes after the end does not count`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            let poll = try await islet.ask("Tea?", ["Yes", "No"])
            try await pond.pass(.hours(2))
            try await islet.receive(zoe.vote("Yes", in: islet.identity.status(poll)), from: zoe)
            #expect(try islet.votes(poll) == [0, 0])
        }
    }

    @Test func `a poll can be edited, which takes the votes`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet()
            let zoe = pond.stranger("far.example").resident("zoe")
            try await zoe.isFollowed(by: islet)
            try await islet.receive(zoe.create(1, zoe.question(1, ["A": 3, "B": 1])), from: zoe)
            let copy = try #require(try islet.status(zoe.noteID(1))).id
            #expect(try islet.votes(copy) == [3, 1])
            try await islet.act { outbox, tx in try outbox.vote([0], on: copy, in: tx) }
            let tally = zoe.question(1, ["A": 4, "B": 1])
            try await islet.receive(zoe.activity("Update", tally, number: 1), from: zoe)
            #expect(try islet.votes(copy) == [4, 1])
            #expect(try islet.read { try Polls.choices(of: islet.identity.owner, in: copy, $0) } == [0])
            let edited = zoe.question(1, ["A": 0, "C": 0], more: #","updated":"2024-01-02T03:04:00Z""#)
            try await islet.receive(zoe.activity("Update", edited, number: 2), from: zoe)
            #expect(try islet.votes(copy) == [0, 0])
            #expect(try islet.read { try Polls.choices(of: islet.identity.owner, in: copy, $0) }.isEmpty)
        }
    }
}
