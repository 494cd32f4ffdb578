import ActivityPub
import Federation
import HTTP
import JSON
import Storage
import Testing

struct CollectionEndpointsTests {
    private func asking(_ house: Household) -> Asking {
        Asking(
            routes: CollectionEndpoints(identity: house.identity, store: house.store, shield: house.shield)
                .routes)
    }

    /// The path of an address of ours.
    private func path(_ value: JSONValue?) -> String? {
        value?.string.map { String($0.dropFirst("https://islet.example".count)) }
    }

    @Test func `the outbox lists open posts once, the newest first, page by page`() async throws {
        let house = try await Household()
        var posts: [String] = []
        for minute in 0..<45 {
            let visibility: Visibility = minute % 9 == 0 ? .private : minute % 2 == 0 ? .public : .unlisted
            let id = try await house.post(visibility: visibility, minutes: minute)
            if visibility.isOpen { posts.insert(house.identity.status(id), at: 0) }
        }
        let outbox = try await asking(house).json("/users/me/outbox")
        #expect(outbox["id"]?.string == house.identity.outbox && outbox["totalItems"]?.int == posts.count)
        var found: [String] = []
        var next = path(outbox["first"])
        while let address = next {
            let page = try await asking(house).json(address)
            #expect(page["id"]?.string == "https://islet.example" + address)
            found += (page["orderedItems"]?.elements ?? []).compactMap { $0["object"]?.firstID }
            next = path(page["next"])
        }
        #expect(found == posts)
    }

    @Test func `a page of the outbox takes as many statements as one post`() async throws {
        let house = try await Household()
        let bob = try await house.stranger("bob")
        let parent = try await house.foreignPost(by: bob)
        func statements() async throws -> Int {
            house.shield.drop()
            let before = house.store.statementsRead
            _ = try await asking(house).json("/users/me/outbox?page=true")
            return house.store.statementsRead - before
        }
        func write(_ minute: Int) async throws {
            try await house.post(minutes: minute, { status, _ in status.inReplyTo = parent }) { id, tx in
                try Hashtags.insert("cats", status: id, in: tx)
                try Quotes.save(
                    Quote(
                        status: id, quoted: parent, quotedURI: "", state: .accepted,
                        checkedAt: Household.start), in: tx)
            }
            try await house.post(
                minutes: minute + 1, { status, _ in status.inReplyToURI = "https://c.example/1" })
            try await house.post("", minutes: minute + 2, { status, _ in status.reblogOf = parent })
        }
        try await write(1)
        // Who asks first has the key of the store's hashes read too.
        _ = try await statements()
        let one = try await statements()
        for minute in [10, 20, 30, 40] { try await write(minute) }
        #expect(try await statements() == one)
    }

    @Test func `the outbox can be read from its end`() async throws {
        let house = try await Household()
        var ids: [StatusID] = []
        for minute in 0..<25 { ids.append(try await house.post(minutes: minute)) }
        let last = try await asking(house).json("/users/me/outbox?page=true&min_id=0")
        #expect(last["orderedItems"]?.count == 20)
        #expect(last["orderedItems"]?.elements.last?["object"]?.firstID == house.identity.status(ids[0]))
        let before = try #require(path(last["prev"]))
        #expect(try await asking(house).json(before)["orderedItems"]?.count == 5)
    }

    @Test func `posts are whole and boosts are addresses`() async throws {
        let house = try await Household()
        let foreign = try await house.foreignPost(by: try await house.stranger("bob"))
        try await house.post("", minutes: 1, { status, _ in status.reblogOf = foreign })
        try await house.post(minutes: 2)
        let page = try await asking(house).json("/users/me/outbox?page=true")
        let items = (page["orderedItems"]?.elements ?? []).compactMap { Activity($0) }
        #expect(
            items.map(\.type) == ["Create", "Announce"] && items.map(\.isObjectEmbedded) == [true, false])
        // The page's own context serves for all.
        #expect(items.allSatisfy { $0.document["@context"] == nil } && page["@context"] != nil)
    }

    @Test func `followers are listed in pages`() async throws {
        let house = try await Household()
        var followers: [String] = []
        for number in 0..<60 {
            let actor = try await house.stranger("f\(number)")
            try await house.store.write { [owner = house.identity.owner] tx in
                _ = try Followers.insert(
                    actor, uri: "https://b.example/follows/\(number)", owner: owner, in: tx)
            }
            followers.insert("https://b.example/users/f\(number)", at: 0)
        }
        let whole = try await asking(house).json("/users/me/followers")
        #expect(whole["totalItems"]?.int == 60)
        let first = try await asking(house).json(try #require(path(whole["first"])))
        let second = try await asking(house).json(try #require(path(first["next"])))
        #expect(try [first, second].flatMap { try #require($0["orderedItems"]).ids() } == followers)
        #expect(second["next"] == nil && second["partOf"]?.string == house.identity.followers)
    }

    @Test func `who is followed is listed once they accepted`() async throws {
        let house = try await Household()
        let (bob, eve) = (try await house.stranger("bob"), try await house.stranger("eve"))
        try await house.store.write { [owner = house.identity.owner] tx in
            try Following.request(bob, uri: "f1", reblogs: true, notify: false, in: tx)
            try Following.request(eve, uri: "f2", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(bob, owner: owner, in: tx)
        }
        #expect(try await asking(house).json("/users/me/following")["totalItems"]?.int == 1)
        let page = try await asking(house).json("/users/me/following?page=true")
        #expect(page["orderedItems"]?.ids() == ["https://b.example/users/bob"])
    }

    @Test func `hidden lists say how many and not whom`() async throws {
        let house = try await Household()
        try await house.store.write { tx in
            var owner = try #require(try Owner.load(in: tx))
            owner.hidesCollections = true
            try owner.save(in: tx)
        }
        for list in ["followers", "following"] {
            let whole = try await asking(house).json("/users/me/\(list)")
            #expect(whole["totalItems"]?.int == 0 && whole["first"] == nil)
            #expect(try await asking(house).get("/users/me/\(list)?page=true").status == .notFound)
        }
    }

    @Test func `what many ask for is made once, and anew when the owner posts`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let asking = Asking(
            routes: asking(house).routes
                + ObjectEndpoint(identity: house.identity, store: house.store, shield: house.shield).routes)
        let paths = [
            "outbox", "outbox?page=true", "collections/featured", "collections/tags",
            "statuses/\(id)/replies", "statuses/\(id)/replies?page=true",
        ]
        var answers: [String: Response] = [:]
        for path in paths { answers[path] = try await asking.get("/users/me/\(path)") }
        let statements = house.store.statementsRead
        for (path, first) in answers {
            let again = try await asking.get("/users/ME/\(path)\(path.contains("?") ? "&" : "?")x=1")
            #expect(again.bytes == first.bytes && first.status == .ok, "\(path)")
        }
        #expect(house.store.statementsRead == statements)
        try await house.post(minutes: 1, then: { _, tx in tx.announce(.ownPosts) })
        #expect(try await asking.json("/users/me/outbox")["totalItems"]?.int == 2)
    }

    @Test func `without pins nothing is featured`() async throws {
        let featured = try await asking(try await Household()).json("/users/me/collections/featured")
        #expect(featured["type"]?.string == "OrderedCollection" && featured["orderedItems"]?.count == 0)
    }

    @Test func `featured hashtags are listed with their pages`() async throws {
        let house = try await Household()
        let owner = house.identity.owner
        try await house.store.write {
            _ = try FeaturedTags.insert("süd", of: owner, at: Household.start, in: $0)
        }
        let tags = try await asking(house).json("/users/me/collections/tags")
        #expect(tags["id"]?.string == house.identity.featuredTags && tags["totalItems"]?.int == 1)
        let tag = try #require(tags["items"]?.elements.first)
        #expect(tag["type"]?.string == "Hashtag" && tag["name"]?.string == "#süd")
        #expect(tag["href"]?.string == "https://islet.example/tags/s%C3%BCd")
    }

    @Test func `the terms of all posts stand in the context of their page`() async throws {
        let house = try await Household()
        try await house.post { status, _ in status.conversation = "c" }
        let page = try await asking(house).json("/users/me/outbox?page=true")
        let terms = try #require(page["@context"]?.elements.last)
        for name in ["sensitive", "conversation", "interactionPolicy", "canQuote", "automaticApproval"] {
            #expect(terms[name] != nil)
        }
    }

    @Test(arguments: ["outbox", "followers", "following", "collections/featured", "collections/tags"])
    func `nobody else has collections here`(path: String) async throws {
        #expect(try await asking(try await Household()).get("/users/you/\(path)").status == .notFound)
    }

    @Test(arguments: ["max_id=x", "max_id=-1", "min_id=99999999999999999999", "page", "page=%00"])
    func `a strange page is answered`(query: String) async throws {
        let response = try await asking(try await Household()).get("/users/me/outbox?page=true&\(query)")
        #expect(response.status == .ok)
    }
}
