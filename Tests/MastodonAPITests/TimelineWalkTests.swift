import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

/// Each timeline is walked through in both directions, with posts in between that are not shown.
@Suite struct TimelineWalkTests {
    /// Posts of which every third is by somebody muted; what the walks have to see, newest first.
    private func fill(_ house: House, _ token: String) async throws -> (list: String, shown: [String]) {
        let bob = try await house.followed("bob")
        let eve = try await house.followed("eve")
        let list = try #require(try await house.post("/api/v1/lists", token, "title=a").json["id"]?.string)
        var shown: [String] = []
        var hidden: [StatusID] = []
        for number in 0..<40 {
            let isHidden = number % 3 == 1 || (20..<26).contains(number)
            let id = try await house.makeStatus(by: isHidden ? eve : bob)
            if isHidden { hidden.append(id) } else { shown.insert(id.description, at: 0) }
            try await house.store.write { tx in try Hashtags.insert("frogs", status: id, in: tx) }
        }
        _ = try await house.post(
            "/api/v1/lists/\(list)/accounts", token, "account_ids[]=\(bob)&account_ids[]=\(eve)")
        // One that is a cursor and then gone.
        let gone = hidden[0]
        try await house.store.write { tx in
            try Statuses.delete(gone, in: tx)
            try Mutes.insert(eve, notifications: false, until: nil, in: tx)
        }
        return (list, shown)
    }

    private func walk(
        _ house: House, _ token: String, _ path: String, _ relation: String, from start: String = ""
    ) async throws -> [[String]] {
        var pages: [[String]] = []
        var next = start
        while pages.count < 60 {
            let answer = try await house.get("/api/v1/timelines/\(path)?limit=3\(next)", token)
            #expect(answer.status == 200)
            guard let cursor = answer.cursor(relation) else {
                #expect(answer.text == "[]", "only an empty page leads nowhere")
                #expect(answer.fields["Link"] == nil)
                break
            }
            pages.append(try answer.ids)
            next = relation == "next" ? "&max_id=\(cursor)" : "&min_id=\(cursor)"
        }
        return pages
    }

    @Test(arguments: ["home", "public", "tag/frogs", "list/LIST"])
    func `trap Timelines: every post is met once in each direction, and short pages lead on`(
        path: String
    ) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let (list, shown) = try await fill(house, token)
        let path = path.replacing("LIST", with: list)
        let down = try await walk(house, token, path, "next")
        #expect(down.flatMap { $0 } == shown)
        #expect(down.contains([]), "a page can be empty and still lead on")
        let up = try await walk(house, token, path, "prev", from: "&min_id=0")
        #expect(up.reversed().flatMap { $0 } == shown)
        let middle = shown[shown.count / 2]
        let above = try await house.get("/api/v1/timelines/\(path)?limit=40&since_id=\(middle)", token).ids
        let below = try await house.get("/api/v1/timelines/\(path)?limit=40&max_id=\(middle)", token).ids
        #expect(above + [middle] + below == shown)
    }

    @Test func `direct posts have a timeline of their own`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        #expect(try await house.get("/api/v1/timelines/direct", token).text == "[]")
        var all: [String] = []
        for _ in 0..<7 {
            all.insert(try await house.makeStatus(by: bob, visibility: .direct).description, at: 0)
            _ = try await house.makeStatus(by: bob)
        }
        all.insert(try await house.post("hush", token: token, "visibility=direct").description, at: 0)
        #expect(try await walk(house, token, "direct", "next").flatMap { $0 } == all)
        #expect(
            try await walk(house, token, "direct", "prev", from: "&min_id=0").reversed().flatMap { $0 } == all
        )
        #expect(try await house.get("/api/v1/timelines/direct").status == 401)
    }

    @Test func `no link is talked of by many, so its timeline is empty`() async throws {
        let house = try await House.make()
        let answer = try await house.get("/api/v1/timelines/link?url=https://a.example/")
        #expect(answer.text == "[]")
        #expect(try await house.get("/api/v1/timelines/link").status == 400)
    }

    @Test func `what is known of a blocked server is in no public timeline, and home can be only local`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let near = try await house.post("%23frogs", token: token)
        let far = try await house.makeStatus(by: house.makeActor("zoe", domain: "sub.bad.example"))
        try await house.store.write { tx in try Hashtags.insert("frogs", status: far, in: tx) }
        for path in ["public", "tag/frogs", "public?remote=true", "home?local=1"] {
            let ids = try await house.get("/api/v1/timelines/\(path)", token).ids
            #expect(ids.contains(far.description) == (path != "home?local=1"), "\(path)")
        }
        try await house.store.write { tx in try DomainBlocks.insert("bad.example", in: tx) }
        for path in ["public", "tag/frogs", "public?remote=true"] {
            let ids = try await house.get("/api/v1/timelines/\(path)", token).ids
            #expect(!ids.contains(far.description), "\(path)")
        }
        #expect(try await house.get("/api/v1/timelines/home?local=1", token).ids == [near.description])
    }

    @Test func `visitors are told in Mastodon's words what they cannot read`() async throws {
        let house = try await House.make()
        for path in ["public", "public?remote=true", "tag/frogs"] {
            let answer = try await house.get("/api/v1/timelines/\(path)")
            #expect(answer.status == 401, "\(path)")
            #expect(answer.text == #"{"error":"This method requires an authenticated user"}"#, "\(path)")
        }
        for path in ["home", "list/1", "direct"] {
            let answer = try await house.get("/api/v1/timelines/\(path)")
            #expect(answer.status == 401, "\(path)")
            #expect(answer.text == #"{"error":"The access token is invalid"}"#, "\(path)")
        }
    }
}
