import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct TagEndpointsTests {
    private func tag(_ name: String, following: Bool, featuring: Bool = false) -> String {
        let path = PercentCoding.encodeSegment(name)
        return """
            {"id":"\(TagEntity.id(of: name))","name":"\(name)","url":"https://home.example/tags/\(path)","history":[],\
            "following":\(following),"featuring":\(featuring)}
            """
    }

    @Test func `a hashtag is followed and left, in any case and also when nobody used it`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(try await house.get("/api/v1/tags/Frogs", token).text == tag("frogs", following: false))
        #expect(try await house.get("/api/v1/tags/Frogs/", token).text == tag("frogs", following: false))
        for _ in 0..<2 {
            let answer = try await house.post("/api/v1/tags/FROGS/follow", token)
            #expect(answer.text == tag("frogs", following: true))
        }
        _ = try await house.post("/api/v1/tags/Gr%C3%9C%C3%9Fe/follow", token)
        #expect(
            try await house.get("/api/v1/followed_tags", token).text
                == "[\(tag("grüße", following: true)),\(tag("frogs", following: true))]")
        #expect(
            try await house.post("/api/v1/tags/frogs/unfollow", token).text == tag("frogs", following: false))
        #expect(try await house.get("/api/v1/followed_tags", token).names == ["grüße"])
    }

    @Test func `visitors see a hashtag without what is the owner's, which is never null`() async throws {
        let house = try await House.make()
        let answer = try await house.get("/api/v1/tags/frogs")
        let id = TagEntity.id(of: "frogs")
        #expect(
            answer.text
                == #"{"id":"\#(id)","name":"frogs","url":"https://home.example/tags/frogs","history":[]}"#)
        #expect(try await house.post("/api/v1/tags/frogs/follow", nil).status == 401)
        #expect(try await house.get("/api/v1/followed_tags").status == 401)
        let other = try await house.token("read")
        #expect(try await house.post("/api/v1/tags/frogs/follow", other).status == 403)
        let old = try await house.token("follow")
        #expect(try await house.post("/api/v1/tags/frogs/follow", old).status == 200)
        #expect(try await house.get("/api/v1/followed_tags", old).names == ["frogs"])
    }

    @Test func `what cannot be a hashtag is not found`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let names = [
            "%F0%9F%90%B8", "%F0%9F%90%B8%F0%9F%90%B8", "two%20words", "12", "a%26b", "%23frogs", "a%2Fb",
            "%E2%80%8B", "a.b",
        ]
        for name in names {
            #expect(try await house.get("/api/v1/tags/\(name)", token).status == 404, "\(name)")
            for act in ["follow", "unfollow", "feature", "unfeature"] {
                let answer = try await house.post("/api/v1/tags/\(name)/\(act)", token)
                #expect(answer.status == 404, "\(name) \(act)")
            }
        }
        #expect(try await house.get("/api/v1/followed_tags", token).text == "[]")
    }

    @Test func `a hashtag is featured by its name, and at the bound it is said`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(
            try await house.post("/api/v1/tags/Frogs/feature", token).text
                == tag("frogs", following: false, featuring: true))
        #expect(try await house.get("/api/v1/featured_tags", token).names == ["frogs"])
        for number in 1..<FeaturedTags.limit {
            #expect(try await house.post("/api/v1/tags/t\(number)/feature", token).status == 200)
        }
        #expect(try await house.post("/api/v1/tags/more/feature", token).status == 422)
        #expect(try await house.post("/api/v1/tags/frogs/feature", token).status == 200)
        #expect(
            try await house.post("/api/v1/tags/frogs/unfeature", token).text
                == tag("frogs", following: false))
        #expect(try await house.post("/api/v1/tags/frogs/unfeature", token).status == 200)
        #expect(try await house.post("/api/v1/tags/more/feature", token).status == 200)
    }

    @Test func `followed hashtags come in pages, and a few`() async throws {
        var limits = APILimits.standard
        limits.followedHashtags = 5
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        for number in 1...5 { _ = try await house.post("/api/v1/tags/t\(number)/follow", token) }
        #expect(try await house.post("/api/v1/tags/t6/follow", token).status == 422)
        let first = try await house.get("/api/v1/followed_tags?limit=3", token)
        #expect(try first.names == ["t5", "t4", "t3"])
        let next = try #require(first.cursor("next"))
        let second = try await house.get("/api/v1/followed_tags?limit=3&max_id=\(next)", token)
        #expect(try second.names == ["t2", "t1"])
        #expect(second.cursor("next") == nil)
    }

    @Test func `wide letters are the common ones`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let post = try await house.post("%23\u{FF33}wift", token: token)
        #expect(try await house.get("/api/v1/timelines/tag/swift", token).ids == [post.description])
        #expect(
            try await house.get("/api/v1/timelines/tag/%EF%BC%B3wift", token).ids == [post.description])
        #expect(try await house.get("/api/v1/tags/%EF%BC%B3wift", token).json["name"]?.string == "swift")
    }
}

extension Answer {
    /// The `name` of every element of a list.
    fileprivate var names: [String] {
        get throws { try json.elements.compactMap { $0["name"]?.string } }
    }
}
