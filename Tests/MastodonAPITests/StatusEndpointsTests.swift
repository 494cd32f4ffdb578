import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct StatusEndpointsTests {
    @Test(arguments: [(Visibility.public, 200), (.unlisted, 200), (.private, 404), (.direct, 404)])
    func `visitors see open posts only`(visibility: Visibility, status: Int) async throws {
        let house = try await House.make()
        let id = try await house.makeStatus(by: house.identity.owner, visibility: visibility)
        let other = try await house.makeStatus(by: house.makeActor())
        #expect(try await house.get("/api/v1/statuses?id[]=\(other)").text == "[]")
        for path in ["", "/context", "/history", "/favourited_by", "/reblogged_by", "/quotes"] {
            #expect(try await house.get("/api/v1/statuses/\(other)\(path)").status == 404, "\(path)")
            #expect(try await house.get("/api/v1/statuses/\(id)\(path)").status == status, "\(path)")
        }
        #expect(try await house.get("/api/v1/statuses/\(id)", house.token()).status == 200)
    }

    @Test func `a visitor's answer has no marks, the owner's has all`() async throws {
        let house = try await House.make()
        let id = try await house.makeStatus(by: house.identity.owner)
        let open = try await house.get("/api/v1/statuses/\(id)").json
        let own = try await house.get("/api/v1/statuses/\(id)", house.token()).json
        for key in ["favourited", "reblogged", "muted", "bookmarked", "filtered"] {
            #expect(open[key] == nil, "\(key)")
            #expect(own[key] != nil, "\(key)")
        }
    }

    @Test(arguments: ["abc", "-1", "99999999999999999999", "1"])
    func `an id that is none is not found`(id: String) async throws {
        let house = try await House.make()
        let answer = try await house.get("/api/v1/statuses/\(id)")
        #expect(answer.status == 404)
        #expect(answer.text == #"{"error":"Record not found"}"#)
    }

    @Test func `a context has the way up and everything below, without what visitors may not see`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let root = try await house.makeStatus(by: bob)
        let middle = try await house.makeStatus(by: house.identity.owner, inReplyTo: root)
        let leaf = try await house.makeStatus(by: bob, visibility: .private, inReplyTo: middle)
        let other = try await house.makeStatus(by: bob, inReplyTo: middle)
        let json = try await house.get("/api/v1/statuses/\(middle)/context", token).json
        #expect(json["ancestors"]?.elements.compactMap { $0["id"]?.string } == [root.description])
        #expect(
            json["descendants"]?.elements.compactMap { $0["id"]?.string } == [
                leaf.description, other.description,
            ])
        #expect(
            json["descendants"]?.elements.first?["in_reply_to_account_id"]?.string
                == house.identity.owner.description)
        let open = try await house.get("/api/v1/statuses/\(middle)/context").json
        #expect(open["descendants"]?.elements.compactMap { $0["id"]?.string } == [other.description])
        #expect(try await house.get("/api/v1/statuses/\(middle)").json["replies_count"]?.int == 1)
    }

    @Test func `visitors get a long conversation in slices, in which what is hidden takes nobody's place`()
        async throws
    {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let owner = house.identity.owner
        let root = try await house.makeStatus(by: owner)
        let hidden = try await house.makeStatus(by: bob, visibility: .private, inReplyTo: root)
        for _ in 0..<70 { _ = try await house.makeStatus(by: bob, visibility: .direct, inReplyTo: root) }
        var open = [try await house.makeStatus(by: owner, inReplyTo: hidden)]
        for _ in 0..<70 { open.append(try await house.makeStatus(by: bob, inReplyTo: root)) }
        let path = "/api/v1/statuses/\(root)/context"
        let first = try await house.get(path)
        let last = try #require(first.cursor("next"))
        let second = try await house.get("\(path)?min_id=\(last)")
        #expect(second.fields["Link"] == nil)
        let found = try [first, second].map {
            try $0.json["descendants"]?.elements.compactMap { $0["id"]?.string } ?? []
        }
        #expect(found[0].count == 60 && found[0] + found[1] == open.map(\.description))
        // A reply that is gone by now: those that came later.
        let gone = open[69]
        try await house.store.write { try Statuses.delete(gone, in: $0) }
        let rest = try await house.get("\(path)?min_id=\(gone)").json["descendants"]
        #expect(rest?.elements.compactMap { $0["id"]?.string } == [open[70].description])
        let own = try await house.get(path, house.token())
        #expect(try own.json["descendants"]?.elements.count == 141 && own.fields["Link"] == nil)

        var chain = try await house.makeStatus(by: bob)
        for _ in 0..<62 {
            chain = try await house.makeStatus(by: bob, visibility: .private, inReplyTo: chain)
        }
        let leaf = try await house.makeStatus(by: owner, inReplyTo: chain)
        #expect(try await house.get("/api/v1/statuses/\(leaf)/context").json["ancestors"]?.count == 1)
    }

    @Test func `what somebody suspended wrote is shown to nobody, boosted and quoted neither`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let owner = house.identity.owner
        let root = try await house.makeStatus(by: owner)
        let post = try await house.makeStatus(by: bob, inReplyTo: root)
        let boost = try await house.makeStatus(by: owner, reblogOf: post)
        try await house.store.write { [now = house.time.now] tx in
            try Quotes.save(
                Quote(status: root, quoted: post, quotedURI: "", state: .accepted, checkedAt: now), in: tx)
        }
        for token in [nil, token] { #expect(try await seen(boost, root, house, token) == [200, 1, 2, 1]) }
        try await house.store.write { tx in
            var actor = try #require(try Actors.find(bob, in: tx))
            actor.isSuspended = true
            _ = try Actors.save(actor, in: tx)
        }
        for token in [nil, token] { #expect(try await seen(boost, root, house, token) == [404, 0, 1, 0]) }
        #expect(try await house.get("/api/v1/statuses/\(post)", token).status == 404)
    }

    /// Whether the boost, the reply in the thread, the posts on the profile and the quote are shown.
    private func seen(
        _ boost: StatusID, _ root: StatusID, _ house: House, _ token: String?
    ) async throws -> [Int] {
        let single = try await house.get("/api/v1/statuses/\(boost)", token)
        let thread = try await house.get("/api/v1/statuses/\(root)/context", token).json
        let list = try await house.get("/api/v1/accounts/\(house.identity.owner)/statuses", token)
        let quote = try await house.get("/api/v1/statuses/\(root)", token).json["quote"]
        return [
            single.status, thread["descendants"]?.count ?? -1, try list.ids.count,
            quote?["quoted_status"]?["id"] == nil ? 0 : 1,
        ]
    }

    @Test func `what people of blocked servers wrote is not shown to visitors, boosted neither`() async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let owner = house.identity.owner
        let boost = try await house.makeStatus(by: owner, reblogOf: house.makeStatus(by: bob))
        try await house.store.write { try DomainBlocks.insert("far.example", in: $0) }
        #expect(try await house.get("/api/v1/accounts/\(owner)/statuses").ids == [])
        #expect(try await house.get("/api/v1/statuses/\(boost)").status == 404)
        #expect(try await house.get("/api/v1/statuses/\(boost)", token).status == 200)
    }

    @Test func `a long conversation is whole, in order, each post once`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let root = try await house.makeStatus(by: bob)
        var replies: [String] = []
        for _ in 0..<205 { replies.append(try await house.makeStatus(by: bob, inReplyTo: root).description) }
        let last = try #require(StatusID(replies[204]))
        let json = try await house.get("/api/v1/statuses/\(root)/context", token).json
        #expect(json["descendants"]?.elements.compactMap { $0["id"]?.string } == replies)
        #expect(json["descendants"]?.elements.last?["account"]?["id"]?.string == bob.description)
        let below = try await house.get("/api/v1/statuses/\(last)/context", token).json
        #expect(below["ancestors"]?.elements.compactMap { $0["id"]?.string } == [root.description])
        #expect(below["descendants"]?.elements.isEmpty == true)
    }

    @Test func `of others' posts the larger number is shown, ours or that of their server`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let id = try await house.makeStatus(by: bob)
        try await house.store.write { tx in
            _ = try Favourites.insert(actor: bob, status: id, uri: "u", in: tx)
            var status = try #require(try Statuses.find(id, in: tx))
            status.toldLikes = 0
            status.toldShares = 7
            try Statuses.refresh(status, in: tx)
        }
        let boost = try await house.makeStatus(by: bob, reblogOf: id)
        let json = try await house.get("/api/v1/statuses/\(boost)", house.token()).json
        for status in [json, try #require(json["reblog"])] {
            #expect(status["favourites_count"]?.int == 1)
            #expect(status["reblogs_count"]?.int == 7)
        }
    }

    @Test func `several posts come in the order asked, at most twenty`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let one = try await house.makeStatus(by: bob)
        let two = try await house.makeStatus(by: bob)
        let token = try await house.token()
        #expect(
            try await house.get("/api/v1/statuses?id[]=\(one)&id[]=7&id[]=\(two)", token).ids
                == [one, two].map(\.description))
        let many = (0..<21).map { "id[]=\($0)" }.joined(separator: "&")
        #expect(try await house.get("/api/v1/statuses?\(many)").status == 422)
    }

    @Test func `those who liked or boosted a post come in pages by their rows`() async throws {
        let house = try await House.make()
        let id = try await house.makeStatus(by: house.identity.owner)
        var people: [String] = []
        for number in 0..<3 {
            let actor = try await house.makeActor("fan\(number)")
            people.append(actor.description)
            try await house.store.write { tx in
                _ = try Favourites.insert(actor: actor, status: id, uri: "u\(number)", in: tx)
            }
        }
        let first = try await house.get("/api/v1/statuses/\(id)/favourited_by?limit=2")
        #expect(try first.ids == [people[2], people[1]])
        #expect(first.fields["Link"]?.contains("since_id=") == true)
        let next = try #require(first.cursor("next"))
        let second = try await house.get("/api/v1/statuses/\(id)/favourited_by?limit=2&max_id=\(next)")
        #expect(try second.ids == [people[0]])
        #expect(second.cursor("next") == nil)
    }
}
