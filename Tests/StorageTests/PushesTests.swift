import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct PushesTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func subscribe(
        _ token: Int64, _ alerts: PushSubscription.Alerts = PushSubscription.Alerts(.follow),
        _ policy: PushSubscription.Policy = .all, endpoint: String = "https://push.example/1",
        at moment: Timestamp = TestStore.now
    ) async throws -> Int64 {
        let subscription = PushSubscription(
            token: token, accessToken: "secret \(token)", endpoint: endpoint, key: [4, 1], auth: [2],
            isStandard: true, alerts: alerts, policy: policy)
        return try await store.write { tx in
            try PushSubscriptions.save(subscription, at: moment, in: tx)
            return try PushSubscriptions.find(token: token, in: tx)?.id ?? 0
        }
    }

    private func actor(_ name: String) async throws -> ActorID {
        try await store.write { try Actors.save(.make(name), in: $0) }
    }

    private func notify(
        _ kind: Notification.Kind, from actor: ActorID, at moment: Timestamp = TestStore.now
    ) async throws {
        try await store.write {
            try Notifications.add(kind, from: actor, status: nil, at: moment, in: $0)
        }
    }

    private func waiting(_ subscription: Int64) throws -> [Int64] {
        try store.read { snapshot in
            try snapshot.db.all(
                "SELECT notification FROM pushes WHERE subscription = ? ORDER BY notification", subscription
            ) { $0.int64(0) }
        }
    }

    @Test func `a subscription is found again with all it has`() async throws {
        let id = try await subscribe(7, [.init(.mention), .signUp], .followed)
        let found = try #require(try store.read { try PushSubscriptions.find(token: 7, in: $0) })
        #expect(
            found.id == id && found.accessToken == "secret 7" && found.key == [4, 1] && found.auth == [2])
        #expect(found.isStandard && found.alerts == [.init(.mention), .signUp] && found.policy == .followed)
        #expect(try store.read { try PushSubscriptions.find(id, in: $0)?.token } == 7)
        try await store.write {
            try PushSubscriptions.change(token: 7, alerts: .moderationWarning, policy: .none, in: $0)
        }
        let changed = try #require(try store.read { try PushSubscriptions.find(token: 7, in: $0) })
        #expect(changed.alerts == .moderationWarning && changed.policy == .none)
        #expect(changed.endpoint == "https://push.example/1")
    }

    @Test func `a token has one subscription, and the next takes over what waits`() async throws {
        let id = try await subscribe(7)
        try await notify(.follow, from: try await actor("ann"))
        try await store.write {
            try Pushes.postpone(id, endpoint: "https://push.example/1", until: now + .hours(1), in: $0)
        }
        #expect(try await subscribe(7, endpoint: "https://push.example/2") == id)
        #expect(try waiting(id).count == 1)
        // Another address may be tried at once.
        #expect(try store.read { try Pushes.due(at: now, in: $0) } == [id])
        #expect(try store.read { try PushSubscriptions.find(id, in: $0)?.attempts } == 0)
    }

    @Test func `there are at most fifty, and the one registered first goes`() async throws {
        let first = try await subscribe(1)
        try await notify(.follow, from: try await actor("ann"))
        for token in 2...Int64(PushSubscriptions.limit) {
            _ = try await subscribe(token, at: now + .seconds(Int(token)))
        }
        #expect(try store.read { try PushSubscriptions.find(first, in: $0) } != nil)
        _ = try await subscribe(999, at: now + .days(1))
        #expect(try store.read { try PushSubscriptions.find(first, in: $0) } == nil)
        #expect(try waiting(first).isEmpty)
        #expect(try store.read { try PushSubscriptions.find(token: 2, in: $0) } != nil)
    }

    @Test func `alerts and policy say who hears of what`() async throws {
        let followed = try await actor("followed")
        let follower = try await actor("follower")
        let neither = try await actor("neither")
        try await store.write { tx in
            try Following.request(followed, uri: "f", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(followed, owner: neither, in: tx)
            _ = try Followers.insert(follower, uri: "g", owner: neither, in: tx)
        }
        let all = try await subscribe(1, .init(.follow), .all)
        let byFollowed = try await subscribe(2, .init(.follow), .followed)
        let byFollower = try await subscribe(3, .init(.follow), .follower)
        let nothing = try await subscribe(4, .init(.follow), .none)
        let other = try await subscribe(5, [.init(.mention), .signUp], .all)
        for person in [followed, follower, neither] { try await notify(.follow, from: person) }
        #expect(try waiting(all).count == 3)
        #expect(try waiting(byFollowed).count == 1)
        #expect(try waiting(byFollower).count == 1)
        #expect(try waiting(nothing).isEmpty && waiting(other).isEmpty)
        try await notify(.mention, from: neither)
        #expect(try waiting(other).count == 1 && waiting(all).count == 3)
    }

    @Test func `nothing of blocked people, or of people muted with their notifications`() async throws {
        let id = try await subscribe(1)
        let blocked = try await actor("blocked")
        let muted = try await actor("muted")
        let quiet = try await actor("quiet")
        try await store.write { tx in
            _ = try Blocks.insert(blocked, uri: "b", in: tx)
            try Mutes.insert(muted, notifications: true, until: nil, in: tx)
            try Mutes.insert(quiet, notifications: false, until: nil, in: tx)
        }
        for person in [blocked, muted] { try await notify(.follow, from: person) }
        #expect(try waiting(id).isEmpty)
        try await notify(.follow, from: quiet)
        #expect(try waiting(id).count == 1)
    }

    @Test func `what is not committed is not pushed, and what is rings`() async throws {
        let id = try await subscribe(1)
        let ann = try await actor("ann")
        struct Stop: Error {}
        await #expect(throws: Stop.self) {
            try await store.write { tx in
                try Notifications.add(.follow, from: ann, status: nil, at: now, in: tx)
                throw Stop()
            }
        }
        #expect(try waiting(id).isEmpty)
        let told = try await store.write { tx in
            try Notifications.add(.follow, from: ann, status: nil, at: now, in: tx)
            return tx.changes
        }
        #expect(told.contains(.pushes))
    }

    @Test func `of more than a hundred messages the oldest go`() async throws {
        let id = try await subscribe(1)
        let ann = try await actor("ann")
        try await store.write { tx in
            for second in 0..<(Pushes.limit + 20) {
                try Notifications.add(.follow, from: ann, status: nil, at: now + .seconds(second), in: tx)
            }
        }
        let left = try waiting(id)
        #expect(left.count == Pushes.limit)
        #expect(left.first == (now + .seconds(20)).milliseconds * 1_000)
        #expect(try store.read { try Pushes.first(of: id, in: $0)?.value } == left.first)
    }

    @Test func `what failed waits, and what is old is dropped`() async throws {
        let id = try await subscribe(1)
        let ann = try await actor("ann")
        #expect(try store.read { try Pushes.due(at: now, in: $0) }.isEmpty)
        try await notify(.follow, from: ann)
        try await notify(.follow, from: ann, at: now + .seconds(9))
        #expect(try store.read { try Pushes.due(at: now, in: $0) } == [id])
        #expect(try store.read { try Pushes.nextAttempt(after: now, in: $0) } == nil)
        let endpoint = "https://push.example/1"
        let later = now + .minutes(5)
        try await store.write {
            try Pushes.postpone(id, endpoint: "https://push.example/before", until: later, in: $0)
        }
        #expect(try store.read { try Pushes.due(at: now, in: $0) } == [id])
        try await store.write { try Pushes.postpone(id, endpoint: endpoint, until: later, in: $0) }
        #expect(try store.read { try Pushes.due(at: now, in: $0) }.isEmpty)
        #expect(try store.read { try Pushes.nextAttempt(after: now, in: $0) } == later)
        #expect(try store.read { try Pushes.due(at: later, in: $0) } == [id])
        #expect(try store.read { try PushSubscriptions.find(id, in: $0)?.attempts } == 1)

        try await store.write { try Pushes.drop(before: now + .seconds(1), of: id, in: $0) }
        let left = try waiting(id)
        #expect(left == [(now + .seconds(9)).milliseconds * 1_000])
        try await store.write { try Pushes.settle(NotificationID(left[0]), of: id, in: $0) }
        #expect(try waiting(id).isEmpty)
        #expect(try store.read { try PushSubscriptions.find(id, in: $0)?.attempts } == 0)
    }

    @Test func `an address that is gone ends its subscription, but not its successor`() async throws {
        let id = try await subscribe(1)
        try await store.write { try Pushes.abandon(id, endpoint: "https://push.example/0", in: $0) }
        #expect(try store.read { try PushSubscriptions.find(id, in: $0) } != nil)
        try await store.write { try Pushes.abandon(id, endpoint: "https://push.example/1", in: $0) }
        #expect(try store.read { try PushSubscriptions.find(id, in: $0) } == nil)
    }

    @Test func `a token that is revoked takes its subscription along, and open streams are told`()
        async throws
    {
        let ids = try await store.write { tx in
            for digit in UInt8(1)...3 {
                try OAuthTokens.insert(
                    digest: [digit], app: 1, scopes: "push", isOwner: true, at: now, in: tx)
            }
            return try (UInt8(1)...3).compactMap { try OAuthTokens.find(digest: [$0], in: tx)?.id }
        }
        var subscriptions: [Int64] = []
        for id in ids { subscriptions.append(try await subscribe(id)) }
        try await notify(.follow, from: try await actor("ann"))
        let untouched = try await store.write { tx in
            try OAuthTokens.remove(digest: [1], app: 2, in: tx)
            return tx.events
        }
        #expect(untouched.isEmpty)
        let told = try await store.write { tx in
            try OAuthTokens.remove(digest: [1], app: 1, in: tx)
            return tx.events
        }
        #expect(told == [.revoked([ids[0]])])
        #expect(try waiting(subscriptions[0]).isEmpty && waiting(subscriptions[1]).count == 1)
        #expect(try store.read { try PushSubscriptions.find(subscriptions[0], in: $0) } == nil)
        let all = try await store.write { tx in
            _ = try OAuthTokens.removeAll(in: tx)
            return tx.events
        }
        #expect(all == [.revoked(Array(ids[1...]))])
        #expect(try store.read { try PushSubscriptions.find(subscriptions[1], in: $0) } == nil)
        #expect(try waiting(subscriptions[1]).isEmpty)
    }
}
