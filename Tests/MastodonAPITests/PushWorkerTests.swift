import Basics
import Crypto
import HTTP
import HouseSupport
import Storage
import Synchronization
import Testing

@testable import MastodonAPI

@Suite struct PushWorkerTests {
    /// A push service that answers as it is told, a clock with alarms, and a worker between them.
    private final class World: Sendable {
        let house: House
        let answers = Mutex<[String: [Int]]>([:])
        let seen = Mutex<[(path: String, fields: Fields)]>([])
        let alarms = Mutex<[Int: (due: Timestamp, ring: @Sendable () -> Void)]>([:])
        let fields = Mutex(Fields())
        let numbers = Mutex(0)

        init() async throws {
            house = try await House.make()
        }

        var clock: Clock {
            Clock(
                now: { self.house.time.now },
                after: { duration, ring in
                    let number = self.numbers.withLock { number in
                        number += 1
                        return number
                    }
                    self.alarms.withLock { $0[number] = (self.house.time.now + duration, ring) }
                    return { self.alarms.withLock { $0[number] = nil } }
                })
        }

        func worker() -> PushWorker {
            PushWorker(
                store: house.store, identity: house.identity,
                send: { request throws(SendError) in
                    self.seen.withLock { $0.append((request.url.path, request.fields)) }
                    let code = self.answers.withLock { answers in
                        answers[request.url.path]?.isEmpty == false
                            ? answers[request.url.path]?.removeFirst() : nil
                    }
                    if code == 0 { throw .timedOut }
                    return OutboundResponse(
                        status: HTTP.Status(code ?? 201), fields: self.fields.withLock { $0 },
                        url: request.url)
                }, userAgent: "test", clock: clock, log: .silent)
        }

        func subscribe(_ token: Int64, _ path: String, isStandard: Bool = true) async throws -> Int64 {
            let key = try P256PrivateKey.generate().point.bytes
            let now = house.time.now
            let subscription = PushSubscription(
                token: token, accessToken: "t", endpoint: "https://push.example\(path)", key: key,
                auth: RandomBytes.make(16), isStandard: isStandard, alerts: .init(.follow), policy: .all)
            return try await house.store.write { tx in
                try PushSubscriptions.save(subscription, at: now, in: tx)
                return try PushSubscriptions.find(token: token, in: tx)?.id ?? 0
            }
        }

        func waits(_ subscription: Int64) throws -> Bool {
            try house.store.read { try Pushes.first(of: subscription, in: $0) } != nil
        }

        func isThere(_ subscription: Int64) throws -> Bool {
            try house.store.read { try PushSubscriptions.find(subscription, in: $0) } != nil
        }

        var paths: [String] { seen.withLock { $0.map(\.path) } }

        /// Moves the time to the next alarm and rings it; false when there is none.
        func wake() -> Bool {
            guard let next = alarms.withLock({ $0.min { $0.value.due < $1.value.due } }) else { return false }
            alarms.withLock { $0[next.key] = nil }
            house.time.advance(by: max(.zero, next.value.due - house.time.now))
            next.value.ring()
            return true
        }
    }

    /// Gives the worker its turn until something is so.
    private func wait(until condition: () throws -> Bool) async throws {
        for _ in 0..<200_000 {
            if try condition() { return }
            await Task.yield()
        }
        Issue.record("the worker does nothing")
    }

    @Test func `each subscription gets each message once, the oldest first`() async throws {
        let world = try await World()
        let one = try await world.subscribe(1, "/one")
        let two = try await world.subscribe(2, "/two", isStandard: false)
        let ann = try await world.house.makeActor("ann")
        try await world.house.notify(.follow, from: ann)
        let task = Task { await world.worker().run() }
        defer { task.cancel() }
        try await wait { try !world.waits(one) && !world.waits(two) }
        try await world.house.notify(.follow, from: ann)
        try await wait { try world.paths.count == 4 && !world.waits(one) && !world.waits(two) }
        #expect(Set(world.paths.prefix(2)) == ["/one", "/two"])
        let codings = world.seen.withLock { seen in
            Set(seen.map { $0.path + " " + ($0.fields["Content-Encoding"] ?? "") })
        }
        #expect(codings == ["/one aes128gcm", "/two aesgcm"])
        // Nobody looks again before something happens.
        #expect(world.alarms.withLock { $0.isEmpty })
    }

    @Test(arguments: [404, 410, 403]) func `an address that is gone ends its subscription`(code: Int)
        async throws
    {
        let world = try await World()
        let gone = try await world.subscribe(1, "/gone")
        let other = try await world.subscribe(2, "/other")
        world.answers.withLock { $0["/gone"] = [code] }
        try await world.house.notify(.follow, from: try await world.house.makeActor("ann"))
        let task = Task { await world.worker().run() }
        defer { task.cancel() }
        try await wait { try !world.isThere(gone) && !world.waits(other) }
        #expect(try world.isThere(other))
        #expect(world.paths.count == 2)
    }

    @Test func `what fails is tried again after a while, without holding up others`() async throws {
        let world = try await World()
        let slow = try await world.subscribe(1, "/slow")
        let other = try await world.subscribe(2, "/other")
        world.answers.withLock { $0["/slow"] = [503, 0, 429] }
        let ann = try await world.house.makeActor("ann")
        try await world.house.notify(.follow, from: ann)
        let begin = world.house.time.now
        let task = Task { await world.worker().run() }
        defer { task.cancel() }
        try await wait { try !world.waits(other) && world.alarms.withLock { $0.count == 1 } }
        let first = try #require(world.alarms.withLock { $0.values.first?.due })
        #expect(first >= begin + .seconds(48) && first <= begin + .seconds(72))
        // A later message waits behind it.
        try await world.house.notify(.follow, from: ann)
        try await wait { try !world.waits(other) }
        #expect(world.paths.filter { $0 == "/slow" }.count == 1)
        for attempts in 2...5 {
            try await wait {
                if world.paths.filter({ $0 == "/slow" }).count >= attempts { return true }
                _ = world.wake()
                return false
            }
        }
        try await wait { try !world.waits(slow) }
        #expect(try world.house.store.read { try PushSubscriptions.find(slow, in: $0)?.attempts } == 0)
        #expect(world.paths.filter { $0 == "/slow" }.count == 5)
    }

    @Test func `a push service that says when is asked then`() async throws {
        let world = try await World()
        _ = try await world.subscribe(1, "/busy")
        world.answers.withLock { $0["/busy"] = [429] }
        world.fields.withLock { $0 = ["Retry-After": "7200"] }
        try await world.house.notify(.follow, from: try await world.house.makeActor("ann"))
        let begin = world.house.time.now
        let task = Task { await world.worker().run() }
        defer { task.cancel() }
        try await wait { world.alarms.withLock { $0.values.first?.due == begin + .hours(2) } }
    }

    @Test func `a key that cannot be read loses no message`() async throws {
        let world = try await World()
        let id = try await world.subscribe(1, "/one")
        try await world.house.store.write { try Settings.set(.pushKey, to: "broken", in: $0) }
        try await world.house.notify(.follow, from: try await world.house.makeActor("ann"))
        let task = Task { await world.worker().run() }
        defer { task.cancel() }
        try await wait { world.alarms.withLock { $0.count == 1 } }
        #expect(try world.waits(id) && world.isThere(id))
        #expect(world.paths.isEmpty)
    }

    @Test func `a message that is too large, old or about nothing is dropped, and the next is sent`()
        async throws
    {
        let world = try await World()
        let id = try await world.subscribe(1, "/one")
        let ann = try await world.house.makeActor("ann")
        let now = world.house.time.now
        try await world.house.store.write { tx in
            try Notifications.add(.follow, from: ann, status: nil, at: now - .days(3), in: tx)
            try Notifications.add(.follow, from: ann, status: nil, at: now - .hours(2), in: tx)
            try Notifications.add(.follow, from: ann, status: nil, at: now - .hours(1), in: tx)
            try Notifications.add(.follow, from: ann, status: nil, at: now, in: tx)
            try Notifications.dismiss(NotificationID((now - .hours(2)).milliseconds * 1_000), in: tx)
        }
        world.answers.withLock { $0["/one"] = [413] }
        let task = Task { await world.worker().run() }
        defer { task.cancel() }
        try await wait { try !world.waits(id) }
        #expect(world.paths == ["/one", "/one"])
        #expect(try world.isThere(id))
    }
}
