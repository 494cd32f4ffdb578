import Basics
import SQLite
import Testing

@testable import Storage

/// Conversations: who replies to what, on the word of strangers.
@Suite struct ThreadsTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func insert(_ status: Status) async throws -> StatusID {
        try await store.write { try Statuses.insert(status, in: $0) }
    }

    @Test func `a reply that came before its parent is joined with it`() async throws {
        var reply = Status.make("reply", by: ActorID(2))
        reply.inReplyToURI = "https://lake.example/notes/parent"
        let replyID = try await insert(reply)
        let parent = try await insert(.make("parent", by: ActorID(1)))
        let found = try #require(try store.read { try Statuses.find(replyID, in: $0) })
        #expect(found.inReplyTo == parent && found.inReplyToActor == ActorID(1) && found.inReplyToURI == nil)
    }

    @Test func `a conversation is read from its root to its leaves`() async throws {
        let now = now
        let ids = try await store.write { tx -> [StatusID] in
            var ids: [StatusID] = []
            // 0 <- 1 <- 2, 1 <- 3, 0 <- 4
            for (number, parent) in [nil, 0, 1, 1, 0].enumerated() {
                var status = Status.make("\(number)", by: ActorID(1), at: now + .seconds(number))
                status.inReplyTo = parent.map { ids[$0] }
                ids.append(try Statuses.insert(status, in: tx))
            }
            return ids
        }
        let (up, short, down, few) = try store.read { snapshot in
            (
                try Statuses.ancestors(of: ids[2], limit: 40, in: snapshot),
                try Statuses.ancestors(of: ids[2], limit: 1, in: snapshot),
                try Statuses.descendants(of: ids[0], limit: 40, in: snapshot),
                try Statuses.descendants(of: ids[0], limit: 2, in: snapshot)
            )
        }
        #expect(up == [ids[0], ids[1]] && short == [ids[1]])
        #expect(down == [ids[1], ids[2], ids[3], ids[4]] && few == [ids[1], ids[2]])
    }

    @Test func `parents that go round in a ring do not hang it`() async throws {
        let counts = try await store.write { tx in
            var first = Status.make("a", by: ActorID(1))
            first.inReplyTo = StatusID(2)
            var second = Status.make("b", by: ActorID(1))
            second.inReplyTo = StatusID(1)
            _ = try Statuses.insert(first, id: StatusID(1), in: tx)
            _ = try Statuses.insert(second, id: StatusID(2), in: tx)
            return (
                try Statuses.ancestors(of: StatusID(1), limit: 30, in: tx).count,
                try Statuses.descendants(of: StatusID(1), limit: 30, in: tx).count
            )
        }
        #expect(counts == (1, 1))
    }

    @Test func `a post that says it replies to itself, or to a ring of others, is read once`() async throws {
        func status(_ id: Int64, parent: Int64) async throws {
            var status = Status.make("\(id)", by: ActorID(1))
            status.inReplyTo = StatusID(parent)
            let made = status
            _ = try await store.write { try Statuses.insert(made, id: StatusID(id), in: $0) }
        }
        // 9 replies to itself and is replied to by 10; 1 hangs on a ring of 2, 3 and 4.
        for (id, parent) in [(9, 9), (10, 9), (1, 2), (2, 3), (3, 4), (4, 2)] as [(Int64, Int64)] {
            try await status(id, parent: parent)
        }
        func up(_ id: Int64) throws -> [Int64] {
            try store.read { try Statuses.ancestors(of: StatusID(id), limit: 99, in: $0).map(\.value) }
        }
        func down(_ id: Int64) throws -> [Int64] {
            try store.read { try Statuses.descendants(of: StatusID(id), limit: 99, in: $0).map(\.value) }
        }
        #expect(try up(9) == [] && down(9) == [10] && up(10) == [9])
        #expect(try up(1) == [4, 3, 2] && down(1) == [])
        #expect(try up(2) == [4, 3] && down(2) == [1, 4, 3])
        let open = try store.read {
            try Statuses.openReplies(to: StatusID(9), after: StatusID(0), limit: 9, in: $0)
        }
        #expect(open.map(\.id.value) == [10])
    }

    @Test func `replies that anybody may read come page by page`() async throws {
        let now = now
        let parent = try await insert(.make("parent", by: ActorID(1)))
        for (number, visibility) in [Visibility.public, .private, .unlisted, .direct, .public].enumerated() {
            var reply = Status.make("\(number)", by: ActorID(2), at: now + .seconds(number), visibility)
            reply.inReplyTo = parent
            let made = reply
            let id = try await insert(made)
            var below = Status.make("below\(number)", by: ActorID(1), at: now + .hours(1))
            below.inReplyTo = id
            _ = try await insert(below)
        }
        func page(after cursor: StatusID) throws -> [(id: StatusID, uri: String)] {
            try store.read { try Statuses.openReplies(to: parent, after: cursor, limit: 2, in: $0) }
        }
        let first = try page(after: StatusID(0))
        #expect(first.map { $0.uri.suffix(2) } == ["/0", "/2"])
        #expect(try page(after: first[1].id).map { $0.uri.suffix(2) } == ["/4"])
    }
    @Test func `for everybody is what is open, and by nobody who is blocked or suspended`() async throws {
        let ids = try await store.write { tx -> [StatusID] in
            var people: [ActorID] = []
            for (name, host) in [("ann", "a"), ("eve", "a"), ("sue", "a"), ("bob", "sub.b")] {
                var actor = Actor(
                    uri: "https://\(host).example/\(name)", username: name, domain: "\(host).example",
                    createdAt: TestStore.now)
                actor.isSuspended = name == "sue"
                people.append(try Actors.save(actor, in: tx))
            }
            _ = try Blocks.insert(people[1], uri: "", in: tx)
            try DomainBlocks.insert("b.example", in: tx)
            var posts = try [Visibility.public, .private, .unlisted, .direct].enumerated().map {
                number, kind in
                try Statuses.insert(.make("\(number)", by: people[0], kind), in: tx)
            }
            for (number, author) in people.enumerated() {
                posts.append(try Statuses.insert(.make("by\(number)", by: author), in: tx))
            }
            return posts.reversed() + [StatusID(1)]
        }
        #expect(try store.read { try Statuses.forEverybody(ids, in: $0) } == [ids[3], ids[5], ids[7]])
    }

    @Test func `a post is counted for each reply that anybody may read`() async throws {
        let counts = try await store.write { tx in
            let parent = try Statuses.insert(.make("parent", by: ActorID(1)), in: tx)
            for (number, kind) in [Visibility.public, .unlisted, .private, .direct].enumerated() {
                var reply = Status.make("\(number)", by: ActorID(2), kind)
                reply.inReplyTo = parent
                _ = try Statuses.insert(reply, in: tx)
            }
            return try StatusNumbers.of("[\(parent)]", in: tx)[parent]?.replies
        }
        #expect(counts == 2)
    }

    @Test func `of what was deleted only what was open is told`() async throws {
        let found = try await store.write { tx in
            try Tombstones.insert("open", at: TestStore.now, wasOpen: true, in: tx)
            try Tombstones.insert("secret", at: TestStore.now, in: tx)
            return try ["open", "secret", "other"].map {
                [try Tombstones.contains($0, in: tx), try Tombstones.wasOpen($0, in: tx)]
            }
        }
        #expect(found == [[true, true], [true, false], [false, false]])
    }
}
