import Basics
import SQLite
import Testing

@testable import Storage

/// The tables about people: actors, who follows whom, and whom the owner does not want to see.
@Suite struct PeopleTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func save(_ actor: Actor) async throws -> ActorID {
        try await store.write { try Actors.save(actor, in: $0) }
    }

    @Test func `somebody comes back as they were stored`() async throws {
        var actor = Actor.make("ann")
        actor.kind = .group
        actor.name = "Ann"
        actor.summary = "<p>frogs</p>"
        actor.url = "https://lake.example/@ann"
        actor.followersURI = actor.uri + "/followers"
        actor.keyID = actor.uri + "#main-key"
        actor.keyPEM = "PEM"
        actor.avatar = "a"
        actor.header = "h"
        actor.fields = "[]"
        actor.emojis = "[1]"
        actor.locked = true
        actor.discoverable = true
        actor.indexable = true
        actor.movedTo = "m"
        actor.alsoKnownAs = ["https://sea.example/ann", "https://pond.example/ann"]
        actor.outboxURI = "o"
        actor.featuredURI = "f"
        actor.proofKeys = "[2]"
        actor.isSuspended = true
        actor.fetchedAt = now
        let id = try await save(actor)
        let found = try #require(try store.read { try Actors.find(id, in: $0) })
        #expect(
            found.uri == actor.uri && found.acct == "ann@lake.example" && !found.isLocal
                && found.kind == .group)
        #expect(found.name == "Ann" && found.summary == actor.summary && found.url == actor.url)
        #expect(found.inbox == actor.inbox && found.sharedInbox == actor.sharedInbox)
        #expect(
            found.followersURI == actor.followersURI && found.keyID == actor.keyID && found.keyPEM == "PEM")
        #expect(found.avatar == "a" && found.header == "h" && found.fields == "[]" && found.emojis == "[1]")
        #expect(found.locked && found.discoverable && found.indexable && found.movedTo == "m")
        #expect(found.createdAt == now && found.fetchedAt == now)
        #expect(found.alsoKnownAs == actor.alsoKnownAs && found.outboxURI == "o" && found.featuredURI == "f")
        #expect(found.proofKeys == "[2]" && found.isSuspended)
        #expect(try store.read { try Actors.proofKeys(ofURI: actor.uri, in: $0) } == "[2]")
        try store.read { snapshot throws -> Void in
            #expect(try Actors.find(uri: actor.uri, in: snapshot)?.id == id)
            #expect(try Actors.find(username: "ANN", domain: "lake.example", in: snapshot)?.id == id)
            #expect(try Actors.find(username: "ann", domain: nil, in: snapshot) == nil)
            #expect(try Actors.key(ofURI: actor.uri, in: snapshot)?.pem == "PEM")
            #expect(try Actors.followersURI(of: id, in: snapshot) == actor.followersURI)
            #expect(try Actors.find([id, ActorID(1)], in: snapshot).keys.map(\.self) == [id])
        }
    }

    @Test func `saving somebody again keeps their id, and a stub becomes whole`() async throws {
        let actor = Actor.make("ann")
        let now = now
        let stub = try await store.write { tx in
            try Actors.stub(
                uri: actor.uri, username: "ann", domain: "lake.example", url: nil, at: now, in: tx)
        }
        #expect(try store.read { try Actors.find(stub, in: $0)?.fetchedAt.milliseconds } == 0)
        #expect(try await save(actor) == stub)
        let again = try await store.write { tx in
            try Actors.stub(uri: actor.uri, username: "other", domain: "x.example", url: nil, at: now, in: tx)
        }
        #expect(again == stub)
        #expect(try store.read { try Actors.find(stub, in: $0)?.username } == "ann")
    }

    @Test func `an address with the same hash is not the same address`() async throws {
        let id = try await save(.make("ann"))
        try await store.write { tx in
            try tx.db.run(
                "UPDATE actors SET uri_hash = ? WHERE id = ?", URIHash.of("https://x.example/other"), id)
        }
        #expect(try store.read { try Actors.id(forURI: "https://x.example/other", in: $0) } == nil)
    }

    @Test func `following goes from asked to accepted to gone, and is counted when accepted`() async throws {
        let owner = try await save(.make("owner"))
        let ann = try await save(.make("ann"))
        func counted() throws -> Int? { try store.read { try Actors.find(owner, in: $0)?.followingCount } }
        try await store.write { tx in
            try Following.request(ann, uri: "f1", reblogs: true, notify: false, in: tx)
            try Following.request(ann, uri: "f2", reblogs: false, notify: true, in: tx)
        }
        #expect(try store.read { try Following.find(ann, in: $0)?.uri } == "f1", "asking twice asks once")
        #expect(try store.read { try !Following.contains(ann, in: $0) })
        #expect(try counted() == 0)
        #expect(try await store.write { try Following.accept(ann, owner: owner, in: $0) })
        #expect(try await store.write { try !Following.accept(ann, owner: owner, in: $0) })
        #expect(try counted() == 1)
        #expect(try store.read { try Following.contains(ann, in: $0) })
        #expect(try store.read { try Following.find(uri: "f1", in: $0)?.actor } == ann)
        #expect(
            try store.read { try Following.uris(Page(limit: 9), in: $0).map(\.uri) } == [
                "https://lake.example/users/ann"
            ])
        #expect(try await store.write { try Following.remove(ann, owner: owner, in: $0)?.uri } == "f1")
        #expect(try await store.write { try Following.remove(ann, owner: owner, in: $0) } == nil)
        #expect(try counted() == 0)
    }

    @Test func `a follower who follows twice is one follower with the newer address`() async throws {
        let owner = try await save(.make("owner"))
        let ann = try await save(.make("ann"))
        #expect(try await store.write { try Followers.insert(ann, uri: "f1", owner: owner, in: $0) })
        #expect(try await store.write { try !Followers.insert(ann, uri: "f2", owner: owner, in: $0) })
        #expect(try store.read { try Followers.uri(of: ann, in: $0) } == "f2")
        #expect(try store.read { try Actors.find(owner, in: $0)?.followersCount } == 1)
        #expect(try store.read { try Followers.among([ann, owner].asJSON(), in: $0) } == [ann])
        #expect(try await store.write { try Followers.remove(ann, owner: owner, in: $0) } == "f2")
        #expect(try await store.write { try Followers.remove(ann, owner: owner, in: $0) } == nil)
        #expect(try store.read { try Actors.find(owner, in: $0)?.followersCount } == 0)
    }

    @Test func `requests and blocks are noted once and taken back once`() async throws {
        let ann = ActorID(1)
        #expect(try await store.write { try FollowRequests.insert(ann, uri: "f1", in: $0) })
        #expect(try await store.write { try !FollowRequests.insert(ann, uri: "f2", in: $0) })
        #expect(try store.read { try FollowRequests.count(in: $0) } == 1)
        #expect(try await store.write { try FollowRequests.remove(ann, in: $0) } == "f2")
        #expect(try await store.write { try FollowRequests.remove(ann, in: $0) } == nil)
        #expect(try await store.write { try Blocks.insert(ann, uri: "b1", in: $0) })
        #expect(try await store.write { try !Blocks.insert(ann, uri: "b2", in: $0) })
        #expect(try store.read { try Blocks.contains(ann, in: $0) })
        #expect(try await store.write { try Blocks.remove(ann, in: $0) } == "b1")
        #expect(try await store.write { try Blocks.remove(ann, in: $0) } == nil)
    }

    @Test func `a mute holds until its end`() async throws {
        let end = now + .hours(1)
        let (ann, bob) = (ActorID(1), ActorID(2))
        try await store.write { tx in
            try Mutes.insert(ann, notifications: true, until: nil, in: tx)
            try Mutes.insert(ann, notifications: false, until: end, in: tx)
            try Mutes.insert(bob, notifications: true, until: nil, in: tx)
        }
        try store.read { snapshot throws -> Void in
            for (moment, holds) in [(now, true), (end, true), (end + .milliseconds(1), false)] {
                #expect(try (Mutes.find(ann, at: moment, in: snapshot) != nil) == holds)
                #expect(
                    try Blocks.hidden(among: [ann].asJSON(), at: moment, in: snapshot).contains(ann) == holds)
            }
            #expect(try Mutes.silent(among: [ann, bob], at: now, in: snapshot) == [bob])
            #expect(
                try Mutes.among([ann, bob].asJSON(), at: end + .days(1), in: snapshot).keys.map(\.self) == [
                    bob
                ])
        }
    }

    @Test func `somebody who is gone leaves nothing behind, and the owner cannot be removed`() async throws {
        let owner = try await save(.make("owner"))
        let ann = try await save(.make("ann"))
        let now = now
        let left = try await store.write { tx -> [Int] in
            let post = try Statuses.insert(.make("hers", by: ann), in: tx)
            let own = try Statuses.insert(.make("mine", by: owner), in: tx)
            try HomeTimeline.add(post, in: tx)
            _ = try Favourites.insert(actor: ann, status: own, uri: "l", in: tx)
            try Mentions.insert(status: own, actor: ann, in: tx)
            _ = try Followers.insert(ann, uri: "f", owner: owner, in: tx)
            try Following.request(ann, uri: "f", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(ann, owner: owner, in: tx)
            try Notifications.add(.favourite, from: ann, status: own, at: now, in: tx)
            try Actors.remove(owner, owner: owner, in: tx)
            try Actors.remove(ann, owner: owner, in: tx)
            let queries: [StaticString] = [
                "SELECT count(*) FROM actors", "SELECT count(*) FROM statuses", "SELECT count(*) FROM home",
                "SELECT count(*) FROM favourites", "SELECT count(*) FROM mentions",
                "SELECT count(*) FROM followers",
                "SELECT count(*) FROM following", "SELECT count(*) FROM notifications",
            ]
            return try queries.map { try tx.db.first($0) { $0.int(0) } ?? -1 }
        }
        #expect(left == [1, 1, 0, 0, 0, 0, 0, 0])
        let counted = try #require(try store.read { try Actors.find(owner, in: $0) })
        #expect(counted.followersCount == 0 && counted.followingCount == 0)
    }

    @Test func `whoever is blocked or muted stays so when they delete themselves and come back`() async throws
    {
        let owner = try await save(.make("owner"))
        let (ann, bob) = (try await save(.make("ann")), try await save(.make("bob")))
        let now = now
        try await store.write { tx in
            _ = try Blocks.insert(ann, uri: "b", in: tx)
            try Mutes.insert(bob, notifications: true, until: nil, in: tx)
            for gone in [ann, bob] { try Actors.remove(gone, owner: owner, in: tx) }
        }
        let back = try await save(.make("ann"))
        let isBlocked = try store.read { try Blocks.contains(ann, in: $0) }
        let mute = try store.read { try Mutes.find(bob, at: now, in: $0) }
        #expect(back == ann && isBlocked && mute != nil)
    }

    @Test func `the owner's own side comes back as stored, and there is only one`() async throws {
        var owner = Owner(
            actor: ActorID(7), password: "p", privateKey: "k", instanceKey: "i", instancePublicKey: "ip")
        owner.note = "frogs"
        owner.visibility = .private
        owner.sensitive = true
        owner.language = "en"
        owner.hidesCollections = true
        let saved = owner
        try await store.write { try saved.save(in: $0) }
        try await store.write { try saved.save(in: $0) }
        let found = try #require(try store.read { try Owner.load(in: $0) })
        #expect(
            found.actor == owner.actor && found.password == "p" && found.privateKey == "k"
                && found.instanceKey == "i")
        #expect(found.instancePublicKey == "ip" && found.note == "frogs" && found.visibility == .private)
        #expect(found.sensitive && found.language == "en" && found.hidesCollections && found.fields == "[]")
        #expect(try store.read { try $0.db.first("SELECT count(*) FROM owner") { $0.int(0) } } == 1)
    }
}
