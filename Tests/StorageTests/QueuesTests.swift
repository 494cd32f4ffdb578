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
        ("https://lake.example", "lake.example"), ("https://lake.example?x", "lake.example"),
        ("https://Lake.Example:443/inbox", "lake.example"), ("HTTP://lake.example:80", "lake.example"),
        ("http://lake.example:443/", "lake.example:443"), ("https://[2001:DB8::1]:443/", "[2001:db8::1]"),
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

    @Test(arguments: [
        "odd", "https://", "https:///inbox", "https://:443/", "https://lake.example@sea.example/inbox",
        "https://a:b@sea.example/", "https://lake.example\\@sea.example/",
    ])
    func `an inbox without a plain host is none`(url: String) async throws {
        let isBackslash = url.contains("\\")
        let unusable = try await store.write { tx in
            do {
                _ = try Inboxes.id(of: url, in: tx)
                return false
            } catch is UnusableInbox {
                return true
            }
        }
        #expect(unusable != isBackslash)
        guard !isBackslash else { return }
        var actor = Actor.make("ann")
        actor.inbox = url
        let ann = actor
        let found = try await store.write { tx in try Actors.find(Actors.save(ann, in: tx), in: tx) }
        #expect(found?.inbox == nil && found?.sharedInbox == ann.sharedInbox)
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

    @Test func `what is kept of an address differs from instance to instance`() async throws {
        let other = try TestStore()
        func stored(_ store: TestStore) async throws -> Int64? {
            try await store.write { tx in
                _ = try SeenActivities.mark("https://lake.example/1", at: TestStore.now, in: tx)
                return try tx.db.first("SELECT uri_hash FROM seen_activities") { $0.int64(0) }
            }
        }
        let here = try #require(try await stored(store))
        #expect(try await stored(other) != here && here != URIHash.of("https://lake.example/1"))
        let key = try store.read { try KeyedHash.key(in: $0) }
        #expect(UInt64(bitPattern: here) == SipHash.hash("https://lake.example/1".utf8, key: key))
    }

    @Test(arguments: ["", "00", String(repeating: "x", count: 32)])
    func `without its key the store does not guess`(key: String) async throws {
        try await store.write { try Settings.set(.hashKey, to: key, in: $0) }
        #expect(throws: StoreError.self) { try store.read { try Tombstones.contains("p", in: $0) } }
    }

    @Test func `a host's manners are remembered by name`() async throws {
        #expect(try store.read { try Hosts.manners(of: "lake.example", in: $0) } == nil)
        var manners = Hosts.Manners()
        manners.signature = 2
        manners.day = 20_454
        manners.asked = 7
        manners.askAfter = now + .hours(1)
        let told = manners
        try await store.write { try Hosts.setManners(told, of: "lake.example", in: $0) }
        let found = try #require(try store.read { try Hosts.manners(of: "lake.example", in: $0) })
        #expect(found.signature == 2 && found.day == 20_454 && found.asked == 7)
        #expect(found.askAfter == told.askAfter)
    }

    @Test func `an inbox is missed for a week and three times before its people are`() async throws {
        let now = now
        let (ann, inbox) = try await store.write { tx in
            let owner = try Actors.save(.make("owner"), in: tx)
            let ann = try Actors.save(.make("ann"), in: tx)
            _ = try Followers.insert(ann, uri: "f", owner: owner, in: tx)
            return (ann, try Deliveries.inbox(of: ann, shared: false, in: tx) ?? 0)
        }
        func missed(after duration: Duration) async throws -> Bool {
            try await store.write { try Inboxes.missed(inbox, at: now + duration, in: $0) }
        }
        #expect(try await !missed(after: .zero))
        #expect(try await !missed(after: .days(8)), "twice")
        #expect(try await missed(after: .days(8)))
        try await store.write { try Inboxes.found(inbox, in: $0) }
        for _ in 0..<3 { #expect(try await !missed(after: .days(9))) }
        try store.read { snapshot throws -> Void in
            #expect(try Inboxes.followers(of: inbox, in: snapshot) == [ann])
            #expect(try !Inboxes.isShared(inbox, in: snapshot))
            let shared = try #require(try Deliveries.inbox(of: ann, shared: true, in: snapshot))
            #expect(try Inboxes.isShared(shared, in: snapshot))
            #expect(try Inboxes.followers(of: shared, in: snapshot).isEmpty)
            #expect(try Set(Inboxes.all(in: snapshot)) == [shared])
        }
    }

    @Test func `what of one sender waits is told apart`() async throws {
        let now = now
        try await store.write { tx in
            for (sender, body) in [("a", 1), ("a", 2), ("b", 3)] as [(String, UInt8)] {
                _ = try Inbound.append(sender: sender, body: [body], at: now, in: tx)
            }
        }
        try store.read { snapshot throws -> Void in
            #expect(
                try Inbound.count(of: "a", in: snapshot) == 2 && Inbound.count(of: "c", in: snapshot) == 0)
            #expect(try Inbound.contains(sender: "a", body: [2], in: snapshot))
            #expect(try !Inbound.contains(sender: "a", body: [3], in: snapshot))
        }
    }
}
