import Basics
import HTTP
import HouseSupport
import Storage
import Synchronization
import Testing

@testable import MastodonAPI

@Suite struct StreamReaderTests {
    private func reader(
        _ scopes: String = "read", limits: APILimits = .standard, clock: Clock = TestTime().clock
    ) -> StreamReader {
        StreamReader(token: 1, scopes: ScopeSet(scopes), limits: limits, clock: clock)
    }

    private func news(_ payload: String = "x", _ event: Event = .home(StatusID(1))) -> StreamNews {
        StreamNews(event: event, post: nil, message: StreamMessage("update", payload: payload))
    }

    private func subscription(_ name: String, _ tag: String? = nil) throws -> StreamSubscription {
        try StreamSubscription(name, tag: tag, list: nil)
    }

    @Test func `news wait for each stream that takes them, in order`() async throws {
        let reader = reader()
        #expect(!reader.offer(news("early")))
        try reader.subscribe(to: subscription("user"))
        try reader.subscribe(to: subscription("user"))
        try reader.subscribe(to: subscription("public"))
        #expect(reader.offer(news("1")))
        #expect(reader.offer(news("2", .removed(StatusID(1)))))
        reader.unsubscribe(from: .user)
        #expect(!reader.offer(news("3")))
        var got: [String] = []
        for _ in 0..<3 {
            guard case .message(let message, let label) = await reader.next() else { continue }
            got.append("\(message.payload ?? "") \(label[0])")
        }
        #expect(got == ["1 user", "2 user", "2 public"])
    }

    @Test func `two that mean the same hashtag count once`() throws {
        let reader = reader()
        try reader.subscribe(to: subscription("hashtag", "Cats"))
        try reader.subscribe(to: subscription("hashtag", "#cats"))
        #expect(reader.streams == [.hashtag("cats", isLocal: false)])
    }

    @Test func `one more stream than may be followed is refused with 429`() throws {
        var limits = APILimits.standard
        limits.streamsPerReader = 2
        let reader = reader(limits: limits)
        try reader.subscribe(to: subscription("hashtag", "a"))
        try reader.subscribe(to: subscription("hashtag", "b"))
        try reader.subscribe(to: subscription("hashtag", "b"))
        let error = #expect(throws: APIError.self) { try reader.subscribe(to: subscription("hashtag", "c")) }
        #expect(error?.status == .tooManyRequests)
    }

    @Test func `a queue is full by its messages, and then the connection ends with 1013 and nothing waits`()
        async throws
    {
        var limits = APILimits.standard
        limits.streamQueueMessages = 2
        let reader = reader(limits: limits)
        try reader.subscribe(to: subscription("user"))
        for _ in 0..<2 { reader.offer(news()) }
        #expect(!reader.isOver)
        reader.offer(news())
        #expect(reader.isOver)
        #expect(await reader.ended().rawValue == 1013)
        guard case .over = await reader.next() else { return #expect(Bool(false), "something waits") }
        #expect(!reader.offer(news()))
    }

    @Test func `a queue is full by its bytes, but one message always fits`() async throws {
        var limits = APILimits.standard
        limits.streamQueueBytes = 1_000
        let reader = reader(limits: limits)
        try reader.subscribe(to: subscription("user"))
        let large = String(repeating: "x", count: 5_000)
        reader.offer(news(large))
        #expect(!reader.isOver)
        guard case .message = await reader.next() else { return #expect(Bool(false), "it was not sent") }
        reader.offer(news(large))
        reader.offer(news("y"))
        #expect(reader.isOver)
    }

    @Test func `without the scope a stream is refused, and notifications are left out of the user's`()
        async throws
    {
        let reader = reader("read:statuses")
        let error = #expect(throws: APIError.self) {
            try reader.subscribe(to: subscription("user:notification"))
        }
        #expect(error?.status == .forbidden)
        try reader.subscribe(to: subscription("user"))
        #expect(!reader.offer(news("1", .notified(NotificationID(1)))))
        #expect(!reader.offer(news("2", .notificationsMerged)))
        #expect(reader.offer(news("3", .filtersChanged)))
        let whole = self.reader("read:statuses read:notifications")
        try whole.subscribe(to: subscription("user"))
        #expect(whole.offer(news("1", .notified(NotificationID(1)))))
    }

    @Test func `the first reason for the end counts`() async {
        let reader = reader()
        reader.end(.revoked)
        reader.end(.gone)
        #expect(await reader.ended() == .revoked)
    }

    @Test
    func `silence is told after the time that was asked for, and not because of a message taken before`()
        async throws
    {
        let time = TestTime()
        let alarms = Mutex(0)
        // The first alarm does not ring before the second, at which the time has come.
        let clock = Clock(
            now: { time.now },
            after: { duration, ring in
                let isSecond = alarms.withLock { count in
                    count += 1
                    return count == 2
                }
                if isSecond {
                    time.advance(by: duration)
                    ring()
                }
                return {}
            })
        let reader = reader(clock: clock)
        try reader.subscribe(to: subscription("user"))
        // This rings while nobody waits.
        reader.offer(news())
        guard case .message = await reader.next(within: .seconds(15)) else {
            return #expect(Bool(false), "it was not sent")
        }
        let start = time.now
        guard case .silence = await reader.next(within: .seconds(15)) else {
            return #expect(Bool(false), "no silence")
        }
        #expect(time.now - start == .seconds(15))
    }
}
