import Basics
import SQLite
import Testing

@testable import Storage

/// What is known of people elsewhere besides what they look like.
@Suite struct ActorsTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func save(_ actor: Actor) async throws -> ActorID {
        try await store.write { try Actors.save(actor, in: $0) }
    }

    @Test func `the likes and votes of somebody who is gone are told as news of the owner's posts`()
        async throws
    {
        let owner = try await save(.make("owner"))
        let (ann, bob) = (try await save(.make("ann")), try await save(.make("bob")))
        let (likes, news) = try await store.write { tx in
            let own = try Statuses.insert(.make("mine", by: owner), in: tx)
            _ = try Favourites.insert(actor: ann, status: own, uri: "l", in: tx)
            _ = try Polls.vote(0, by: ann, in: own, tx)
            try QuoteAuthorizations.save(
                QuoteAuthorization(
                    id: 1, status: own, actor: ann, interacting: "i", request: "r", state: .pending),
                in: tx)
            _ = try FeaturedTags.insert("frogs", of: ann, at: TestStore.now, in: tx)
            let silent = Transaction(tx.db)
            try Actors.remove(bob, owner: owner, in: silent)
            let telling = Transaction(tx.db)
            try Actors.remove(ann, owner: owner, in: telling)
            let tables: [StaticString] = [
                "SELECT count(*) FROM favourites", "SELECT count(*) FROM poll_votes",
                "SELECT count(*) FROM quote_authorizations", "SELECT count(*) FROM featured_tags",
            ]
            return (
                try tables.map { try tx.db.first($0) { $0.int(0) } ?? -1 },
                [silent.changes.contains(.ownPosts), telling.changes.contains(.ownPosts)]
            )
        }
        #expect(likes == [0, 0, 0, 0] && news == [false, true])
    }

    @Test func `what a server tells of its people is kept, and the owner is not for others to count`()
        async throws
    {
        var frog = Actor.make("frog")
        frog.domain = nil
        let owner = try await save(frog)
        let ann = try await save(.make("ann"))
        let now = now
        try await store.write { tx in
            for id in [owner, ann] {
                try Actors.setCounts(id, statuses: 3, followers: nil, following: 5, lastStatusAt: nil, in: tx)
            }
        }
        var people = try store.read { try Actors.find([owner, ann], in: $0) }
        #expect(
            people[ann]?.statusesCount == 3 && people[ann]?.followersCount == 0
                && people[ann]?.followingCount == 5)
        #expect(people[ann]?.lastStatusAt == nil && people[owner]?.statusesCount == 0)
        try await store.write { tx in
            for moment in [now, now - .hours(1)] {
                try Actors.setCounts(
                    ann, statuses: nil, followers: 1, following: nil, lastStatusAt: moment, in: tx)
            }
        }
        people = try store.read { try Actors.find([ann], in: $0) }
        #expect(
            people[ann]?.lastStatusAt == now && people[ann]?.statusesCount == 3
                && people[ann]?.followersCount == 1)
    }

    @Test func `moves and looks are remembered`() async throws {
        let ann = try await save(.make("ann"))
        let now = now
        #expect(try store.read { try Actors.movedAt(ann, in: $0) } == nil)
        try store.read { snapshot throws -> Void in
            let look = try #require(try Actors.look(at: ann, in: snapshot))
            #expect(look.at.milliseconds == 0 && look.rest == nil)
            #expect(try Actors.look(at: ActorID(9), in: snapshot) == nil)
        }
        try await store.write { tx in
            try Actors.setMove(ann, movedTo: "there", alsoKnownAs: ["a", "b"], in: tx)
            try Actors.setMovedAt(ann, now, in: tx)
            try Actors.setLook(ann, at: now, rest: "page2", in: tx)
        }
        try store.read { snapshot throws -> Void in
            let found = try #require(try Actors.find(ann, in: snapshot))
            #expect(found.movedTo == "there" && found.alsoKnownAs == ["a", "b"])
            #expect(try Actors.movedAt(ann, in: snapshot) == now)
            #expect(try Actors.look(at: ann, in: snapshot)?.rest == "page2")
        }
        try await store.write { try Actors.setMove(ann, movedTo: nil, alsoKnownAs: [], in: $0) }
        let found = try store.read { try Actors.find(ann, in: $0) }
        #expect(found?.movedTo == nil && found?.alsoKnownAs == [])
    }

    @Test func `followers of one origin are told apart from those of look-alikes`() async throws {
        let owner = try await save(.make("owner"))
        let uris = [
            "https://a_b.example/1", "https://axb.example/1", "https://a_b.example.org/1",
            "https://a_b.example:8443/1", "https://a_b.example/2",
        ]
        try await store.write { tx in
            for uri in uris {
                let id = try Actors.save(
                    Actor(uri: uri, username: "x", domain: "d", createdAt: TestStore.now), in: tx)
                _ = try Followers.insert(id, uri: "f", owner: owner, in: tx)
            }
        }
        let found = try store.read { try Followers.uris(onOrigin: "https://a_b.example", in: $0) }
        #expect(found == [uris[0], uris[4]])
    }

    @Test func `whom the owner follows can be gone through bit by bit`() async throws {
        let owner = try await save(.make("owner"))
        let ids = try await store.write { tx in
            try (0..<5).map { number in
                let id = try Actors.save(.make("a\(number)"), in: tx)
                try Following.request(id, uri: "f\(number)", reblogs: true, notify: false, in: tx)
                if number != 1 { _ = try Following.accept(id, owner: owner, in: tx) }
                return id
            }
        }
        let first = try store.read { try Following.next(after: 0, limit: 2, in: $0) }
        #expect(first.map(\.actor) == [ids[0], ids[2]])
        let rest = try store.read { try Following.next(after: first[1].row, limit: 9, in: $0) }
        #expect(rest.map(\.actor) == [ids[3], ids[4]])
    }
}
