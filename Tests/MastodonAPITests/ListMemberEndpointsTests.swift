import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct ListMemberEndpointsTests {
    private func makeList(_ house: House, _ token: String, _ body: String = "title=a") async throws -> String
    {
        try #require(try await house.post("/api/v1/lists", token, body).json["id"]?.string)
    }

    @Test func `a member brings their posts, as the list wants them, and takes them along`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.followed("bob")
        let ann = try await house.followed("ann")
        let eve = try await house.makeActor("eve")
        let own = try await house.post("mine", token: token)
        let hers = try await house.makeStatus(by: ann)
        let theirs = try await house.makeStatus(by: eve)
        let plain = try await house.makeStatus(by: bob)
        let toSelf = try await house.makeStatus(by: bob, inReplyTo: plain)
        let toOwner = try await house.makeStatus(by: bob, inReplyTo: own)
        let toFollowed = try await house.makeStatus(by: bob, inReplyTo: hers)
        _ = try await house.makeStatus(by: bob, inReplyTo: theirs)
        _ = try await house.makeStatus(by: bob, visibility: .direct)
        let quiet = try await house.makeStatus(by: bob, visibility: .private)
        let boost = try await house.makeStatus(by: bob, reblogOf: hers)
        let always = [boost, quiet, toOwner, toSelf, plain]
        for (policy, expected) in [
            ("none", always), ("list", always),
            ("followed", [boost, quiet, toFollowed, toOwner, toSelf, plain]),
        ] {
            let list = try await makeList(house, token, "title=a&replies_policy=\(policy)")
            let path = "/api/v1/lists/\(list)/accounts"
            #expect(try await house.post(path, token, "{\"account_ids\":[\"\(bob)\"]}").text == "{}")
            let shown = try await house.get("/api/v1/timelines/list/\(list)", token).ids
            #expect(shown == expected.map(\.description), "\(policy)")
            #expect(try await house.get("/api/v1/accounts/\(bob)/lists", token).ids == [list])
            #expect(try await house.get("/api/v1/accounts/\(ann)/lists", token).text == "[]")
            #expect(try await house.send(.delete, "\(path)?account_ids[]=\(bob)", token).text == "{}")
            #expect(try await house.get("/api/v1/timelines/list/\(list)", token).text == "[]")
            #expect(try await house.get(path, token).text == "[]")
        }
        // With her on the list, what is said to her belongs there.
        let list = try await makeList(house, token)
        let path = "/api/v1/lists/\(list)/accounts"
        _ = try await house.post(path, token, "account_ids[]=\(ann)&account_ids[]=\(bob)")
        let shown = try await house.get("/api/v1/timelines/list/\(list)", token).ids
        #expect(shown.contains(toFollowed.description))
        #expect(!shown.contains(boost.description), "the boosted post is right below")
    }

    @Test(arguments: ["form", "json", "query"])
    func `trap Requests: DELETE may carry a body, or a query`(kind: String) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.followed("bob")
        let list = try await makeList(house, token)
        let path = "/api/v1/lists/\(list)/accounts"
        _ = try await house.post(path, token, "account_ids=\(bob)")
        #expect(try await house.get(path, token).ids == [bob.description])
        let query = kind == "query" ? "?account_ids[]=\(bob)" : ""
        let body =
            switch kind {
            case "form": "account_ids%5B%5D=\(bob)"
            case "json": #"{"account_ids":["\#(bob)"]}"#
            default: ""
            }
        #expect(try await house.send(.delete, path + query, token, body).text == "{}")
        #expect(try await house.get(path, token).text == "[]")
    }

    @Test func `only people who are followed come onto a list, all of them or none`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.followed("bob")
        let eve = try await house.makeActor("eve")
        let list = try await makeList(house, token)
        let path = "/api/v1/lists/\(list)/accounts"
        for body in [
            "account_ids[]=\(bob)&account_ids[]=\(eve)", "account_ids[]=\(bob)&account_ids[]=1",
            "account_ids[]=x",
        ] {
            let answer = try await house.post(path, token, body)
            #expect(answer.status == 404, "\(body)")
            #expect(answer.text == #"{"error":"Record not found"}"#)
        }
        #expect(try await house.get(path, token).text == "[]")
        #expect(try await house.post(path, token, "").text == "{}")
        #expect(try await house.post(path, token, "account_ids[]=\(bob)&account_ids[]=\(bob)").text == "{}")
        #expect(
            try await house.post(path, token, "account_ids[]=\(bob)").text
                == #"{"error":"Validation failed: Account has already been taken"}"#)
    }

    @Test func `whoever is not followed any more is on no list`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.followed("bob")
        _ = try await house.makeStatus(by: bob)
        let list = try await makeList(house, token)
        _ = try await house.post("/api/v1/lists/\(list)/accounts", token, "account_ids[]=\(bob)")
        #expect(try await house.get("/api/v1/timelines/list/\(list)", token).ids.count == 1)
        _ = try await house.post("/api/v1/accounts/\(bob)/unfollow", token)
        #expect(try await house.get("/api/v1/lists/\(list)/accounts", token).text == "[]")
        #expect(try await house.get("/api/v1/timelines/list/\(list)", token).text == "[]")
    }

    @Test func `members come in pages, and all at once when the limit is zero`() async throws {
        var limits = APILimits.standard
        limits.listMembers = 90
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        let list = try await makeList(house, token)
        let path = "/api/v1/lists/\(list)/accounts"
        var people: [String] = []
        for number in 0..<90 { people.insert(try await house.followed("p\(number)").description, at: 0) }
        let body = people.reversed().map { "account_ids[]=\($0)" }.joined(separator: "&")
        #expect(try await house.post(path, token, body).text == "{}")
        let all = try await house.get("\(path)?limit=0", token)
        #expect(try all.ids == people)
        #expect(all.fields["Link"] == nil)
        var found: [String] = []
        var next = "\(path)?limit=80"
        while true {
            let page = try await house.get(next, token)
            found += try page.ids
            guard let cursor = page.cursor("next") else { break }
            next = "\(path)?limit=80&max_id=\(cursor)"
        }
        #expect(found == people)
        #expect(try await house.get(path, token).ids.count == 40)
        let more = try await house.followed("more")
        #expect(try await house.post(path, token, "account_ids[]=\(more)").status == 422)
        #expect(try await house.get("\(path)?limit=0", token).ids == people)
    }

    @Test func `languages and boosts that are not wanted do not come onto a list`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.followed("bob", reblogs: false)
        let german = try await house.makeStatus(by: bob)
        let english = try await house.makeStatus(by: bob)
        let other = try await house.makeStatus(by: house.makeActor("ann"))
        _ = try await house.makeStatus(by: bob, reblogOf: other)
        try await house.store.write { tx in
            for (id, language) in [(german, "de-CH"), (english, "en")] {
                var status = try #require(try Statuses.find(id, in: tx))
                status.language = language
                try Statuses.update(status, in: tx)
            }
            try Following.setLanguages(["de", "fr"], of: bob, in: tx)
        }
        let list = try await makeList(house, token)
        _ = try await house.post("/api/v1/lists/\(list)/accounts", token, "account_ids[]=\(bob)")
        #expect(try await house.get("/api/v1/timelines/list/\(list)", token).ids == [german.description])
    }
}
