import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboundFlagTests {
    @Test func `a report of the owner or a post is kept once and told`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let post = try await islet.post("Hi")
            let text = String(repeating: "x", count: 6_000)
            let flag =
                #"{"id":"\#(zoe.id)#flags/1","type":"Flag","actor":"\#(zoe.id)","content":"\#(text)","object":["\#(islet.identity.actor)","\#(islet.uri(post))","https://far.example/1"]}"#
            for _ in 0..<2 { #expect(try await islet.receive(flag, from: zoe) == .accepted) }
            let reports = try islet.read { try Reports.newest(9, in: $0) }
            #expect(reports.map(\.statuses) == [[islet.uri(post)]])
            #expect(reports.first?.content.count == Reports.limits.content)
            #expect(try islet.notifications() == ["report zoe@far.example"])
        }
    }

    @Test func `a report of others is not kept`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.receive(zoe.activity("Flag", about: "https://far.example/users/yan"), from: zoe)
            #expect(try islet.read { try Reports.newest(9, in: $0) }.isEmpty)
        }
    }
}
