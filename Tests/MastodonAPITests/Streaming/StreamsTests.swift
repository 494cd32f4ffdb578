import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct StreamsTests {
    @Test func `trap streaming: own post reaches the posting app too`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        try await house.streaming {
            let app = try house.reader("user", token: token)
            let other = try house.reader("user", token: try await house.token())
            let id = try await house.post("Hello", token: token)
            try await house.tellMark()
            for seat in [app, other] { #expect(try await seat.untilMark() == ["user update \(id)"]) }
        }
    }

    @Test func `a post, its edit, a notification and the deletion come in order, each on its streams`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        try await house.streaming {
            let seat = try house.reader("user", "user:notification", "public", "public:remote", token: token)
            let id = try await house.makeStatus(by: bob)
            try await house.notify(.mention, from: bob, id)
            let note = house.time.now.milliseconds * 1_000
            try await house.store.write { tx in
                guard var status = try Statuses.find(id, in: tx) else { return }
                status.content = "<p>Hello again</p>"
                try Statuses.update(status, in: tx)
            }
            try await house.store.write { try Statuses.delete(id, in: $0) }
            try await house.tellMark()
            let got = try await seat.untilMark()
            // What was deleted before its turn came is not sent, so the first ones may be missing.
            #expect(
                got.suffix(3) == ["user delete \(id)", "public delete \(id)", "public:remote delete \(id)"])
            let whole = [
                "public update \(id)", "public:remote update \(id)", "user update \(id)",
                "user notification \(note)", "user:notification notification \(note)",
                "user status.update \(id)", "public status.update \(id)", "public:remote status.update \(id)",
            ]
            var rest = whole[...]
            for item in got.dropLast(3) {
                let found = try #require(rest.firstIndex(of: item), "\(item) in \(got)")
                rest = rest[(found + 1)...]
            }
        }
    }

    @Test func `a post that is too large to be streamed closes nobody's stream`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        try await house.streaming {
            let seat = try house.reader("user", token: token)
            _ = try await house.makeStatus(by: bob, "<p>\(String(repeating: "\"", count: 65_000))</p>")
            let small = try await house.makeStatus(by: bob)
            try await house.tellMark()
            #expect(try await seat.untilMark() == ["user update \(small)"])
            #expect(!seat.reader.isOver)
        }
    }

    @Test func `every kind of news is rendered as the same entity that the API answers`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let id = try await house.makeStatus(by: bob, "<p>\"Quotes\" \\ and\nlines</p>")
        try await house.notify(.mention, from: bob, id)
        let note = NotificationID(house.time.now.milliseconds * 1_000)
        let news = try house.store.read {
            try house.api.news(
                of: [.home(id), .edited(id), .notified(note), .removed(id), .notificationsMerged], in: $0)
        }
        #expect(
            news.map(\.message.event) == [
                "update", "status.update", "notification", "delete", "notifications_merged",
            ])
        let status = try await house.get("/api/v1/statuses/\(id)", token).text
        #expect(news[0].message.payload == status)
        #expect(news[1].message.payload == status)
        #expect(news[2].message.payload == (try await house.get("/api/v1/notifications/\(note)", token).text))
        #expect(news[3].message.payload == "\(id)")
        #expect(news[4].message.payload == "1")
        let frame = try Document(Array(news[0].message.frame(on: ["user"]).utf8)).root
        #expect(frame["payload"]?.string == status)
        #expect(Set(frame.members.map(\.key)) == ["stream", "event", "payload"])
    }

    @Test func `conversations go only to the direct stream, as the page of conversations shows them`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        try await house.streaming {
            let seat = try house.reader("direct", "user", token: token)
            let letter = try await house.makeLetter(from: bob)
            try await house.tellMark()
            let got = try await seat.untilMark()
            #expect(got.contains("direct conversation \(letter)"))
            #expect(got.filter { $0.hasPrefix("direct") }.count == 1)
            #expect(!got.contains { $0.hasPrefix("user conversation") })
            let news = try house.store.read {
                try house.api.news(of: [.conversation(ConversationID(letter.value))], in: $0)
            }
            let page = try await house.get("/api/v1/conversations", token).text
            #expect(news.map { "[\($0.message.payload ?? "")]" } == [page])
        }
    }

    @Test func `filters_changed has no payload`() throws {
        let message = StreamMessage("filters_changed")
        #expect(message.frame(on: ["user"]) == #"{"stream":["user"],"event":"filters_changed"}"#)
        #expect(String(decoding: message.lines, as: UTF8.self) == "event: filters_changed\ndata: \n\n")
    }

    @Test func `what the home page would not show is not sent: blocked, muted, boosted from there, too old`()
        async throws
    {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        _ = try await house.store.write { tx in
            try Blocks.insert(eve, uri: "https://home.example/blocks/1", in: tx)
        }
        let byEve = try await house.makeStatus(by: eve)
        let boost = try await house.makeStatus(by: bob, reblogOf: byEve)
        let old = try await house.makeStatus(by: bob)
        house.time.advance(by: .hours(6))
        let new = try await house.makeStatus(by: bob)
        try await house.notify(.mention, from: eve, byEve)
        let note = NotificationID(house.time.now.milliseconds * 1_000)
        let news = try house.store.read {
            try house.api.news(
                of: [
                    .home(byEve), .home(boost), .edited(byEve), .notified(note), .home(old), .edited(old),
                    .home(StatusID(1)), .added(new), .home(new), .notified(NotificationID(1)),
                ], in: $0)
        }
        #expect(news.map(\.event) == [.edited(old), .added(new), .home(new)])
    }

    @Test func `a burst is loaded in a number of statements that does not depend on it`() async throws {
        let house = try await House.make()
        var events: [[Event]] = [[], []]
        for (index, count) in [2, 20].enumerated() {
            for number in 0..<count {
                let bob = try await house.makeActor("bob\(index)x\(number)")
                let id = try await house.makeStatus(by: bob)
                try await house.notify(.mention, from: bob, id)
                events[index] += [
                    .home(id), .notified(NotificationID(house.time.now.milliseconds * 1_000)),
                ]
            }
        }
        let counts = try events.map { events in
            let before = house.store.statementsRead
            let news = try house.store.read { try house.api.news(of: events, in: $0) }
            #expect(news.count == events.count)
            return house.store.statementsRead - before
        }
        #expect(counts[0] == counts[1])
    }

    @Test func `after a token is revoked its connections end, and no others`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let other = try await house.token()
        try await house.streaming {
            let ended = try house.reader("user", token: token)
            let stays = try house.reader("user", token: other)
            let row = try #require(try house.api.authorize(token, .anyToken))
            try await house.store.write { $0.tell(.revoked([row.id])) }
            #expect(await ended.reader.ended() == .revoked)
            try await house.tellMark()
            #expect(try await stays.untilMark() == [])
            _ = try await house.store.write { try OAuthTokens.removeAll(in: $0) }
            #expect(await stays.reader.ended() == .revoked)
        }
    }

    @Test func `a reader that does not keep up is closed with 1013, and the others get everything in order`()
        async throws
    {
        var limits = APILimits.standard
        limits.streamQueueMessages = 8
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        let bob = try await house.makeActor()
        try await house.streaming {
            let stalled = try house.reader("user", token: token)
            let live = try house.reader("user", token: token)
            var expected: [String] = []
            var got: [String] = []
            for _ in 0..<20 {
                expected.append("user update \(try await house.makeStatus(by: bob))")
                try await house.tellMark()
                got += try await live.untilMark()
            }
            #expect(got == expected)
            #expect(await stalled.reader.ended().rawValue == 1013)
            #expect(!live.reader.isOver)
        }
    }

    @Test func `when more events wait than may, everybody is sent away, and whoever comes then is served`()
        async throws
    {
        var limits = APILimits.standard
        limits.streamEvents = 10
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        let early = try house.reader("user", token: token)
        try await house.store.write { tx in
            for id in 1...11 { tx.tell(.removed(StatusID(Int64(id)))) }
        }
        try await house.streaming {
            #expect(await early.reader.ended() == .full)
            let late = try house.reader("user", token: token)
            try await house.tellMark()
            #expect(try await late.untilMark() == [])
        }
    }

    @Test func `places are bounded, and one that is given back can be taken again`() async throws {
        var limits = APILimits.standard
        limits.streamReaders = 2
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        let first = try house.reader("user", token: token)
        do {
            let second = try house.reader("user", token: token)
            #expect(!second.reader.isOver)
            let error = #expect(throws: APIError.self) { try house.reader("user", token: token) }
            #expect(error?.status == .serviceUnavailable)
        }
        let third = try house.reader("user", token: token)
        #expect(!first.reader.isOver && !third.reader.isOver)
    }

    @Test func `nothing is kept while nobody reads, and stopping sends everybody away`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.post("unheard", token: token)
        let seat = try house.reader("user", token: token)
        try await house.streaming {
            try await house.tellMark()
            #expect(try await seat.untilMark() == [])
            house.api.closeStreams()
            #expect(await seat.reader.ended().rawValue == 1001)
            let error = #expect(throws: APIError.self) { try house.reader("user", token: token) }
            #expect(error?.status == .serviceUnavailable)
        }
    }

    @Test func `only what somebody follows is loaded`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        try await house.streaming {
            let seat = try house.reader("direct", "user:notification", token: token)
            let before = house.store.statementsRead
            for _ in 0..<5 { _ = try await house.makeStatus(by: bob) }
            try await house.store.write { $0.tell(.notificationsMerged) }
            guard case .message(let message, _) = await seat.reader.next() else { return }
            #expect(message.event == "notifications_merged")
            // One look for the notifications that are told of, which are none here.
            #expect(house.store.statementsRead - before <= 2)
        }
    }
}
