import Basics
import SQLite
import Testing

@testable import Storage

/// What keeps the queue of deliveries from growing without end.
@Suite struct DeliveriesBoundsTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func inboxes(_ urls: String...) async throws -> [Int64] {
        try await store.write { tx in try urls.map { try Inboxes.id(of: $0, in: tx) } }
    }

    private func send(_ kind: String, count: Int = 1, to inboxes: [Int64], at moment: Timestamp) async throws
    {
        try await store.write { tx in
            for _ in 0..<count {
                try Deliveries.enqueue(
                    Deliveries.Letter(kind: kind, body: [1]), to: inboxes, at: moment, in: tx)
            }
        }
    }

    private func kinds(_ inbox: Int64) throws -> [String: Int] {
        let found = try store.read { snapshot in
            try snapshot.db.all(
                "SELECT kind, count(*) FROM deliveries d JOIN outbox o ON o.id = d.item WHERE inbox = ? GROUP BY 1",
                inbox
            ) { ($0.text(0), $0.int(1)) }
        }
        return Dictionary(found, uniquingKeysWith: +)
    }

    private func host(of inbox: Int64) throws -> Int64 {
        try #require(
            try store.read { try $0.db.first("SELECT host FROM inboxes WHERE id = ?", inbox) { $0.int64(0) } }
        )
    }

    @Test func `a host with many inboxes does not crowd out the others`() async throws {
        let many = try await inboxes(
            "https://a.example/1", "https://a.example/2", "https://a.example/3",
            "https://a.example/4", "https://a.example/5", "https://a.example/6")
        let other = try await inboxes("https://b.example/1", "https://c.example/1")
        try await send("Create", to: many, at: now)
        try await send("Create", to: other, at: now)
        func due(_ limit: Int) throws -> [Int64] {
            try store.read { try Deliveries.due(at: now, limit: limit, in: $0) }.map(\.inbox)
        }
        #expect(try due(6) == Array(many.prefix(4)) + other)
        #expect(try due(9) == Array(many.prefix(4)) + other + many.suffix(2), "what is left over comes last")
    }

    @Test func `also follows and farewells are bounded, after everything else`() async throws {
        let inbox = try await inboxes("https://a.example/1")[0]
        let now = now
        let bound = Deliveries.limitPerFailingInbox
        try await send("Undo", count: bound, to: [inbox], at: now)
        try await send("Create", count: 3, to: [inbox], at: now)
        let first = try #require(try store.read { try Deliveries.due(at: now, limit: 1, in: $0) }.first)
        func fail() async throws {
            try await store.write { tx in
                try Deliveries.postpone(inbox: inbox, item: first.item, until: now, isUnsure: false, in: tx)
            }
        }
        try await fail()
        #expect(try kinds(inbox) == ["Undo": bound])
        try await send("Delete", count: 2, to: [inbox], at: now)
        try await fail()
        #expect(try kinds(inbox) == ["Undo": bound - 2, "Delete": 2])
    }

    @Test func `the queue of a host that is left alone does not grow either`() async throws {
        let ids = try await inboxes("https://a.example/1", "https://b.example/1")
        let now = now
        let bound = Deliveries.limitPerFailingInbox
        let failing = try host(of: ids[0])
        try await store.write { tx in
            try Hosts.failed(
                failing, error: "x", at: now, nextAttempt: now + .hours(6), isDead: false, in: tx)
        }
        try await send("Create", count: bound + 2, to: ids, at: now)
        #expect(try kinds(ids[0]) == ["Create": bound] && kinds(ids[1]) == ["Create": bound + 2])
        #expect(try store.read { try Deliveries.count(in: $0) } == 2 * bound + 2)
    }

    @Test func `a host that says it is gone takes its posts with it`() async throws {
        let ids = try await inboxes("https://a.example/1", "https://a.example/2")
        try await send("Create", to: ids, at: now)
        try await send("Delete", to: ids, at: now)
        let now = now
        let gone = try host(of: ids[0])
        try await store.write { try Hosts.close(gone, at: now, in: $0) }
        #expect(try kinds(ids[0]) == ["Delete": 1] && kinds(ids[1]) == ["Delete": 1])
        #expect(try store.read { try Deliveries.due(at: now + .days(99), limit: 9, in: $0) }.isEmpty)
    }

    @Test func `what is kept for a host to come back is kept for thirty days, posts for a living one longer`()
        async throws
    {
        let ids = try await inboxes("https://a.example/1", "https://dead.example/1")
        let now = now
        let dead = try host(of: ids[1])
        try await store.write { try Hosts.close(dead, at: now, in: $0) }
        for kind in ["Create", "Follow", "Delete"] { try await send(kind, to: ids, at: now) }
        try await send("Undo", to: ids, at: now + .days(1))
        func clean(after duration: Duration) async throws -> Bool {
            let isDue = try store.read { try Retention.isDue(at: now + duration, in: $0) }
            _ = try await store.write { try Retention.run(at: now + duration, in: $0) }
            return isDue
        }
        #expect(try await !clean(after: .days(30)))
        #expect(try await clean(after: .days(30) + .milliseconds(1)))
        #expect(try kinds(ids[0]) == ["Create": 1, "Undo": 1] && kinds(ids[1]) == ["Undo": 1])
        #expect(try await !clean(after: .days(30) + .milliseconds(1)), "idle again")
        #expect(try store.read { try Deliveries.count(in: $0) } == 3)
    }

    @Test func `a blocked domain loses all that waits, its subdomains included`() async throws {
        let ids = try await inboxes(
            "https://lake.example/1", "https://sub.lake.example:8443/1", "https://snowlake.example/1",
            "https://lake.example.org/1")
        for kind in ["Create", "Delete"] { try await send(kind, to: ids, at: now) }
        try await store.write { try Deliveries.abandon(domain: "lake.example", in: $0) }
        #expect(try ids.map { try kinds($0).count } == [0, 0, 2, 2])
    }
}
