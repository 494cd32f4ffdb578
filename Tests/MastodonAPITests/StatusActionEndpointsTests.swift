import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct StatusActionEndpointsTests {
    @Test(arguments: [
        ("favourite", "unfavourite", "favourited", "favourites"),
        ("bookmark", "unbookmark", "bookmarked", "bookmarks"),
    ])
    func `a mark is set twice without harm and taken back`(
        set: String, unset: String, flag: String, list: String
    ) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor())
        for _ in 0..<2 {
            let json = try await house.post("/api/v1/statuses/\(id)/\(set)", token, "{}").json
            #expect(json[flag]?.bool == true)
            #expect(json["id"]?.string == id.description)
        }
        #expect(try await house.get("/api/v1/\(list)", token).ids == [id.description])
        #expect(try await house.post("/api/v1/statuses/\(id)/\(unset)", token).json[flag]?.bool == false)
        #expect(try await house.get("/api/v1/\(list)", token).text == "[]")
        #expect(try await house.post("/api/v1/statuses/1/\(set)", token).status == 404)
    }

    @Test func `a boost is a post of its own around the other, and both say so`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor())
        let boost = try await house.post("/api/v1/statuses/\(id)/reblog", token).json
        #expect(boost["id"]?.string != id.description)
        #expect(boost["content"]?.string == "")
        #expect(boost["account"]?["acct"]?.string == "ada")
        #expect(boost["reblog"]?["id"]?.string == id.description)
        #expect(boost["reblog"]?["reblog"]?.isNull == true)
        for status in [boost, try #require(boost["reblog"])] {
            #expect(status["reblogged"]?.bool == true)
            #expect(status["reblogs_count"]?.int == 1)
        }
        #expect(
            try await house.post("/api/v1/statuses/\(id)/reblog", token).json["id"]?.string
                == boost["id"]?.string)
        #expect(try await house.get("/api/v1/timelines/home", token).ids.first == boost["id"]?.string)
        let after = try await house.post("/api/v1/statuses/\(id)/unreblog", token).json
        #expect(after["id"]?.string == id.description)
        #expect(after["reblogged"]?.bool == false)
        #expect(after["reblogs_count"]?.int == 0)
    }

    @Test func `acts on a boost concern the post inside`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let id = try await house.makeStatus(by: bob)
        let boost = try await house.makeStatus(by: bob, reblogOf: id)
        #expect(
            try await house.post("/api/v1/statuses/\(boost)/favourite", token).json["id"]?.string
                == id.description)
        #expect(
            try await house.post("/api/v1/statuses/\(boost)/reblog", token).json["reblog"]?["id"]?.string
                == id.description)
    }

    @Test(arguments: [(Visibility.public, 200), (.unlisted, 200), (.private, 403), (.direct, 403)])
    func `only open posts of others can be boosted`(visibility: Visibility, status: Int) async throws {
        let house = try await House.make()
        let id = try await house.makeStatus(by: house.makeActor(), visibility: visibility)
        #expect(try await house.post("/api/v1/statuses/\(id)/reblog", house.token()).status == status)
    }

    @Test func `pins are the owner's, few, and first on the profile`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        var ids: [String] = []
        for number in 0..<6 { ids.append(try await house.post("post \(number)", token: token).description) }
        for id in ids[..<5] {
            #expect(try await house.post("/api/v1/statuses/\(id)/pin", token).json["pinned"]?.bool == true)
            house.time.advance(by: .seconds(1))
        }
        #expect(try await house.post("/api/v1/statuses/\(ids[5])/pin", token).status == 422)
        let pinned = "/api/v1/accounts/\(house.identity.owner)/statuses?pinned=true"
        #expect(try await house.get(pinned).ids == ids[..<5].reversed())
        #expect(try await house.post("/api/v1/statuses/\(ids[0])/unpin", token).json["pinned"]?.bool == false)
        let other = try await house.makeStatus(by: house.makeActor())
        #expect(try await house.post("/api/v1/statuses/\(other)/pin", token).status == 422)
    }
}

@Suite struct ThreadMutingTests {
    @Test func `a thread is muted and unmuted, and all its posts say so`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let own = try await house.post("Mine", token: token)
        let reply = try await house.makeStatus(by: bob, inReplyTo: own)
        let other = try await house.makeStatus(by: bob)
        let path = "/api/v1/statuses/\(reply)"
        #expect(try await house.post("\(path)/mute", token).json["muted"]?.bool == true)
        func muted() async throws -> [Bool?] {
            try await house.get("/api/v1/statuses?id[]=\(own)&id[]=\(reply)&id[]=\(other)", token).json
                .elements
                .map { $0["muted"]?.bool }
        }
        #expect(try await muted() == [true, true, false])
        let later = try await house.makeStatus(by: bob, inReplyTo: reply)
        try await house.notify(.mention, from: bob, later)
        try await house.notify(.favourite, from: bob, own)
        #expect(try await house.get("/api/v1/notifications", token).text == "[]")
        #expect(try await house.post("\(path)/unmute", token).json["muted"]?.bool == false)
        #expect(try await muted() == [false, false, false])
        try await house.notify(.favourite, from: bob, own)
        #expect(try await house.get("/api/v1/notifications", token).json.count == 1)
        #expect(try await house.post("/api/v1/statuses/1/mute", token).status == 404)
        #expect(try await house.post("\(path)/mute", try await house.token("read")).status == 403)
    }
}
