import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct FeaturedTagEndpointsTests {
    @Test func `a hashtag is featured with its use, and taken back`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let owner = house.identity.owner
        _ = try await house.post("%23Grüße", token: token)
        _ = try await house.post("%23grüße", token: token, "visibility=direct")
        let tag = try await house.post("/api/v1/featured_tags", token, ##"{"name":"#Grüße"}"##)
        let expected = """
            {"id":"36738882578204342","name":"grüße","url":"https://home.example/tags/gr%C3%BC%C3%9Fe",\
            "statuses_count":"1","last_status_at":"2025-10-09"}
            """
        #expect(tag.text == expected)
        #expect(try await house.post("/api/v1/featured_tags", token, "name=grüße").text == expected)
        #expect(try await house.get("/api/v1/featured_tags", token).text == "[\(expected)]")
        #expect(try await house.get("/api/v1/accounts/\(owner)/featured_tags").text == "[\(expected)]")
        let path = "/api/v1/featured_tags/gr%C3%BC%C3%9Fe"
        #expect(try await house.send(.delete, path, token).text == "{}")
        #expect(try await house.send(.delete, path, token).status == 404)
        #expect(try await house.get("/api/v1/featured_tags", token).text == "[]")
    }

    @Test func `only hashtags can be featured, and a few`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        for name in ["", "#", "two words", "12", "a%26b", "##x"] {
            #expect(
                try await house.post("/api/v1/featured_tags", token, "name=\(name)").status == 422, "\(name)")
        }
        for number in 0..<FeaturedTags.limit {
            #expect(try await house.post("/api/v1/featured_tags", token, "name=t\(number)").status == 200)
        }
        #expect(try await house.post("/api/v1/featured_tags", token, "name=more").status == 422)
    }
}
