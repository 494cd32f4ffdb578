import Basics
import SQLite
import Testing

@testable import Storage

/// The tables that remember what came in and who is in trouble: hosts, inbound, seen activities, tombstones.
@Suite struct QueuesTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    @Test(arguments: [
        ("https://lake.example/inbox", "lake.example"),
        ("https://lake.example:8443/inbox", "lake.example:8443"),
        ("https://lake.example", "lake.example"), ("https://lake.example?x", "lake.example"), ("odd", "odd"),
    ])
    func `an inbox belongs to its host and is stored once`(url: String, host: String) async throws {
        let ids = try await store.write { tx in
            try [Inboxes.id(of: url, in: tx), Inboxes.id(of: url, in: tx)]
        }
        #expect(ids[0] == ids[1])
        let name = try store.read { snapshot in
            try snapshot.db.first("SELECT h.name FROM inboxes i JOIN hosts h ON h.id = i.host") { $0.text(0) }
        }
        #expect(name == host)
    }

    @Test func `a host in trouble remembers since when, and forgets it with a sign of life`() async throws {
        let now = now
        let host = try await store.write { try Hosts.id(of: "lake.example", in: $0) }
        for step in 1...3 {
            try await store.write { tx in
                try Hosts.failed(
                    host, error: String(repeating: "x", count: 500), at: now + .minutes(step),
                    nextAttempt: now + .hours(step), isDead: step == 3, in: tx)
            }
        }
        let trouble = try #require(try store.read { try Hosts.inTrouble(limit: 9, in: $0).first })
        #expect(trouble.name == "lake.example" && trouble.failures == 3 && trouble.isDead)
        #expect(trouble.failingSince == now + .minutes(1) && trouble.nextAttempt == now + .hours(3))
        #expect(trouble.lastError.count == 200)
        #expect(try store.read { try Hosts.isFailing(named: "lake.example", in: $0) })
        try await store.write { try Hosts.revive(named: "lake.example", in: $0) }
        #expect(try store.read { try Hosts.inTrouble(limit: 9, in: $0) }.isEmpty)
        let (count, since) = try store.read { try Hosts.failures(of: host, in: $0) }
        #expect(count == 0 && since == nil)
        try await store.write { try Hosts.revive(named: "unknown.example", in: $0) }
        #expect(try store.read { try Hosts.count(in: $0) } == 1)
    }

    @Test func `what waits inside comes up in order when it may, and the queue is bounded`() async throws {
        let now = now
        try await store.write { tx in
            for number in 0..<Inbound.limit {
                let taken = try Inbound.append(sender: "s\(number)", body: [1], at: now, in: tx)
                #expect(taken)
            }
            let taken = try Inbound.append(sender: "more", body: [1], at: now, in: tx)
            #expect(!taken)
        }
        let due = try store.read { try Inbound.due(at: now, limit: 2, in: $0) }
        #expect(due.map(\.sender) == ["s0", "s1"] && due[0].body == [1] && due[0].attempts == 0)
        #expect(try store.read { try Inbound.due(at: now - .milliseconds(1), limit: 2, in: $0) }.isEmpty)
        let id = due[0].id
        try await store.write { try Inbound.postpone(id, until: now + .hours(1), in: $0) }
        #expect(try store.read { try Inbound.due(at: now, limit: 1, in: $0).first?.sender } == "s1")
        let later = try store.read { try Inbound.due(at: now + .hours(1), limit: 1, in: $0).first }
        #expect(later?.sender == "s0" && later?.attempts == 1)
        try await store.write { try Inbound.remove(id, in: $0) }
        #expect(try store.read { try Inbound.count(in: $0) } == Inbound.limit - 1)
        #expect(try store.read { try Inbound.nextAttempt(in: $0) } == now)
    }

    @Test func `an activity is new once, and what was deleted stays known`() async throws {
        let now = now
        #expect(try await store.write { try SeenActivities.mark("a", at: now, in: $0) })
        #expect(try await store.write { try !SeenActivities.mark("a", at: now, in: $0) })
        #expect(
            try store.read {
                try SeenActivities.contains("a", in: $0) && !SeenActivities.contains("b", in: $0)
            })
        try await store.write { tx in
            try Tombstones.insert("p", at: now, in: tx)
            try Tombstones.insert("p", at: now, in: tx)
        }
        #expect(try store.read { try Tombstones.contains("p", in: $0) && !Tombstones.contains("q", in: $0) })
    }
}
