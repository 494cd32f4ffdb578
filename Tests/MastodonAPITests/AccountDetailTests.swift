import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

/// Private notes, people on the profile, and what the two servers know of each other's people.
@Suite struct AccountDetailTests {
    private func follow(_ house: House, _ actor: ActorID) async throws {
        try await house.store.write { tx in
            try Following.request(actor, uri: "u", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(actor, owner: house.identity.owner, in: tx)
        }
    }

    @Test func `a private note is in the relationship until it is cleared`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let path = "/api/v1/accounts/\(bob)/note"
        let answer = try await house.post(path, token, #"{"comment":"met in Oslo"}"#)
        #expect(try answer.json["note"]?.string == "met in Oslo")
        let list = try await house.get("/api/v1/accounts/relationships?id=\(bob)", token).json
        #expect(list.elements.first?["note"]?.string == "met in Oslo")
        let long = String(repeating: "x", count: 2_001)
        #expect(try await house.post(path, token, "comment=\(long)").status == 422)
        #expect(try await house.post(path, token, "comment=").json["note"]?.string == "")
        #expect(try await house.post("/api/v1/accounts/12/note", token, "comment=x").status == 404)
        let own = "/api/v1/accounts/\(house.identity.owner)/note"
        #expect(try await house.post(own, token, "comment=me").json["note"]?.string == "me")
    }

    @Test(arguments: [("endorse", "unendorse"), ("pin", "unpin")])
    func `trap 6: endorsements really work, for people whom the owner follows`(show: String, hide: String)
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let path = "/api/v1/accounts/\(bob)"
        let refused = try await house.post("\(path)/\(show)", token)
        #expect(refused.status == 422)
        #expect(
            try refused.json["error"]?.string
                == "Validation failed: You must be already following the person you want to endorse")
        try await follow(house, bob)
        #expect(try await house.post("\(path)/\(show)", token).json["endorsed"]?.bool == true)
        let own = "/api/v1/accounts/\(house.identity.owner)/endorsements"
        for (path, token) in [("/api/v1/endorsements?limit=0", token), (own, token), (own, nil)] {
            #expect(try await house.get(path, token).ids == [bob.description], "\(path)")
        }
        #expect(try await house.get("\(path)/endorsements", token).text == "[]")
        #expect(try await house.post("\(path)/\(hide)", token).json["endorsed"]?.bool == false)
        #expect(try await house.get("/api/v1/endorsements", token).text == "[]")

        _ = try await house.post("\(path)/\(show)", token)
        #expect(try await house.post("\(path)/unfollow", token).json["endorsed"]?.bool == false)
    }

    @Test func `familiar followers are those of the owner, and an empty list for everybody else`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        for actor in [bob, eve] {
            try await house.store.write { tx in
                _ = try Followers.insert(actor, uri: "u\(actor)", owner: house.identity.owner, in: tx)
            }
        }
        try await follow(house, bob)
        let owner = house.identity.owner
        let json = try await house.get(
            "/api/v1/accounts/familiar_followers?id[]=\(owner)&id[]=\(bob)&id[]=12", token
        ).json.elements
        #expect(json.compactMap { $0["id"]?.string } == [owner.description, bob.description, "12"])
        #expect(json[0]["accounts"]?.elements.compactMap { $0["id"]?.string } == [bob.description])
        #expect(json[1]["accounts"]?.count == 0)
    }

    @Test func `relationships leave out suspended people unless they are asked for`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let now = house.time.now
        let gone = try await house.store.write { tx in
            var actor = Actor(
                uri: "https://far.example/gone", username: "gone", domain: "far.example", createdAt: now)
            actor.isSuspended = true
            return try Actors.save(actor, in: tx)
        }
        let path = "/api/v1/accounts/relationships?id[]=\(gone)"
        #expect(try await house.get(path, token).text == "[]")
        #expect(try await house.get(path + "&with_suspended=true", token).ids == [gone.description])
    }

    @Test func `aliases are accounts, by their ids`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.makeActor()
        let path = "/api/v1/accounts/alias"
        #expect(
            try await house.post(path, token, "also_known_as_uris[]=https://gone.example/x").status == 422)
        #expect(try await house.post(path, token).status == 400)
        let answer = try await house.post(path, token, "also_known_as_uris[]=https://far.example/users/bob")
        #expect(answer.status == 200, "\(answer.text)")
        let names = try answer.json["source"]?["also_known_as_uris"]?.elements.compactMap(\.string)
        #expect(names == ["https://far.example/users/bob"])
        let cleared = try await house.post(path, token, #"{"also_known_as_uris":[]}"#)
        #expect(try cleared.json["source"]?["also_known_as_uris"]?.count == 0)
    }

    @Test func `nobody signs up`() async throws {
        let house = try await House.make()
        for path in ["/api/v1/accounts", "/api/v1/emails/confirmations"] {
            let answer = try await house.post(path, nil, "username=x&email=a@b.c&password=x&agreement=true")
            #expect(answer.status == 403)
            #expect(try answer.json["error"]?.string?.isEmpty == false)
        }
    }
}
