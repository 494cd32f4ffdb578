import ActivityPub
import Federation
import HTTP
import JSON
import Storage
import Testing

struct ObjectEndpointTests {
    private func asking(_ house: Household) -> Asking {
        Asking(
            routes: ObjectEndpoint(identity: house.identity, store: house.store, shield: house.shield).routes)
    }

    @Test(arguments: [Visibility.public, .unlisted])
    func `an open post is served at its id`(visibility: Visibility) async throws {
        let house = try await Household()
        let id = try await house.post(visibility: visibility)
        let note = try await asking(house).json("/users/me/statuses/\(id)")
        #expect(note["id"]?.string == house.identity.status(id))
    }

    @Test(arguments: [Visibility.private, .direct])
    func `a post for fewer people is not there, in any of its documents`(visibility: Visibility) async throws
    {
        let house = try await Household()
        let id = try await house.post(visibility: visibility)
        for path in ["", "/activity", "/replies", "/likes", "/shares"] {
            #expect(try await asking(house).get("/users/me/statuses/\(id)\(path)").status == .notFound)
        }
        #expect(try await asking(house).get("/contexts/\(id)").status == .notFound)
    }

    @Test func `a browser is sent to the page`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let response = try await asking(house).get("/users/me/statuses/\(id)", accept: "text/html")
        #expect(response.status == .found && response.fields["Location"] == "https://islet.example/@me/\(id)")
    }

    @Test func `a deleted post leaves a tombstone, unless it was for fewer people`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let secret = try await house.post(visibility: .private, minutes: 1)
        try await house.store.write { [identity = house.identity] tx in
            for (id, wasOpen) in [(id, true), (secret, false)] {
                try Statuses.delete(id, in: tx)
                try Tombstones.insert(
                    identity.status(id), at: Household.start, wasOpen: wasOpen, in: tx)
            }
        }
        #expect(try await asking(house).get("/users/me/statuses/\(secret)").status == .notFound)
        let response = try await asking(house).get("/users/me/statuses/\(id)")
        #expect(response.status == .gone)
        #expect(
            response.text
                == #"{"@context":"https://www.w3.org/ns/activitystreams","id":"\#(house.identity.status(id))","type":"Tombstone"}"#
        )
    }

    @Test(arguments: [
        "/users/me/statuses/1", "/users/me/statuses/x", "/users/me/statuses/99999999999999999999",
    ])
    func `what never was is not found`(path: String) async throws {
        #expect(try await asking(try await Household()).get(path).status == .notFound)
    }

    @Test func `a stranger's post is not served`() async throws {
        let house = try await Household()
        let foreign = try await house.foreignPost(by: try await house.stranger("bob"))
        #expect(try await asking(house).get("/users/me/statuses/\(foreign)").status == .notFound)
        #expect(try await asking(house).get("/users/you/statuses/\(foreign)").status == .notFound)
    }

    @Test func `the Create of a post has its addressing`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let activity = try #require(
            Activity(try await asking(house).json("/users/me/statuses/\(id)/activity")))
        #expect(activity.type == "Create" && activity.id == house.identity.status(id) + "/activity")
        #expect(activity.objectID == house.identity.status(id) && activity.isObjectEmbedded)
        #expect(activity.to == [Vocabulary.everybody] && activity.cc == [house.identity.followers])
    }

    @Test func `a boost is an Announce, and no note`() async throws {
        let house = try await Household()
        let foreign = try await house.foreignPost(by: try await house.stranger("bob"))
        let id = try await house.post(
            "",
            { status, _ in
                status.reblogOf = foreign
                status.uri += "/activity"
            })
        let activity = try #require(
            Activity(try await asking(house).json("/users/me/statuses/\(id)/activity")))
        #expect(activity.type == "Announce" && activity.id == house.identity.status(id) + "/activity")
        #expect(activity.objectID == "https://b.example/posts/0" && !activity.isObjectEmbedded)
        #expect(activity.cc == [house.identity.followers, "https://b.example/users/bob"])
        #expect(try await asking(house).get("/users/me/statuses/\(id)").status == .notFound)
    }

    @Test func `only replies that anybody may see are listed`() async throws {
        let house = try await Household()
        let bob = try await house.stranger("bob")
        let id = try await house.post()
        try await house.foreignPost(by: bob, inReplyTo: id, minutes: 1)
        try await house.foreignPost(by: bob, visibility: .private, inReplyTo: id, minutes: 2)
        for minute in 5...210 {
            try await house.foreignPost(by: bob, visibility: .direct, inReplyTo: id, minutes: minute - 1_000)
        }
        let direct = try await house.foreignPost(by: bob, visibility: .unlisted, inReplyTo: id, minutes: 3)
        try await house.foreignPost(by: bob, inReplyTo: direct, minutes: 4)
        let address = house.identity.status(id) + "/replies"
        let replies = try await asking(house).json("/users/me/statuses/\(id)/replies")
        #expect(replies["id"]?.string == address)
        let expected = ["https://b.example/posts/1", "https://b.example/posts/3"]
        #expect(replies["first"]?["items"]?.ids() == expected)
        let page = try await asking(house).json("/users/me/statuses/\(id)/replies?page=true")
        #expect(page["id"]?.string == address + "?page=true" && page["items"]?.ids() == expected)
        let whole = try await asking(house).json("/contexts/\(id)")
        #expect(whole["attributedTo"]?.string == house.identity.actor)
        #expect(
            whole["orderedItems"]?.ids() == [
                house.identity.status(id), "https://b.example/posts/1", "https://b.example/posts/3",
                "https://b.example/posts/4",
            ])
    }

    @Test func `likes and shares are counted`() async throws {
        let house = try await Household()
        let bob = try await house.stranger("bob")
        let id = try await house.post(then: { id, tx in
            _ = try Favourites.insert(actor: bob, status: id, uri: "https://b.example/l", in: tx)
        })
        #expect(try await asking(house).json("/users/me/statuses/\(id)/likes")["totalItems"]?.int == 1)
        #expect(try await asking(house).json("/users/me/statuses/\(id)/shares")["totalItems"]?.int == 0)
    }

    @Test func `replies come in pages, each once`() async throws {
        let house = try await Household()
        let bob = try await house.stranger("bob")
        let id = try await house.post()
        for minute in 1...90 { try await house.foreignPost(by: bob, inReplyTo: id, minutes: minute) }
        let asking = asking(house)
        var page: JSONValue? = try await asking.json("/users/me/statuses/\(id)/replies")["first"]
        var found: [String] = []
        var pages = 0
        while let current = page, pages < 10 {
            pages += 1
            found += current["items"]?.ids() ?? []
            #expect(current["partOf"]?.string == house.identity.status(id) + "/replies")
            let next = current["next"]?.string.map { String($0.dropFirst("https://islet.example".count)) }
            page = nil
            if let next {
                page = try await asking.json(next)
                #expect(page?["id"]?.string == "https://islet.example" + next)
            }
        }
        #expect(pages == 3 && found == (1...90).map { "https://b.example/posts/\($0)" })
    }

    @Test(arguments: ["min_id=x", "min_id=-1", "min_id=99999999999999999999", "page=%00"])
    func `a strange page of replies is answered`(query: String) async throws {
        let house = try await Household()
        let id = try await house.post()
        let response = try await asking(house).get("/users/me/statuses/\(id)/replies?\(query)")
        #expect(response.status == .ok)
    }

    @Test func `a conversation is that of the post that began it`() async throws {
        let house = try await Household()
        let began = try await house.post()
        let reply = try await house.post(
            minutes: 1,
            { status, _ in
                status.inReplyTo = began
                status.conversation = "https://islet.example/contexts/\(began)"
            })
        let whole = try await asking(house).json("/contexts/\(began)")
        #expect(whole["orderedItems"]?.ids() == [began, reply].map(house.identity.status))
        #expect(try await asking(house).get("/contexts/\(reply)").status == .notFound)
    }

    @Test func `a document is made once, and anew when the owner changes the post`() async throws {
        let house = try await Household()
        let id = try await house.post()
        let asking = asking(house)
        let first = try await asking.get("/users/me/statuses/\(id)")
        let statements = house.store.statementsRead
        #expect(try await asking.get("/users/me/statuses/\(id)").bytes == first.bytes && !first.bytes.isEmpty)
        #expect(house.store.statementsRead == statements)
        try await house.store.write { tx in
            var status = try #require(try Statuses.find(id, in: tx))
            status.content = "<p>Changed</p>"
            try Statuses.update(status, source: "Changed", in: tx)
        }
        let after = try await asking.get("/users/me/statuses/\(id)")
        #expect(after.text.contains("Changed") && after.fields["ETag"] != first.fields["ETag"])
    }

    @Test func `what is not there is not remembered`() async throws {
        let house = try await Household()
        let asking = asking(house)
        let next = Statuses.newID(at: Household.start)
        #expect(try await asking.get("/users/me/statuses/\(next)").status == .notFound)
        let uri = house.identity.status(next)
        let owner = house.identity.owner
        try await house.store.write { tx in
            let status = Storage.Status(
                uri: uri, actor: owner, createdAt: Household.start, visibility: .public)
            _ = try Statuses.insert(status, id: next, in: tx)
        }
        #expect(try await asking.get("/users/me/statuses/\(next)").status == .ok)
    }
}
