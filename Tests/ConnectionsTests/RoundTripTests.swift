import Basics
import Connections
import Federation
import Storage
import TestSupport
import Testing

/// What is exported, taken away and imported is the same bytes again, here and on a server that knows nobody.
@Suite struct RoundTripTests {
    private struct Scene {
        let pond: Pond
        let here: Neighbour
        let elsewhere: Neighbour
    }

    /// A server that knows some people, and one that knows nobody.
    private func story(_ body: (Scene, [ActorID], [StatusID]) async throws -> Void) async throws {
        try await Pond.with { pond in
            let here = Neighbour(pond, try await pond.islet("here.example"))
            let elsewhere = Neighbour(pond, try await pond.islet("elsewhere.example"))
            var people: [ActorID] = []
            var posts: [StatusID] = []
            for (host, name) in [
                ("lake.example", "zoe"), ("lake.example", "Ann"), ("far.example", "bob"),
                ("far.example", "_eve"),
            ] {
                let resident = pond.stranger(host, with: name)
                // Handles are asked for in small letters, whatever their owners write.
                resident.host.serve(
                    "/.well-known/webfinger?resource=acct%3A\(name.lowercased())%40\(host)",
                    WrittenJSON.webFinger(subject: "acct:\(resident.handle)", actor: resident.id),
                    type: "application/jrd+json")
                people.append(try #require(await here.islet.resolver.account(handle: resident.handle)))
                resident.host.serve("/users/\(name)/statuses/1", resident.note(1))
                posts.append(try await here.islet.objects.status(resident.noteID(1)))
            }
            try await body(Scene(pond: pond, here: here, elsewhere: elsewhere), people, posts)
        }
    }

    /// Exports, takes all away, imports and exports; then the same on the other server.
    private func goRound(
        _ scene: Scene, _ kind: ConnectionKind, expecting text: String,
        wipe: @escaping @Sendable (Transaction) throws -> Void
    ) async throws {
        try await replace(scene.here, kind, by: text)
        try await scene.here.islet.store.write(wipe)
        #expect(try scene.here.csv(kind) != text)
        for place in [scene.here, scene.elsewhere] {
            let job = try await place.take(kind, .merge, text)
            let reasons = try place.imports.failures(of: job.id).map(\.reason)
            #expect(reasons == [])
            #expect(job.failed == 0)
            #expect(try place.csv(kind) == text)
            try await replace(place, kind, by: text)
        }
    }

    /// A replacement by the same changes nothing.
    private func replace(_ place: Neighbour, _ kind: ConnectionKind, by text: String) async throws {
        let before = try rows(place)
        #expect(try await place.imports.plan(kind, .replace, Array(text.utf8)).undone == 0)
        let job = try await place.take(kind, .replace, text)
        #expect((job.failed, job.undone) == (0, 0))
        #expect(try place.csv(kind) == text)
        #expect(try rows(place) == before)
    }

    /// What lists and filters there are, by their numbers, which apps and their caches know.
    private func rows(_ place: Neighbour) throws -> [String] {
        try place.islet.read { snapshot in
            var found: [String] = []
            for list in try Lists.all(in: snapshot) {
                let members = try ListMembers.page(of: list.id, Page(limit: 99), in: snapshot)
                found.append("\(list.id) \(members.map(\.cursor))")
            }
            for filter in try Filters.all(in: snapshot) {
                found.append("\(filter.id) \(filter.keywords.map(\.id)) \(filter.statuses.map(\.id))")
            }
            return found
        }
    }

    @Test func `follows`() async throws {
        try await story { scene, people, _ in
            try await scene.here.islet.act { outbox, tx in
                for actor in people {
                    try outbox.follow(actor, reblogs: actor != people[1], notify: actor == people[2], in: tx)
                }
                try Following.setLanguages(["de", "pt-BR"], of: people[0], in: tx)
            }
            let text = """
                Account address,Show boosts,Notify on new posts,Languages
                Ann@lake.example,false,false,
                _eve@far.example,true,false,
                bob@far.example,true,true,
                zoe@lake.example,true,false,"de, pt-BR"

                """
            let outbox = scene.here.islet.outbox
            try await goRound(scene, .follows, expecting: text) { tx in
                for actor in people { try outbox.unfollow(actor, in: tx) }
            }
        }
    }

    @Test func `lists`() async throws {
        try await story { scene, people, _ in
            let now = scene.here.islet.clock.now()
            try await scene.here.islet.act { outbox, tx in
                for actor in people { try outbox.follow(actor, reblogs: true, notify: false, in: tx) }
                // The last title is that of two lists, and nobody is on the first list of all.
                for (index, title) in ["Nobody", "Friends, \"old\" ones", "#uri", "=1+1", "=1+1"].enumerated()
                {
                    let list = try Lists.insert(
                        List(title: title, replies: .list, isExclusive: false), at: now, in: tx)
                    for actor in index == 0 ? [] : index == 4 ? people[2...2] : people.prefix(2) {
                        _ = try ListMembers.insert(actor, into: list, in: tx)
                    }
                }
            }
            let text = """
                #uri,Ann@lake.example
                #uri,zoe@lake.example
                =1+1,Ann@lake.example
                =1+1,bob@far.example
                =1+1,zoe@lake.example
                "Friends, ""old"" ones",Ann@lake.example
                "Friends, ""old"" ones",zoe@lake.example

                """
            try await goRound(scene, .lists, expecting: text) { tx in
                for list in try Lists.all(in: tx) { try Lists.remove(list.id, in: tx) }
            }
        }
    }

    @Test func `mutes`() async throws {
        try await story { scene, people, _ in
            try await scene.here.islet.store.write { tx in
                for actor in people.prefix(2) {
                    try Mutes.insert(actor, notifications: actor == people[0], until: nil, in: tx)
                }
            }
            let text = """
                Account address,Hide notifications
                Ann@lake.example,false
                zoe@lake.example,true

                """
            try await goRound(scene, .mutes, expecting: text) { tx in
                for actor in people { try Mutes.remove(actor, in: tx) }
            }
        }
    }

    @Test func `blocks`() async throws {
        try await story { scene, people, _ in
            try await scene.here.islet.act { outbox, tx in
                for actor in people.prefix(2) { try outbox.block(actor, in: tx) }
            }
            let outbox = scene.here.islet.outbox
            try await goRound(scene, .blocks, expecting: "Ann@lake.example\nzoe@lake.example\n") { tx in
                for actor in people { try outbox.unblock(actor, in: tx) }
            }
        }
    }

    @Test func `domain blocks`() async throws {
        try await story { scene, people, _ in
            try await scene.here.islet.act { outbox, tx in
                try outbox.blockDomains(["sea.example", "xn--bcher-kva.example"], in: tx)
            }
            let text = "sea.example\nxn--bcher-kva.example\n"
            try await goRound(scene, .domainBlocks, expecting: text) { tx in
                for domain in try DomainBlocks.all(in: tx) { try DomainBlocks.remove(domain, in: tx) }
            }
        }
    }

    @Test func `bookmarks`() async throws {
        try await story { scene, _, posts in
            try await scene.here.islet.store.write { tx in
                for post in posts.prefix(3) { try Bookmarks.insert(post, in: tx) }
            }
            let text = """
                https://far.example/users/bob/statuses/1
                https://lake.example/users/Ann/statuses/1
                https://lake.example/users/zoe/statuses/1

                """
            try await goRound(scene, .bookmarks, expecting: text) { tx in
                for post in posts { try Bookmarks.remove(post, in: tx) }
            }
        }
    }

    @Test func `filters`() async throws {
        try await story { scene, _, posts in
            let now = scene.here.islet.clock.now()
            try await scene.here.islet.store.write { tx in
                let until = Timestamp(milliseconds: 1_900_000_000_123)
                let one = try Filters.insert(
                    Filter(title: "Spoilers", contexts: [.home, .thread], action: .hide, expiresAt: until),
                    at: now, in: tx)
                for word in ["the, end", "=SUM(1)"] {
                    _ = try FilterKeywords.insert(
                        word, isWholeWord: word.count > 7, into: one, at: now, in: tx)
                }
                _ = try FilterStatuses.insert(posts[0], into: one, at: now, in: tx)
                _ = try Filters.insert(
                    Filter(title: "Empty", contexts: .public, action: .warn, expiresAt: nil), at: now, in: tx)
            }
            let head = "Spoilers,\"home, thread\",hide,2030-03-17T17:46:40.123Z"
            let text = """
                Filter title,Contexts,Action,Expires at,Keyword,Whole word,Post
                Empty,public,warn,,,,
                \(head),"the, end",true,
                \(head),,,https://lake.example/users/zoe/statuses/1
                \(head),=SUM(1),false,

                """
            try await goRound(scene, .filters, expecting: text) { tx in
                for filter in try Filters.all(in: tx) { _ = try Filters.remove(filter.id, in: tx) }
            }
        }
    }
}

extension Pond {
    /// Somebody at a stranger's, who is made when not there yet.
    fileprivate func stranger(_ host: String, with name: String) -> StrangerActor {
        (known(host) ?? stranger(host)).resident(name)
    }
}
