import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct StrangersTests {
    private let store: TestStore
    private let now = TestStore.now
    /// When everybody here was last read.
    private let past = TestStore.now - .days(31)

    init() throws {
        store = try TestStore()
    }

    /// Somebody who was read long ago, under a number of that time.
    private func somebody(_ number: Int64, domain: String? = "lake.example") async throws -> ActorID {
        let past = past
        return try await store.write { try Self.insert(number, domain: domain, at: past, in: $0) }
    }

    private static func insert(
        _ number: Int64, domain: String?, at moment: Timestamp, in tx: Transaction
    ) throws -> ActorID {
        let id = ActorID(moment.milliseconds << 16 | number)
        try tx.db.run(
            """
            INSERT INTO actors (id, uri_hash, uri, username, domain, created_at, fetched_at)
            VALUES (?, ?, ?, 'x', ?, 0, ?)
            """, id, number, "https://lake.example/\(number)", domain, moment.milliseconds)
        return id
    }

    /// Cleans on each of 32 days, as every part has its own.
    private func clean(from start: Timestamp? = nil) async throws {
        let first = start ?? now
        try await store.write { tx in
            for day in 0..<32 {
                _ = try Retention.run(at: first + .days(day), in: tx)
                #expect(try !Retention.isDue(at: first + .days(day), in: tx))
            }
        }
    }

    private func people() throws -> [ActorID] {
        try store.read { try $0.db.all("SELECT id FROM actors ORDER BY id") { ActorID($0.int64(0)) } }
    }

    /// What makes somebody worth keeping.
    private static let ties: [(name: String, make: @Sendable (ActorID, Transaction) throws -> Void)] = [
        ("a post", { _ = try Statuses.insert(.make("p", by: $0), in: $1) }),
        ("a mention", { try Mentions.insert(status: StatusID(1), actor: $0, in: $1) }),
        ("a like", { _ = try Favourites.insert(actor: $0, status: StatusID(1), uri: "l", in: $1) }),
        (
            "a notification",
            { try Notifications.add(.follow, from: $0, status: nil, at: TestStore.now, in: $1) }
        ),
        (
            "being let in",
            { try $1.db.run("INSERT INTO notification_permissions (actor) VALUES (?)", $0) }
        ),
        ("being followed", { try Following.request($0, uri: "f", reblogs: true, notify: false, in: $1) }),
        ("following", { _ = try Followers.insert($0, uri: "f", owner: ActorID(1), in: $1) }),
        ("asking to follow", { _ = try FollowRequests.insert($0, uri: "f", in: $1) }),
        ("being blocked", { try $1.db.run("INSERT INTO blocks (actor, uri) VALUES (?, 'b')", $0) }),
        ("being muted", { try Mutes.insert($0, notifications: true, until: nil, in: $1) }),
        (
            "a wish to quote",
            {
                try QuoteAuthorizations.save(
                    QuoteAuthorization(
                        id: 1, status: StatusID(1), actor: $0, interacting: "i", request: "r", state: .refused
                    ),
                    in: $1)
            }
        ),
        (
            "a report",
            { try Reports.insert(from: $0, uri: nil, statuses: [], content: "", at: TestStore.now, in: $1) }
        ),
        ("a vote", { _ = try Polls.vote(0, by: $0, in: StatusID(1), $1) }),
        (
            "being looked through lately",
            { try Actors.setLook($0, at: TestStore.now + .days(99), rest: nil, in: $1) }
        ),
        (
            "being read lately",
            {
                try $1.db.run(
                    "UPDATE actors SET fetched_at = ? WHERE id = ?", (TestStore.now + .days(99)).milliseconds,
                    $0)
            }
        ),
    ]

    @Test(arguments: ties.indices)
    func `whoever has a tie stays, and the others go`(index: Int) async throws {
        let kept = try await somebody(1)
        _ = try await somebody(2)
        let tie = Self.ties[index]
        try await store.write { try tie.make(kept, $0) }
        try await clean()
        #expect(try people() == [kept], "\(tie.name)")
    }

    @Test func `where the owner has gone and comes from stays`() async throws {
        let owner = try await somebody(1, domain: nil)
        var others: [ActorID] = []
        for number in 2...5 { others.append(try await somebody(Int64(number))) }
        try await store.write { tx in
            try tx.db.run(
                """
                INSERT INTO owner (actor, password, private_key, instance_key, instance_public_key)
                VALUES (?, '', '', '', '')
                """, owner)
            try Actors.setMove(
                owner, movedTo: "https://lake.example/2",
                alsoKnownAs: ["https://lake.example/3", "https://lake.example/4"], in: tx)
        }
        try await clean()
        #expect(try people() == [owner] + others.dropLast())
    }

    @Test func `the owner and whoever was seen a moment ago stay`() async throws {
        let owner = try await somebody(1, domain: nil)
        let stub = try await store.write { tx in
            try Actors.stub(
                uri: "https://sea.example/s", username: "s", domain: "sea.example", url: nil,
                at: TestStore.now, in: tx)
        }
        let now = now
        try await store.write { tx in
            for day in 0..<29 {
                #expect(try !Retention.isDue(at: now + .days(day), in: tx))
                _ = try Retention.run(at: now + .days(day), in: tx)
            }
        }
        #expect(try people() == [owner, stub])
        try await clean(from: now + .days(31))
        #expect(try people() == [owner])
    }

    @Test func `each day has its part, and no day takes more than its share`() async throws {
        let past = past
        try await store.write { tx in
            for number in (0..<501).map({ $0 * 32 }) + [1, 2] {
                _ = try Self.insert(Int64(number), domain: "lake.example", at: past, in: tx)
            }
        }
        let day = now.seconds / 86_400
        let first = now + .days(Int(32 - day % 32))
        var left: [Int] = []
        for number in [0, 1, 32] {
            _ = try await store.write { try Retention.run(at: first + .days(number), in: $0) }
            left.append(try people().count)
        }
        #expect(left == [3, 2, 1])
    }

    @Test func `inboxes and hosts of nobody go, and what is still used stays`() async throws {
        let names = try await store.write { tx -> [String] in
            let now = TestStore.now
            _ = try Followers.insert(
                try Actors.save(.make("ann"), in: tx), uri: "f", owner: ActorID(1), in: tx)
            _ = try Inboxes.id(of: "https://nobody.example/inbox", in: tx)
            let waiting = try Inboxes.id(of: "https://waiting.example/inbox", in: tx)
            try Deliveries.enqueue(
                Deliveries.Letter(kind: "Follow", body: [1]), to: [waiting], at: now + .days(40), in: tx)
            var manners = Hosts.Manners()
            try Hosts.setManners(manners, of: "forgotten.example", in: tx)
            manners.day = now.seconds / 86_400 + 40
            try Hosts.setManners(manners, of: "asked.example", in: tx)
            manners.day = 0
            manners.askAfter = now + .days(99)
            try Hosts.setManners(manners, of: "later.example", in: tx)
            _ = try Inboxes.id(of: "https://newest.example/inbox", in: tx)
            return ["asked.example", "lake.example", "later.example", "newest.example", "waiting.example"]
        }
        try await clean()
        try await clean()
        #expect(
            try store.read { try $0.db.all("SELECT name FROM hosts ORDER BY name") { $0.text(0) } } == names)
        let inboxes = try store.read { try $0.db.all("SELECT url FROM inboxes ORDER BY id") { $0.text(0) } }
        #expect(
            inboxes == [
                "https://lake.example/users/ann/inbox", "https://lake.example/inbox",
                "https://waiting.example/inbox", "https://newest.example/inbox",
            ])
    }
}
