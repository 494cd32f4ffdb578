import Basics
import SQLite
import Testing

@testable import Storage

/// What is known of threads, profiles, servers and arrivals: the smaller tables.
@Suite struct KnowledgeTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    @Test func `rights are kept for each act by itself`() {
        var rights = InteractionRights()
        for act in InteractionRights.Act.allCases { #expect(rights[act] == nil) }
        rights[.like] = (automatic: .everybody, manual: [])
        rights[.quote] = (automatic: [.followers, .owner], manual: .everybody)
        rights[.reply] = (automatic: [], manual: [])
        #expect(rights[.like]?.automatic == .everybody && rights[.like]?.manual == [])
        #expect(rights[.quote]?.automatic == [.followers, .owner] && rights[.quote]?.manual == .everybody)
        #expect(rights[.reply]?.automatic == [] && rights[.announce] == nil)
        #expect(InteractionRights(rawValue: rights.rawValue) == rights)
        rights[.quote] = nil
        #expect(rights[.quote] == nil && rights[.like]?.automatic == .everybody && rights[.reply] != nil)
    }

    @Test func `somebody shows ten hashtags at most, the newest first`() async throws {
        let now = now
        let (ann, bob) = (ActorID(1), ActorID(2))
        try await store.write { tx in
            for number in 0..<FeaturedTags.limit {
                #expect(try FeaturedTags.insert("tag\(number)", of: ann, at: now + .seconds(number), in: tx))
            }
            #expect(try !FeaturedTags.insert("more", of: ann, at: now, in: tx))
            #expect(try FeaturedTags.insert("tag1", of: bob, at: now, in: tx))
            #expect(try !FeaturedTags.insert("tag1", of: bob, at: now, in: tx), "it is there already")
            try FeaturedTags.remove("tag9", of: ann, in: tx)
        }
        let tags = try store.read { try FeaturedTags.of(ann, in: $0) }
        #expect(tags == (0..<9).reversed().map { "tag\($0)" })
        #expect(try store.read { try FeaturedTags.of(bob, in: $0) } == ["tag1"])
    }

    @Test func `people pin their own posts, the newest pin first`() async throws {
        let now = now
        let (ann, bob) = (ActorID(1), ActorID(2))
        let ids = try await store.write { tx in
            let ids = try [ann, ann, bob].enumerated().map {
                try Statuses.insert(.make("\($0)", by: $1), in: tx)
            }
            for (number, id) in ids.enumerated() { try Pins.insert(id, at: now + .seconds(number), in: tx) }
            return ids
        }
        try store.read { snapshot throws -> Void in
            #expect(try Pins.of(ann, in: snapshot) == [ids[1], ids[0]])
            #expect(try Pins.of(bob, in: snapshot) == [ids[2]])
            #expect(try Pins.contains(ids[0], in: snapshot) && !Pins.contains(StatusID(9), in: snapshot))
        }
        try await store.write { try Pins.remove(ids[1], in: $0) }
        #expect(try store.read { try Pins.of(ann, in: $0) } == [ids[0]])
    }

    @Test func `a blocked domain covers its subdomains and nothing that looks like them`() async throws {
        let uris = [
            "https://lake.example/a", "https://sub.lake.example/a", "https://lake.example:8443/a",
            "https://LAKE.example/b", "https://snowlake.example/a", "https://sea.example/x.lake.example/a",
            "https://lake.example.org/a", "https://sea.example/@a@lake.example",
        ]
        let found = try await store.write { tx in
            for domain in ["lake.example", "b.example", "lake.example"] {
                try DomainBlocks.insert(domain, in: tx)
            }
            for uri in uris {
                _ = try Actors.save(
                    Actor(uri: uri, username: "a", domain: "d", createdAt: TestStore.now), in: tx)
            }
            return try DomainBlocks.actors(of: "lake.example", in: tx).compactMap {
                try Actors.find($0, in: tx)?.uri
            }
        }
        #expect(Set(found) == Set(uris.prefix(4)))
        try store.read { snapshot throws -> Void in
            #expect(try DomainBlocks.all(in: snapshot) == ["b.example", "lake.example"])
            for (name, isCovered) in [
                ("lake.example", true), ("a.lake.example:8443", true), ("snowlake.example", false),
                ("example", false), ("[2001:db8::1]", false),
            ] {
                #expect(try DomainBlocks.covers(name, in: snapshot) == isCovered, "\(name)")
            }
            let page = try DomainBlocks.page(Page(limit: 1), in: snapshot)
            #expect(page.map(\.domain) == ["b.example"])
            #expect(
                try DomainBlocks.page(Page(maxID: page[0].cursor, limit: 9), in: snapshot).map(\.domain) == [
                    "lake.example"
                ])
        }
        try await store.write { try DomainBlocks.remove("lake.example", in: $0) }
        #expect(try store.read { try DomainBlocks.all(in: $0) } == ["b.example"])
    }

    @Test func `reports are kept in their order, cut to size and bounded`() async throws {
        let now = now
        try await store.write { tx in
            for number in 0..<Reports.limit + 2 {
                try Reports.insert(
                    from: ActorID(5), uri: "u", statuses: ["a\(number)", "b"], content: "\(number)", at: now,
                    in: tx)
            }
            try Reports.insert(
                from: ActorID(6), uri: nil, statuses: Array(repeating: "x", count: 99),
                content: String(repeating: "y", count: 9_999), at: now - .hours(1), in: tx)
        }
        let newest = try store.read { try Reports.newest(2, in: $0) }
        #expect(newest[0].actor == ActorID(6) && newest[0].statuses.count == Reports.limits.statuses)
        #expect(newest[0].content.count == Reports.limits.content)
        #expect(
            newest[1].content == "\(Reports.limit + 1)"
                && newest[1].statuses == ["a\(Reports.limit + 1)", "b"])
        #expect(newest[1].createdAt == now + .milliseconds(1) && newest[0].id > newest[1].id)
        #expect(try store.read { try Reports.newest(9_999, in: $0).count } == Reports.limit)
    }

    @Test func `where a look at replies ended is remembered for a month`() async throws {
        let now = now
        try await store.write { tx in
            try ReplyReads.save(StatusID(1), at: now - .hours(1), rest: "page2", in: tx)
            try ReplyReads.save(StatusID(2), at: now, rest: "page3", in: tx)
            try ReplyReads.save(StatusID(2), at: now, rest: nil, in: tx)
        }
        let reads = try store.read { try ReplyReads.of("[1,2,3]", in: $0) }
        #expect(reads.count == 2 && reads[StatusID(1)]?.rest == "page2" && reads[StatusID(2)]?.rest == nil)
        #expect(reads[StatusID(1)]?.at == now - .hours(1))
        _ = try await store.write { try Retention.run(at: now + .days(30), in: $0) }
        #expect(try store.read { try ReplyReads.of("[1,2,3]", in: $0) }.keys.map(\.value) == [2])
    }

    @Test func `the owner sees who has a post, who waits for it and who refused it`() async throws {
        let now = now
        let id = try await store.write { tx in
            let id = try Statuses.insert(.make("1", by: ActorID(1)), in: tx)
            let hosts = try ["a", "b", "c"].map { try Hosts.id(of: $0 + ".example", in: tx) }
            try Deliveries.note(id, host: hosts[0], reason: nil, at: now, in: tx)
            try Deliveries.note(id, host: hosts[1], reason: nil, at: now, in: tx)
            try Deliveries.note(
                id, host: hosts[1], reason: String(repeating: "x", count: 999), at: now, in: tx)
            try Deliveries.note(StatusID(99), host: hosts[2], reason: nil, at: now, in: tx)
            let inboxes = try ["d", "e"].map { try Inboxes.id(of: "https://\($0).example/", in: tx) }
            let letter = Deliveries.Letter(kind: "Create", body: [1], status: id)
            try Deliveries.enqueue(letter, to: inboxes, at: now, in: tx)
            return id
        }
        let account = try store.read { try Arrivals.of(id, in: $0) }
        #expect(account.has == 1 && account.waiting == 2)
        #expect(account.refused.map(\.host) == ["b.example"] && account.refused[0].reason.count == 120)
        #expect(try store.read { try Arrivals.newestPosts(9, in: $0) } == [id], "what is gone is not noted")
        let nothing = try store.read { try Arrivals.of(StatusID(99), in: $0) }
        #expect(nothing.has == 0 && nothing.waiting == 0 && nothing.refused.isEmpty)
    }

    @Test func `arrivals are remembered of the newest posts only`() async throws {
        let now = now
        let ids = try await store.write { tx in
            let host = try Hosts.id(of: "a.example", in: tx)
            let other = try Hosts.id(of: "b.example", in: tx)
            return try (0..<Arrivals.limit + 1).map { number in
                let id = try Statuses.insert(
                    .make("\(number)", by: ActorID(1), at: now + .seconds(number)), in: tx)
                for host in [host, other] {
                    try Deliveries.note(id, host: host, reason: nil, at: now, in: tx)
                }
                return id
            }
        }
        #expect(
            try store.read { try Arrivals.newestPosts(2, in: $0) } == [
                ids[Arrivals.limit], ids[Arrivals.limit - 1],
            ])
        #expect(try store.read { try Retention.isDue(at: now, in: $0) })
        _ = try await store.write { try Retention.run(at: now, in: $0) }
        #expect(try store.read { try !Retention.isDue(at: now, in: $0) })
        #expect(try store.read { try Arrivals.newestPosts(999, in: $0) } == ids.dropFirst().reversed())
        #expect(try store.read { try Arrivals.of(ids[1], in: $0).has } == 2)
    }

    @Test func `settings hold text and numbers, and can be taken away`() async throws {
        try await store.write { tx in
            try Settings.set(.lastActivity, to: "12", in: tx)
            try Settings.set(.missedSince, to: "x", in: tx)
        }
        try store.read { snapshot throws -> Void in
            #expect(try Settings.integer(.lastActivity, in: snapshot) == 12)
            #expect(try Settings.integer(.missedSince, in: snapshot) == nil)
        }
        try await store.write { try Settings.remove(.lastActivity, in: $0) }
        #expect(try store.read { try Settings.text(.lastActivity, in: $0) } == nil)
    }

    @Test func `every commit has another number`() async throws {
        let first = try store.store.version()
        #expect(try store.store.version() == first)
        try await store.write { try DomainBlocks.insert("a.example", in: $0) }
        #expect(try store.store.version() != first)
    }

    @Test func `a featured hashtag is counted over its person's open posts`() async throws {
        let now = now
        try await store.write { tx in
            for (number, tag) in ["frogs", "newts"].enumerated() {
                _ = try FeaturedTags.insert(tag, of: ActorID(1), at: now + .seconds(number), in: tx)
            }
            let posts: [(ActorID, Visibility)] = [
                (ActorID(1), .public), (ActorID(1), .unlisted), (ActorID(1), .private), (ActorID(2), .public),
            ]
            for (number, (author, visibility)) in posts.enumerated() {
                let post = Status.make("\(number)", by: author, at: now + .minutes(number), visibility)
                try Hashtags.insert("frogs", status: try Statuses.insert(post, in: tx), in: tx)
            }
        }
        let uses = try store.read { try FeaturedTags.uses(by: ActorID(1), in: $0) }
        #expect(uses.map(\.name) == ["newts", "frogs"] && uses.map(\.statuses) == [0, 2])
        #expect(uses.map(\.lastStatusAt) == [nil, now + .minutes(1)])
    }

    @Test func `whom an edit took out is remembered apart, and goes with the post`() async throws {
        let (former, shown, left) = try await store.write { tx in
            let ann = try Actors.save(.make("ann"), in: tx)
            let id = try Statuses.insert(.make("1", by: ActorID(1)), in: tx)
            try Mentions.keepFormer([ann], of: id, in: tx)
            let former = try Mentions.former(of: id, in: tx) == [ann]
            let shown = try Mentions.of("[\(id)]", in: tx).isEmpty
            try Statuses.delete(id, in: tx)
            return (former, shown, try tx.db.first("SELECT count(*) FROM mentions") { $0.int(0) })
        }
        #expect(former && shown && left == 0)
    }

    @Test func `the group that brought a post, or one above it, is found`() async throws {
        let found = try await store.write { tx in
            var group = Actor.make("group")
            group.kind = .group
            let (ann, frogs) = (try Actors.save(.make("ann"), in: tx), try Actors.save(group, in: tx))
            let post = try Statuses.insert(.make("post", by: ann), in: tx)
            var replies: [StatusID] = []
            for (number, actor) in [ann, frogs].enumerated() {
                var boost = Status.make("boost\(number)", by: actor)
                boost.reblogOf = post
                _ = try Statuses.insert(boost, in: tx)
            }
            var above = post
            for number in 0...41 {
                var reply = Status.make("reply\(number)", by: ann)
                reply.inReplyTo = above
                above = try Statuses.insert(reply, in: tx)
                if number == 0 || number == 39 { replies.append(above) }
            }
            let groups = try Boosts.groups(above: [post] + replies + [above, StatusID(1)], in: tx)
            return groups.mapValues(\.id) == [post: frogs, replies[0]: frogs, replies[1]: frogs]
        }
        #expect(found)
    }
}
