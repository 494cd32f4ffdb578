import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct DeliveriesTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func inboxes(_ urls: String...) async throws -> [Int64] {
        try await store.write { tx in try urls.map { try Inboxes.id(of: $0, in: tx) } }
    }

    private func enqueue(_ name: String, kind: String = "Create", to inboxes: [Int64]) async throws {
        let now = now
        try await store.write { tx in
            let letter = Deliveries.Letter(kind: kind, body: Array(name.utf8))
            try Deliveries.enqueue(letter, to: inboxes, at: now, in: tx)
        }
    }

    /// What is due, as `body>inbox`.
    private func due(after duration: Duration = .zero, limit: Int = 100) throws -> [String] {
        try store.read { snapshot in
            try Deliveries.due(at: now + duration, limit: limit, in: snapshot).map { due in
                let body =
                    try snapshot.db.first("SELECT body FROM outbox WHERE id = ?", due.item) { $0.blob(0) }
                    ?? []
                return String(decoding: body, as: UTF8.self) + ">\(due.inbox)"
            }
        }
    }

    private func first() throws -> Deliveries.Due {
        try #require(try store.read { try Deliveries.due(at: now + .days(99), limit: 1, in: $0).first })
    }

    private func outbox() throws -> Int {
        try store.read { try $0.db.first("SELECT count(*) FROM outbox") { $0.int(0) } } ?? -1
    }

    @Test func `each inbox shows only its first item, the oldest items first`() async throws {
        let ids = try await inboxes(
            "https://a.example/inbox", "https://b.example/inbox", "https://c.example/inbox")
        try await enqueue("one", to: [ids[1], ids[0], ids[1]])
        try await enqueue("two", to: ids)
        #expect(try due() == ["one>\(ids[0])", "one>\(ids[1])", "two>\(ids[2])"])
        #expect(try due(limit: 2) == ["one>\(ids[0])", "one>\(ids[1])"])
        #expect(try store.read { try Deliveries.count(in: $0) } == 5, "the same inbox twice is once")
        let head = try first()
        #expect(head.url == "https://a.example/inbox" && head.hostName == "a.example" && head.attempts == 0)
    }

    @Test func `the outbox row goes with its last delivery, and settling twice is settling once`()
        async throws
    {
        let ids = try await inboxes("https://a.example/inbox", "https://b.example/inbox")
        try await enqueue("one", to: ids)
        let item = try first().item
        func settle(_ inbox: Int64) async throws {
            try await store.write { try Deliveries.settle(inbox: inbox, item: item, in: $0) }
        }
        try await settle(ids[0])
        try await settle(ids[0])
        #expect(try outbox() == 1 && due() == ["one>\(ids[1])"])
        try await settle(ids[1])
        #expect(try outbox() == 0 && due() == [])
        #expect(try store.read { try Deliveries.nextAttempt(in: $0) } == nil)
    }

    @Test func `an item's number is never used again, also when the outbox was empty meanwhile`() async throws
    {
        let ids = try await inboxes("https://a.example/inbox")
        try await enqueue("one", to: ids)
        let first = try first().item
        try await store.write { try Deliveries.settle(inbox: ids[0], item: first, in: $0) }
        #expect(try outbox() == 0)
        try await enqueue("two", to: ids)
        #expect(try self.first().item > first)
    }

    @Test func `nobody to send to stores nothing`() async throws {
        try await enqueue("one", to: [])
        #expect(try outbox() == 0)
    }

    @Test func `what is put off holds back what follows it to the same inbox`() async throws {
        let ids = try await inboxes("https://a.example/inbox", "https://b.example/inbox")
        try await enqueue("one", to: ids)
        try await enqueue("two", to: ids)
        let head = try first()
        let later = now + .minutes(5)
        try await store.write {
            try Deliveries.postpone(inbox: head.inbox, item: head.item, until: later, isUnsure: false, in: $0)
        }
        #expect(try due() == ["one>\(ids[1])"])
        #expect(try due(after: .minutes(5)) == ["one>\(ids[0])", "one>\(ids[1])"])
        #expect(try first().attempts == 1)
    }

    @Test func `a host that is left alone is left alone with all its inboxes`() async throws {
        let ids = try await inboxes("https://a.example/1", "https://a.example/2", "https://b.example/1")
        try await enqueue("one", to: ids)
        let host = try first().host
        let now = now
        try await store.write { tx in
            try Hosts.failed(
                host, error: "timed out", at: now, nextAttempt: now + .minutes(5), isDead: false, in: tx)
        }
        #expect(try due() == ["one>\(ids[2])"])
        #expect(try due(after: .minutes(5)).count == 3)
        #expect(try store.read { try Deliveries.nextAttempt(in: $0) } == Timestamp(milliseconds: 0))
        try await store.write { try Deliveries.abandon(inbox: ids[2], in: $0) }
        #expect(try store.read { try Deliveries.nextAttempt(in: $0) } == now + .minutes(5))
        try await store.write { try Hosts.revive(named: "a.example", in: $0) }
        #expect(try due() == ["one>\(ids[0])", "one>\(ids[1])"])
    }

    @Test func `a host given up keeps what must arrive should it come back`() async throws {
        let ids = try await inboxes("https://a.example/1", "https://b.example/1")
        let kinds = [
            "Create", "Follow", "Update", "Accept", "Announce", "Reject", "Delete", "Undo", "Like", "Move",
        ]
        for kind in kinds { try await enqueue(kind, kind: kind, to: ids) }
        let host = try first().host
        try await store.write { try Deliveries.abandon(host: host, in: $0) }
        func kept(_ inbox: Int64) throws -> [String] {
            try store.read { snapshot in
                try snapshot.db.all(
                    "SELECT kind FROM deliveries d JOIN outbox o ON o.id = d.item WHERE inbox = ? ORDER BY item",
                    inbox
                ) { $0.text(0) }
            }
        }
        #expect(try kept(ids[0]) == ["Follow", "Accept", "Reject", "Delete", "Undo", "Move"])
        #expect(try kept(ids[1]) == kinds)
        #expect(try outbox() == kinds.count)
    }

    @Test func `the queue of a failing inbox is bounded, and drops the oldest posts`() async throws {
        let ids = try await inboxes("https://a.example/1")
        let now = now
        let surplus = 3
        try await store.write { tx in
            try Deliveries.enqueue(Deliveries.Letter(kind: "Follow", body: [0]), to: ids, at: now, in: tx)
            for number in 0..<Deliveries.limitPerFailingInbox + surplus - 1 {
                let letter = Deliveries.Letter(kind: "Create", body: Array("\(number)".utf8))
                try Deliveries.enqueue(letter, to: ids, at: now, in: tx)
            }
        }
        let head = try first()
        try await store.write {
            try Deliveries.postpone(inbox: head.inbox, item: head.item, until: now, isUnsure: false, in: $0)
        }
        #expect(try store.read { try Deliveries.count(in: $0) } == Deliveries.limitPerFailingInbox)
        let bodies = try store.read { snapshot in
            try snapshot.db.all("SELECT body FROM outbox ORDER BY id LIMIT 2") { $0.blob(0) }
        }
        #expect(bodies == [[0], Array("3".utf8)])
    }

    @Test func `at the bound of all deliveries a new act is refused whole`() async throws {
        let ids = try await inboxes("https://a.example/1", "https://b.example/1")
        try await store.write { tx in
            try tx.db.run(
                "INSERT INTO outbox (kind, body, pending, created_at) VALUES ('Create', x'', ?, 0)",
                Deliveries.limit - 1)
        }
        await #expect(throws: DeliveriesFull.self) { try await enqueue("one", to: ids) }
        try await enqueue("two", to: [ids[0]])
        #expect(try store.read { try Deliveries.count(in: $0) } == Deliveries.limit)
        #expect(try outbox() == 2)
    }

    @Test func `followers of one server share its inbox, and a private one is used for one person`()
        async throws
    {
        let found = try await store.write { tx in
            let owner = try Actors.save(.make("owner"), in: tx)
            var ids: [ActorID] = []
            for actor in [
                Actor.make("ann"), .make("bob"), .make("cy", host: "sea.example", shared: false),
            ] {
                let id = try Actors.save(actor, in: tx)
                _ = try Followers.insert(id, uri: "f", owner: owner, in: tx)
                ids.append(id)
            }
            let all = try Deliveries.followerInboxes(in: tx)
            let direct = try Deliveries.inbox(of: ids[0], shared: false, in: tx)
            let shared = try Deliveries.inbox(of: ids[0], shared: true, in: tx)
            let alone = try Deliveries.inbox(of: ids[2], shared: true, in: tx)
            return try (all + [direct, shared, alone].compactMap(\.self)).map { id in
                try tx.db.first("SELECT url FROM inboxes WHERE id = ?", id) { $0.text(0) } ?? ""
            }
        }
        let shared = "https://lake.example/inbox"
        let alone = "https://sea.example/users/cy/inbox"
        #expect(Set(found.prefix(2)) == [shared, alone] && found.count == 5)
        #expect(found.suffix(3) == ["https://lake.example/users/ann/inbox", shared, alone])
    }

    @Test func `a post reaches everybody who had to do with it, once`() async throws {
        let now = now
        let reached = try await store.write { tx in
            let names = ["owner", "mentioned", "liker", "booster", "replier", "parent", "stranger"]
            let ids = try names.map { try Actors.save(.make($0, host: "\($0).example"), in: tx) }
            var post = Status.make("post", by: ids[0])
            post.inReplyToActor = ids[5]
            let status = try Statuses.insert(post, in: tx)
            try Mentions.insert(status: status, actor: ids[1], in: tx)
            _ = try Favourites.insert(actor: ids[2], status: status, uri: "l", in: tx)
            var boost = Status.make("boost", by: ids[3])
            boost.reblogOf = status
            _ = try Statuses.insert(boost, in: tx)
            var reply = Status.make("reply", by: ids[4], at: now)
            reply.inReplyTo = status
            _ = try Statuses.insert(reply, in: tx)
            _ = try Favourites.insert(actor: ids[4], status: status, uri: "l2", in: tx)
            return try Deliveries.reach(of: status, in: tx).map { id in
                try tx.db.first("SELECT url FROM inboxes WHERE id = ?", id) { $0.text(0) } ?? ""
            }
        }
        let names = ["booster", "liker", "mentioned", "parent", "replier"]
        #expect(reached.sorted() == names.map { "https://\($0).example/inbox" })
    }
}
