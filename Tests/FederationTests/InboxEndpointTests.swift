import ActivityPub
import Basics
import Crypto
import Federation
import HTTP
import Storage
import TestSupport
import Testing

struct InboxEndpointTests {
    /// One way to get at the islet, and what it says to that.
    struct Abuse: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: HTTP.Status
        let change: @Sendable (inout SignedPost) -> Void
    }

    static let refused: [Abuse] = [
        Abuse(testDescription: "a signature that does not fit", status: .unauthorized) {
            $0.breaksSignature = true
        },
        Abuse(testDescription: "no signature", status: .unauthorized) { $0.sendsSignature = false },
        Abuse(testDescription: "somebody else's key", status: .unauthorized) { $0.key = TestKeys.other },
        Abuse(testDescription: "a date of two hours ago", status: .unauthorized) {
            $0.date = $0.date - .hours(2)
        },
        Abuse(testDescription: "a date of half a day ago", status: .unauthorized) {
            $0.date = $0.date - .hours(13)
        },
        Abuse(testDescription: "a date of last year", status: .unauthorized) {
            $0.date = $0.date - .days(365)
        },
        Abuse(testDescription: "a date of the day after tomorrow", status: .unauthorized) {
            $0.date = $0.date + .hours(48)
        },
        Abuse(testDescription: "the digest of something else", status: .unauthorized) {
            $0.digest = ContentDigest.header(for: [1])
        },
        Abuse(testDescription: "no digest", status: .unauthorized) {
            $0.signed = "(request-target) host date"
            $0.sendsDigest = false
        },
        Abuse(testDescription: "a digest that is not signed", status: .unauthorized) {
            $0.signed = "(request-target) host date"
        },
        Abuse(testDescription: "only the date signed", status: .unauthorized) { $0.signed = "date" },
        Abuse(testDescription: "a signature for another host", status: .unauthorized) {
            $0.signedHost = "other.example"
        },
        Abuse(testDescription: "a key of another origin", status: .accepted) {
            $0.keyID = "https://evil.example/users/eve#main-key"
        },
        Abuse(testDescription: "a key that the actor does not have", status: .unauthorized) {
            $0.keyID = "https://far.example/users/zoe#second-key"
        },
        Abuse(testDescription: "the key of a neighbour", status: .accepted) {
            $0.keyID = "https://far.example/users/yan#main-key"
        },
        Abuse(testDescription: "a key that is a handle", status: .unauthorized) {
            $0.keyID = "acct:zoe@far.example"
        },
        Abuse(testDescription: "no body", status: .badRequest) { $0.body = [] },
        Abuse(testDescription: "no JSON", status: .badRequest) { $0.body = Array("<html>".utf8) },
        Abuse(testDescription: "half of the JSON", status: .badRequest) { $0.body.removeLast(10) },
        Abuse(testDescription: "no activity", status: .badRequest) { $0.body = Array("[1, 2]".utf8) },
        Abuse(testDescription: "an activity without actor", status: .badRequest) {
            $0.body = Array(#"{"type":"Like"}"#.utf8)
        },
        Abuse(testDescription: "brackets without end", status: .badRequest) {
            $0.body = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        },
        Abuse(testDescription: "brackets in balance", status: .badRequest) {
            $0.body =
                [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
                + [UInt8](repeating: UInt8(ascii: "]"), count: 100_000)
        },
        Abuse(testDescription: "objects in objects", status: .badRequest) {
            $0.body = Array(
                (String(repeating: #"{"a":"#, count: 50_000) + "1" + String(repeating: "}", count: 50_000))
                    .utf8)
        },
        Abuse(testDescription: "depth within an activity", status: .badRequest) {
            $0.body.removeLast()
            $0.body += Array((",\"x\":" + String(repeating: "[", count: 10_000)).utf8)
            $0.body += Array((String(repeating: "]", count: 10_000) + "}").utf8)
        },
        Abuse(testDescription: "five megabytes", status: .contentTooLarge) {
            $0.body = [UInt8](repeating: UInt8(ascii: " "), count: 5_000_000)
        },
    ]

    /// An islet whose owner is addressed by a note, so that it would be kept if it were believed.
    private func post(
        _ pond: Pond, change: (inout SignedPost) -> Void = { _ in }
    ) async throws -> (Islet, StrangerActor, HTTP.Status) {
        let islet = try await pond.islet(isRunning: false)
        let far = pond.stranger("far.example")
        _ = far.resident("yan")
        let zoe = far.resident("zoe")
        _ = pond.stranger("evil.example").resident("eve")
        let note = zoe.note(1, to: [islet.identity.actor], cc: [])
        return (islet, zoe, try await islet.receive(zoe.create(1, note), from: zoe, change: change))
    }

    @Test func `what is signed as it should be is taken`() async throws {
        try await Pond.with { pond in
            let (islet, zoe, status) = try await post(pond)
            #expect(status == .accepted)
            #expect(try islet.status(zoe.noteID(1)) != nil)
        }
    }

    @Test(arguments: refused)
    func `what is not is refused and leaves nothing`(abuse: Abuse) async throws {
        try await Pond.with { pond in
            let (islet, zoe, status) = try await post(pond, change: abuse.change)
            #expect(status == abuse.status)
            #expect(try islet.status(zoe.noteID(1)) == nil)
            #expect(try islet.notifications().isEmpty)
        }
    }

    @Test(arguments: [-60, -5, 5, 60])
    func `a clock may be off by an hour`(minutes: Int) async throws {
        try await Pond.with { pond in
            let (_, _, status) = try await post(pond) { $0.date = $0.date + .minutes(minutes) }
            #expect(status == .accepted)
        }
    }

    @Test func `what somebody else passes on is not believed for their signature`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let eve = pond.stranger("evil.example").resident("eve")
            let note = zoe.note(1, to: [islet.identity.actor], cc: [])
            #expect(try await islet.receive(zoe.create(1, note), from: eve) == .accepted)
            #expect(try islet.status(zoe.noteID(1)) == nil)
        }
    }

    @Test(arguments: ["/inbox", "/actor/inbox", "/users/me/inbox", "/users/ME/inbox"])
    func `every inbox takes the same`(path: String) async throws {
        try await Pond.with { pond in
            let url = try #require(WebURL("https://islet.example\(path)"))
            let (_, _, status) = try await post(pond) { $0.url = url }
            #expect(status == .accepted)
        }
    }

    @Test func `nobody else has an inbox`() async throws {
        try await Pond.with { pond in
            let url = try #require(WebURL("https://islet.example/users/you/inbox"))
            let (_, _, status) = try await post(pond) { $0.url = url }
            #expect(status == .notFound)
        }
    }

    @Test(arguments: ["Delete", "Update"])
    func `the farewell of somebody unknown is taken without asking`(type: String) async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            let status = try await islet.receive(zoe.activity(type, about: zoe.id), from: zoe) {
                $0.breaksSignature = true
            }
            #expect(status == .accepted)
            #expect(zoe.host.asked.isEmpty)
        }
    }

    @Test(arguments: [
        (Stranger.Manner.fail(.timedOut), HTTP.Status.serviceUnavailable),
        (.status(.serviceUnavailable), .serviceUnavailable),
        (.status(.notFound), .unauthorized), (.status(.gone), .unauthorized),
        (.status(.forbidden), .unauthorized),
    ])
    func `a key that cannot be had says whether to come again`(manner: Stranger.Manner, expected: HTTP.Status)
        async throws
    {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            zoe.host.answer("/users/zoe", manner)
            #expect(
                try await islet.receive(zoe.activity("Follow", about: islet.identity.actor), from: zoe)
                    == expected)
        }
    }

    @Test func `a changed key is asked for again`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            try await islet.receive(zoe.activity("Like", about: "https://x.example/1"), from: zoe)
            zoe.publish(key: TestKeys.other)
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            #expect(try await islet.receive(follow, from: zoe) { $0.key = TestKeys.other } == .accepted)
            #expect(try islet.followers() == [zoe.id])
            // The old one is no longer good.
            #expect(try await islet.receive(zoe.activity("Undo", follow), from: zoe) == .unauthorized)
            #expect(try islet.followers() == [zoe.id])
        }
    }

    @Test func `nothing is taken while there is a reason`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false, pause: { "The clock is wrong." })
            let zoe = pond.stranger("far.example").resident("zoe")
            let follow = zoe.activity("Follow", about: islet.identity.actor)
            #expect(try await islet.receive(follow, from: zoe) == .serviceUnavailable)
            #expect(zoe.host.asked.isEmpty)
        }
    }

    @Test func `an activity for somebody else changes nothing and is no fault`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let zoe = pond.stranger("far.example").resident("zoe")
            for type in [
                "Follow", "Like", "Announce", "Accept", "Reject", "Undo", "Block", "Move", "Dislike",
                "Nonsense",
            ] {
                let activity = zoe.activity(type, about: "https://else.example/users/x")
                #expect(try await islet.receive(activity, from: zoe) == .accepted)
            }
            #expect(try islet.notifications().isEmpty)
            #expect(try islet.read { try Statuses.count(in: $0) } == 0)
        }
    }
}
