import Basics
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundVoteTests {
    private func vote(_ names: [String], in poll: String, by zoe: StrangerActor, number: Int = 1) -> String {
        let notes = names.enumerated().map { place, name in
            #"{"id":"\#(zoe.id)#votes/\#(number)-\#(place)","type":"Note","attributedTo":"\#(zoe.id)","name":"\#(name)","inReplyTo":"\#(poll)","to":["https://islet.example/users/me"]}"#
        }
        return zoe.activity(
            "Create", notes.count == 1 ? notes[0] : "[" + notes.joined(separator: ",") + "]", number: number)
    }

    @Test func `of a single choice the first vote counts, and no post is kept`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let poll = try await islet.ask(["Cats", "Dogs"])
            try await islet.receive(vote([" Dogs "], in: islet.uri(poll), by: zoe), from: zoe)
            for (number, name) in ["Cats", "Dogs", "cats", "Birds"].enumerated() {
                try await islet.receive(
                    vote([name], in: islet.uri(poll), by: zoe, number: number + 2), from: zoe)
            }
            #expect(try islet.votes(in: poll) == [0, 1])
            #expect(try islet.read { try Polls.find(poll, in: $0) }?.voters == 1)
            #expect(try islet.read { try Statuses.count(in: $0) } == 1)
            #expect(try islet.notifications().isEmpty)
        }
    }

    @Test func `several choices may come as a bare list`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let poll = try await islet.ask(["A", "B", "C"], isMultiple: true)
            for _ in 0..<2 {
                try await islet.receive(vote(["A", "C"], in: islet.uri(poll), by: zoe), from: zoe)
            }
            #expect(try islet.votes(in: poll) == [1, 0, 1])
            #expect(try islet.read { try Polls.find(poll, in: $0) }?.voters == 1)
            let single = try await islet.ask(["A", "B"])
            try await islet.receive(vote(["A", "B"], in: islet.uri(single), by: zoe, number: 2), from: zoe)
            #expect(try islet.votes(in: single) == [1, 0])
        }
    }

    @Test func `a vote after the end, in another's name or in nothing counts nowhere`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let yan = zoe.host.resident("yan")
            let poll = try await islet.ask(["A", "B"])
            let forged = vote(["A"], in: islet.uri(poll), by: zoe).replacing(
                #""type":"Create","actor":"\#(zoe.id)""#, with: #""type":"Create","actor":"\#(yan.id)""#)
            try await islet.receive(forged, from: yan)
            let post = try await islet.post("No poll")
            try await islet.receive(vote(["A"], in: islet.uri(post), by: zoe, number: 2), from: zoe)
            try await pond.pass(.hours(1))
            try await islet.receive(vote(["A"], in: islet.uri(poll), by: zoe, number: 3), from: zoe)
            #expect(try islet.votes(in: poll) == [0, 0])
            #expect(try islet.read { try Statuses.count(in: $0) } == 2)
        }
    }
}
