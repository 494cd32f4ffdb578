import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

/// What makes apps loop, lose their place or show too little.
@Suite struct ReadingTrapTests {
    private func home(_ house: House, _ token: String, _ query: String = "") async throws -> Answer {
        try await house.get("/api/v1/timelines/home?limit=5" + query, token)
    }

    @Test func `trap 13: Link has absolute addresses, quotes, both ways, and no old cursor`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor())
        let answer = try await home(house, token, "&max_id=999999999999999999&since_id=1")
        #expect(
            answer.fields["Link"] == """
                <https://home.example/api/v1/timelines/home?limit=5&max_id=\(id)>; rel="next", \
                <https://home.example/api/v1/timelines/home?limit=5&min_id=\(id)>; rel="prev"
                """)
        let last = try await home(house, token, "&max_id=\(id)")
        #expect(last.text == "[]" && last.fields["Link"] == nil, "so that nobody follows it for ever")
    }

    @Test func `trap timelines: the page of min_id begins right after it`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        var ids: [String] = []
        for _ in 0..<12 { ids.append(try await house.makeStatus(by: bob).description) }
        #expect(try await home(house, token, "&min_id=\(ids[1])").ids == ids[2...6].reversed())
    }

    @Test func `trap timelines: a page of which much is hidden still leads on`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let eve = try await house.makeActor("eve")
        var ids: [String] = []
        for _ in 0..<5 { ids.append(try await house.makeStatus(by: eve).description) }
        try await house.store.write { tx in try Mutes.insert(eve, notifications: true, until: nil, in: tx) }
        let answer = try await home(house, token)
        #expect(answer.text == "[]")
        #expect(answer.cursor("next") == ids.first)
    }

    @Test func `trap timelines: a boost has an id of its own, and both levels know that it is ours`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor())
        let boost = try await house.post("/api/v1/statuses/\(id)/reblog", token).json
        #expect(boost["id"]?.string != id.description && boost["reblog"]?["id"]?.string == id.description)
        #expect(boost["reblogged"]?.bool == true && boost["reblog"]?["reblogged"]?.bool == true)
        let shown = try #require(try await home(house, token).json.elements.first)
        #expect(shown["reblogged"]?.bool == true && shown["reblog"]?["reblogged"]?.bool == true)
    }

    @Test func `trap timelines: the right reblogged mark after the boost is taken back`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor())
        _ = try await house.post("/api/v1/statuses/\(id)/reblog", token)
        let undone = try await house.post("/api/v1/statuses/\(id)/unreblog", token).json
        #expect(undone["id"]?.string == id.description && undone["reblogged"]?.bool == false)
        #expect(try await home(house, token).ids == [id.description])
    }

    @Test func `trap timelines: a cursor that was deleted still works`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        var ids: [StatusID] = []
        for number in 0..<4 { ids.append(try await house.post("\(number)", token: token)) }
        _ = try await house.send(.delete, "/api/v1/statuses/\(ids[2])", token)
        #expect(
            try await home(house, token, "&max_id=\(ids[2])").ids == ids[..<2].reversed().map(\.description))
        #expect(try await home(house, token, "&min_id=\(ids[2])").ids == [ids[3].description])
    }

    @Test func `trap timelines: an empty home is an empty list without Link`() async throws {
        let house = try await House.make()
        let answer = try await home(house, house.token())
        #expect(answer.text == "[]" && answer.fields["Link"] == nil)
    }

    @Test func `trap timelines: pinned posts are a list of their own`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("pin me", token: token)
        _ = try await house.post("other", token: token)
        _ = try await house.post("/api/v1/statuses/\(id)/pin", token)
        let answer = try await house.get(
            "/api/v1/accounts/\(house.identity.owner)/statuses?pinned=true", token)
        #expect(try answer.ids == [id.description])
    }

    @Test func `trap notifications: one whose post is gone is not there, rather than without it`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let own = try await house.post("Mine", token: token)
        try await house.notify(.favourite, from: bob, own)
        try await house.notify(.follow, from: bob)
        _ = try await house.send(.delete, "/api/v1/statuses/\(own)", token)
        let types = try await house.get("/api/v1/notifications", token).json.elements.map {
            $0["type"]?.string
        }
        #expect(types == ["follow"])
        #expect(try await house.get("/api/v2/notifications", token).json["notification_groups"]?.count == 1)
    }

    @Test func `trap notifications: a group does not come again on the next page`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let own = try await house.post("Mine", token: token)
        for number in 0..<6 {
            try await house.notify(.favourite, from: try await house.makeActor("p\(number)"), own)
            try await house.notify(.mention, from: bob, try await house.makeStatus(by: bob))
        }
        let first = try await house.get("/api/v2/notifications?limit=3", token)
        let next = try #require(first.cursor("next"))
        let second = try await house.get("/api/v2/notifications?limit=3&max_id=\(next)", token)
        let keys = try [first, second].map { answer in
            try answer.json["notification_groups"]?.elements.compactMap { $0["group_key"]?.string } ?? []
        }
        #expect(keys[0].contains { $0.hasPrefix("favourite") })
        #expect(Set(keys[0]).isDisjoint(with: keys[1]) && !keys[1].isEmpty)
    }

    @Test(arguments: [
        ("trap notifications: the first version is there", "/api/v1/notifications"),
        (
            "trap notifications: the second version is there, so that nobody falls back",
            "/api/v2/notifications"
        ),
        (
            "trap notifications: types that are not known are no fault",
            "/api/v1/notifications?exclude_types[]=nonsense&types[]=mention&types[]=more_nonsense"
        ),
    ])
    func `notifications answer`(trap: String, path: String) async throws {
        let house = try await House.make()
        #expect(try await house.get(path, house.token()).status == 200, "\(trap)")
    }

    @Test func `trap markers: what was not named is not forgotten`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.post("/api/v1/markers", token, "notifications[last_read_id]=7")
        _ = try await house.post("/api/v1/markers", token, "home[last_read_id]=5")
        let both = try await house.get("/api/v1/markers?timeline[]=home&timeline[]=notifications", token).json
        #expect(both["home"]?["last_read_id"]?.string == "5")
        #expect(both["notifications"]?["last_read_id"]?.string == "7")
    }

    @Test(arguments: [
        "https://", "https://far.example/%", "javascript:alert(1)", "https://far.example/not/there", "@@@",
        "#",
        "https://home.example/@ada/999999999999999999", "acct:", "@nobody@far.example",
    ])
    func `trap search: what cannot be resolved is an empty answer`(query: String) async throws {
        let house = try await House.make()
        let answer = try await house.get(
            "/api/v2/search?resolve=true&q=" + PercentCoding.encodeQuery(query), house.token())
        #expect(answer.status == 200)
        #expect(try answer.json["accounts"]?.count == 0 && answer.json["statuses"]?.count == 0)
    }

    @Test(arguments: [
        "@bob@far.example", "bob@far.example", "https://far.example/@bob", "https://far.example/users/bob",
    ])
    func `trap search: a person is found by handle, with and without @, and by both addresses`(query: String)
        async throws
    {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let answer = try await house.get(
            "/api/v2/search?resolve=true&q=" + PercentCoding.encodeQuery(query), house.token())
        #expect(try answer.json["accounts"]?.elements.compactMap { $0["id"]?.string } == [bob.description])
    }

    @Test(arguments: ["/@ada/", "/users/ada/statuses/"])
    func `trap search: own addresses lead to own posts`(path: String) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("Mine", token: token)
        let answer = try await house.get(
            "/api/v2/search?resolve=true&q=" + PercentCoding.encodeQuery("https://home.example\(path)\(id)"),
            token)
        #expect(try answer.json["statuses"]?.elements.compactMap { $0["id"]?.string } == [id.description])
    }

    @Test func `trap html: links, mentions and hashtags of own posts have the classes that apps read`()
        async throws
    {
        let house = try await House.make()
        _ = try await house.makeActor()
        let body =
            #"{"status":"@bob@far.example #tag https://www.far.example/a/very/long/address/of/a/page"}"#
        let post = try await house.post("/api/v1/statuses", house.token(), body).json
        let content = try #require(post["content"]?.string)
        for part in [
            "class=\"u-url mention\"", "class=\"mention hashtag\"", "class=\"invisible\"",
            "class=\"ellipsis\"",
        ] {
            #expect(content.contains(part), "\(part) in \(content)")
        }
    }

    @Test func `trap html: lines of one paragraph are parted by br`() async throws {
        let house = try await House.make()
        let body = #"{"status":"one\ntwo\n\nthree"}"#
        let post = try await house.post("/api/v1/statuses", house.token(), body).json
        #expect(post["content"]?.string?.contains("one<br") == true)
        #expect(post["content"]?.string?.split(separator: "<p>").count == 2)
    }
}
