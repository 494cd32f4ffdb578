import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct DomainBlockEndpointsTests {
    @Test func `a server is blocked with everybody there, and let in again`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve", domain: "sub.far.example")
        let far = try await house.makeActor("far", domain: "notfar.example")
        try await house.store.write { tx in
            _ = try Followers.insert(bob, uri: "f", owner: house.identity.owner, in: tx)
        }
        #expect(
            try await house.get("/api/v1/domain_blocks/preview?domain=far.example", token).text
                == #"{"following_count":0,"followers_count":1}"#)
        #expect(try await house.post("/api/v1/domain_blocks", token, "domain=FAR.example").text == "{}")
        #expect(try await house.get("/api/v1/domain_blocks", token).text == #"["far.example"]"#)
        let path = "/api/v1/accounts/relationships?id[]=\(bob)&id[]=\(eve)&id[]=\(far)"
        let blocked = try await house.get(path, token).json.elements
        #expect(blocked.compactMap { $0["domain_blocking"]?.bool } == [true, true, false])
        #expect(blocked.first?["followed_by"]?.bool == false)
        #expect(try await house.send(.delete, "/api/v1/domain_blocks?domain=far.example", token).text == "{}")
        #expect(try await house.get("/api/v1/domain_blocks", token).text == "[]")
        #expect(
            try await house.get(path, token).json.elements.allSatisfy {
                $0["domain_blocking"]?.bool == false
            })
    }

    @Test(arguments: ["", "a b", "far.example/x", "x?y", "localhost", "home.example", "user@far.example"])
    func `what is no other server cannot be blocked`(domain: String) async throws {
        let house = try await House.make()
        let answer = try await house.post(
            "/api/v1/domain_blocks", house.token(), "{\"domain\":\"\(domain)\"}")
        #expect(answer.status == 422)
    }

    @Test func `the list comes in pages`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        for name in ["a", "b", "c"] {
            _ = try await house.post("/api/v1/domain_blocks", token, "domain=\(name).example")
        }
        let first = try await house.get("/api/v1/domain_blocks?limit=2", token)
        #expect(try first.json.elements.compactMap(\.string) == ["c.example", "b.example"])
        let next = try #require(first.cursor("next"))
        #expect(
            try await house.get("/api/v1/domain_blocks?limit=2&max_id=\(next)", token).text
                == #"["a.example"]"#)
    }
}
