import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct ListEndpointsTests {
    @Test func `a list is made, changed with PUT and PATCH, and removed`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(try await house.get("/api/v1/lists", token).text == "[]")
        let made = try await house.post("/api/v1/lists?title=Friends&exclusive=true", token)
        let id = try #require(try made.json["id"]?.string)
        #expect(id.count == 18)
        #expect(
            made.text == #"{"id":"\#(id)","title":"Friends","replies_policy":"list","exclusive":true}"#)
        #expect(try await house.get("/api/v1/lists/\(id)", token).text == made.text)
        #expect(try await house.get("/api/v1/lists", token).text == "[\(made.text)]")
        let put = try await house.send(.put, "/api/v1/lists/\(id)", token, #"{"replies_policy":"none"}"#)
        #expect(put.text == #"{"id":"\#(id)","title":"Friends","replies_policy":"none","exclusive":true}"#)
        let patch = try await house.send(
            .patch, "/api/v1/lists/\(id)", token, "title=Foes&exclusive=false&replies_policy=followed")
        #expect(
            patch.text == #"{"id":"\#(id)","title":"Foes","replies_policy":"followed","exclusive":false}"#)
        #expect(try await house.send(.delete, "/api/v1/lists/\(id)", token).text == "{}")
        #expect(try await house.get("/api/v1/lists/\(id)", token).status == 404)
        #expect(try await house.get("/api/v1/timelines/list/\(id)", token).status == 404)
        #expect(try await house.send(.delete, "/api/v1/lists/\(id)", token).status == 404)
        #expect(try await house.send(.put, "/api/v1/lists/\(id)", token, "title=a").status == 404)
    }

    @Test func `what a list cannot be is refused with a sentence`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try #require(try await house.post("/api/v1/lists", token, "title=a").json["id"]?.string)
        let long = String(repeating: "x", count: 257)
        for (body, reason) in [
            ("title=", "Title can't be blank"), ("title=+", "Title can't be blank"),
            ("title=\(long)", "Title is too long (maximum is 256 characters)"),
            ("title=a&replies_policy=some", "Replies policy is not included in the list"),
        ] {
            for answer in [
                try await house.post("/api/v1/lists", token, body),
                try await house.send(.put, "/api/v1/lists/\(id)", token, body),
            ] {
                #expect(answer.status == 422, "\(body)")
                #expect(try answer.json["error"]?.string == "Validation failed: \(reason)", "\(body)")
            }
        }
        #expect(try await house.post("/api/v1/lists", token, "exclusive=true").status == 422)
        for path in ["lists/x", "lists/1", "lists/1/accounts", "timelines/list/x", "accounts/1/lists"] {
            #expect(try await house.get("/api/v1/\(path)", token).status == 404, "\(path)")
        }
        #expect(try await house.get("/api/v1/lists").status == 401)
        let other = try await house.token("read:statuses")
        #expect(try await house.get("/api/v1/timelines/list/\(id)", other).status == 403)
    }

    @Test func `at the bound no list is made`() async throws {
        var limits = APILimits.standard
        limits.lists = 2
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        for _ in 0..<2 { #expect(try await house.post("/api/v1/lists", token, "title=a").status == 200) }
        #expect(
            try await house.post("/api/v1/lists", token, "title=a").text
                == #"{"error":"Validation failed: You have reached the maximum number of lists"}"#)
    }

    @Test func `an exclusive list takes its posts from home and gives them back`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.followed("bob")
        let ann = try await house.followed("ann")
        let own = try await house.post("mine", token: token).description
        let his = try await house.makeStatus(by: bob).description
        let hers = try await house.makeStatus(by: ann).description
        func home() async throws -> [String] { try await house.get("/api/v1/timelines/home", token).ids }
        func change(_ id: String, _ body: String) async throws {
            #expect(try await house.send(.put, "/api/v1/lists/\(id)", token, body).status == 200)
        }
        let list = try #require(try await house.post("/api/v1/lists", token, "title=a").json["id"]?.string)
        let people = "account_ids[]=\(bob)&account_ids[]=\(house.identity.owner)"
        #expect(try await house.post("/api/v1/lists/\(list)/accounts", token, people).text == "{}")
        #expect(try await house.get("/api/v1/timelines/list/\(list)", token).ids == [his, own])
        #expect(try await home() == [hers, his, own])
        try await change(list, "exclusive=true")
        #expect(try await home() == [hers, own], "what the owner writes stays")
        try await change(list, "exclusive=false")
        #expect(try await home() == [hers, his, own])

        try await change(list, "exclusive=true")
        let other = try #require(
            try await house.post("/api/v1/lists", token, "title=b&exclusive=true").json["id"]?.string)
        _ = try await house.post("/api/v1/lists/\(other)/accounts", token, "account_ids[]=\(bob)")
        try await change(list, "exclusive=false")
        #expect(try await home() == [hers, own], "another list keeps them")
        _ = try await house.send(.delete, "/api/v1/lists/\(other)", token)
        #expect(try await home() == [hers, his, own])
        try await change(list, "exclusive=true")
        _ = try await house.send(.delete, "/api/v1/lists/\(list)/accounts", token, "account_ids[]=\(bob)")
        #expect(try await home() == [hers, his, own])
    }
}

extension House {
    /// Somebody whom the owner follows.
    func followed(_ name: String, reblogs: Bool = true) async throws -> ActorID {
        let actor = try await makeActor(name)
        let owner = identity.owner
        try await store.write { tx in
            try Following.request(actor, uri: "f-\(name)", reblogs: reblogs, notify: false, in: tx)
            _ = try Following.accept(actor, owner: owner, in: tx)
        }
        return actor
    }
}
