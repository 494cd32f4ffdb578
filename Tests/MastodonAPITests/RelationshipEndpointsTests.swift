import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct RelationshipEndpointsTests {
    @Test func `a follow is requested, accepted, adjusted and ended`() async throws {
        let house = try await House.make()
        let token = try await house.token("write:follows read:follows")
        let bob = try await house.makeActor()
        let asked = try await house.post("/api/v1/accounts/\(bob)/follow", token, "{}").json
        #expect(asked["requested"]?.bool == true)
        #expect(asked["following"]?.bool == false)
        #expect(try house.store.read { try Deliveries.count(in: $0) } == 1)
        try await house.store.write { tx in _ = try Following.accept(bob, owner: house.identity.owner, in: tx)
        }
        let adjusted = try await house.post("/api/v1/accounts/\(bob)/follow?reblogs=false&notify=true", token)
            .json
        #expect(adjusted["following"]?.bool == true)
        #expect(adjusted["showing_reblogs"]?.bool == false)
        #expect(adjusted["notifying"]?.bool == true)
        let again = try await house.post("/api/v1/accounts/\(bob)/follow", token).json
        #expect(again["showing_reblogs"]?.bool == false, "what is not named stays")
        #expect(
            try await house.get("/api/v1/accounts/\(house.identity.owner)/following").ids == [bob.description]
        )
        let ended = try await house.post("/api/v1/accounts/\(bob)/unfollow", token).json
        #expect(ended["following"]?.bool == false)
        #expect(ended["requested"]?.bool == false)
    }

    @Test func `nobody follows themselves, the unknown, or somebody blocked`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        #expect(try await house.post("/api/v1/accounts/\(house.identity.owner)/follow", token).status == 403)
        #expect(try await house.post("/api/v1/accounts/1/follow", token).status == 404)
        #expect(try await house.post("/api/v1/accounts/\(bob)/block", token).json["blocking"]?.bool == true)
        #expect(try await house.post("/api/v1/accounts/\(bob)/follow", token).status == 403)
        #expect(try await house.get("/api/v1/blocks", token).ids == [bob.description])
        #expect(
            try await house.post("/api/v1/accounts/\(bob)/unblock", token).json["blocking"]?.bool == false)
        #expect(try await house.get("/api/v1/blocks", token).text == "[]")
    }

    @Test(
        arguments: [("", true, nil), ("notifications=false&duration=60", false, "2025-10-09T08:54:20.000Z")]
            as [(String, Bool, String?)])
    func `a mute can spare notifications and can end`(body: String, silent: Bool, end: String?) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let json = try await house.post("/api/v1/accounts/\(bob)/mute", token, body).json
        #expect(json["muting"]?.bool == true)
        #expect(json["muting_notifications"]?.bool == silent)
        #expect(json["muting_expires_at"]?.string == end)
        #expect(
            try await house.get("/api/v1/mutes", token).json.elements.first?["mute_expires_at"]?.string == end
        )
        house.time.advance(by: .seconds(61))
        let after = try await house.get("/api/v1/accounts/relationships?id[]=\(bob)", token).json.elements
            .first
        #expect(after?["muting"]?.bool == (end == nil))
        #expect(try await house.post("/api/v1/accounts/\(bob)/unmute", token).json["muting"]?.bool == false)
    }

    @Test func `who asks to follow is let in or refused`() async throws {
        let house = try await House.make()
        let token = try await house.token("follow read:accounts")
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        for actor in [bob, eve] {
            try await house.store.write { tx in
                _ = try FollowRequests.insert(actor, uri: "https://far.example/f/\(actor)", in: tx)
            }
        }
        #expect(try await house.get("/api/v1/follow_requests", token).ids == [eve, bob].map(\.description))
        let bobs = try await house.post("/api/v1/follow_requests/\(bob)/authorize", token).json
        #expect(bobs["followed_by"]?.bool == true)
        let eves = try await house.post("/api/v1/follow_requests/\(eve)/reject", token).json
        #expect(eves["requested_by"]?.bool == false)
        #expect(eves["followed_by"]?.bool == false)
        #expect(try await house.post("/api/v1/follow_requests/\(bob)/authorize", token).status == 404)
        #expect(
            try await house.get("/api/v1/accounts/\(house.identity.owner)/followers").ids == [bob.description]
        )
        let removed = try await house.post("/api/v1/accounts/\(bob)/remove_from_followers", token).json
        #expect(removed["followed_by"]?.bool == false)
    }

    @Test func `lists of people lead on only while they are full`() async throws {
        let house = try await House.make()
        var people: [String] = []
        for number in 0..<5 {
            let actor = try await house.makeActor("p\(number)")
            people.insert(actor.description, at: 0)
            try await house.store.write { tx in
                _ = try Followers.insert(actor, uri: "u", owner: house.identity.owner, in: tx)
            }
        }
        let path = "/api/v1/accounts/\(house.identity.owner)/followers?limit=2"
        var found: [String] = []
        var cursor: String?
        repeat {
            let answer = try await house.get(path + (cursor.map { "&max_id=\($0)" } ?? ""))
            found += try answer.ids
            cursor = answer.cursor("next")
        } while cursor != nil
        #expect(found == people)
        try await house.store.write { tx in
            var owner = try #require(try Owner.load(in: tx))
            owner.hidesCollections = true
            try owner.save(in: tx)
        }
        #expect(try await house.get(path).text == "[]")
        #expect(try await house.get(path, house.token()).ids.count == 2)
    }

    @Test func `languages of a follow are kept until others are named`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let owner = house.identity.owner
        _ = try await house.post("/api/v1/accounts/\(bob)/follow", token, "languages[]=de&languages[]=pt-BR")
        try await house.store.write { tx in _ = try Following.accept(bob, owner: owner, in: tx) }
        func follow(_ body: String) async throws -> [String?]? {
            let answer = try await house.post("/api/v1/accounts/\(bob)/follow", token, body)
            #expect(answer.status == 200, "\(body)")
            let languages = try answer.json["languages"]
            return languages?.kind == .null ? nil : languages?.elements.map(\.string)
        }
        #expect(try await follow("notify=true") == ["de", "pt-BR"])
        #expect(try await follow(#"{"languages":["fr"]}"#) == ["fr"])
        #expect(try await follow(#"{"languages":[]}"#) == nil)
        for body in ["languages[]=a+b", "languages[]=%20", "languages[]=1", "languages[]=toolonganame"] {
            let answer = try await house.post("/api/v1/accounts/\(bob)/follow", token, body)
            #expect(answer.text == #"{"error":"Validation failed: Languages is invalid"}"#, "\(body)")
        }
    }
}
