import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct AccountEndpointsTests {
    @Test func `a profile's posts can be narrowed, and lead on only while the page is full`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let plain = try await house.post("plain %23tag", token: token)
        let reply = try await house.post(
            "reply", token: token, "in_reply_to_id=\(try await house.makeStatus(by: bob))")
        let secret = try await house.post("secret", token: token, "visibility=private")
        let direct = try await house.post("direct", token: token, "visibility=direct")
        let boost = try #require(
            try await house.post("/api/v1/statuses/\(try await house.makeStatus(by: bob))/reblog", token)
                .json["id"]?.string)
        let path = "/api/v1/accounts/\(house.identity.owner)/statuses?"
        let cases: [(String, String?, [any CustomStringConvertible])] = [
            ("", nil, [boost, reply, plain]), ("", token, [boost, direct, secret, reply, plain]),
            ("exclude_direct=true", token, [boost, secret, reply, plain]),
            ("exclude_replies=1", nil, [boost, plain]),
            ("exclude_reblogs=true&exclude_replies=true", token, [direct, secret, plain]),
            ("only_media=true", token, []),
            ("tagged=Tag", nil, [plain]),
        ]
        for (query, token, expected) in cases {
            #expect(try await house.get(path + query, token).ids == expected.map(\.description), "\(query)")
        }
        let full = try await house.get(path + "limit=2")
        #expect(full.cursor("next") == reply.description)
        let rest = try await house.get(path + "limit=2&max_id=\(reply)")
        #expect(rest.cursor("next") == nil)
        #expect(rest.cursor("prev") == plain.description)
        #expect(try await house.get("/api/v1/accounts/1/statuses").status == 404)
    }

    @Test func `of other people no relations are known`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        for path in ["followers", "following", "featured_tags", "endorsements"] {
            #expect(try await house.get("/api/v1/accounts/\(bob)/\(path)", token).text == "[]")
            #expect(try await house.get("/api/v1/accounts/5/\(path)", token).status == 404)
        }
        let familiar = try await house.get(
            "/api/v1/accounts/familiar_followers?id[]=\(bob)&id[]=5", house.token())
        #expect(familiar.text == #"[{"id":"\#(bob)","accounts":[]},{"id":"5","accounts":[]}]"#)
    }

    @Test func `visitors are shown the owner and nobody else`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let owner = house.identity.owner
        for path in ["", "/statuses", "/followers", "/following", "/featured_tags", "/endorsements"] {
            #expect(try await house.get("/api/v1/accounts/\(bob)\(path)").status == 404, "\(path)")
            #expect(try await house.get("/api/v1/accounts/\(owner)\(path)").status == 200, "\(path)")
        }
        #expect(try await house.get("/api/v1/accounts/lookup?acct=bob@far.example").status == 404)
        #expect(try await house.get("/api/v1/accounts/lookup?acct=ada").status == 200)
        #expect(try await house.get("/api/v1/accounts?id[]=\(bob)&id[]=\(owner)").ids == [owner.description])
        // Nor is an app that nobody signed in with more than a visitor.
        let app = try await house.token("read", isOwner: false)
        #expect(try await house.get("/api/v1/accounts/\(bob)/statuses", app).status == 404)
    }

    @Test func `somebody who moved is shown with the new account, somebody suspended as such`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let new = try await house.makeActor("new")
        let old = try await house.makeActor("old")
        let lost = try await house.makeActor("lost")
        try await house.store.write { tx in
            for (id, address) in [(old, "https://far.example/users/new"), (lost, "https://gone.example/x")] {
                var actor = try #require(try Actors.find(id, in: tx))
                actor.movedTo = address
                actor.isSuspended = id == lost
                _ = try Actors.save(actor, in: tx)
            }
        }
        let moved = try await house.get("/api/v1/accounts/\(old)", token).json
        #expect(moved["moved"]?["id"]?.string == new.description)
        #expect(moved["suspended"] == nil)
        let gone = try await house.get("/api/v1/accounts/\(lost)", token).json
        #expect(gone["moved"] == nil)
        #expect(gone["suspended"]?.bool == true)
        let list = try await house.get("/api/v1/accounts?id[]=\(new)&id[]=\(old)", token).json.elements
        #expect(list.map { $0["moved"]?["acct"]?.string } == [nil, "new@far.example"])
    }
}
