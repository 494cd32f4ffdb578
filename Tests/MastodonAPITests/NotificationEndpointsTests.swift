import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct NotificationEndpointsTests {
    @Test func `notifications come newest first, with what they are about`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let own = try await house.post("Mine", token: token)
        let mention = try await house.makeStatus(by: bob)
        try await house.notify(.follow, from: bob)
        try await house.notify(.favourite, from: bob, own)
        try await house.notify(.mention, from: bob, mention)
        let list = try await house.get("/api/v1/notifications", token).json.elements
        #expect(list.compactMap { $0["type"]?.string } == ["mention", "favourite", "follow"])
        #expect(list[0]["status"]?["id"]?.string == mention.description)
        #expect(list[1]["status"]?["id"]?.string == own.description)
        #expect(list[2]["status"] == nil)
        #expect(list.allSatisfy { $0["account"]?["acct"]?.string == "bob@far.example" })
        let id = try #require(list[0]["id"]?.string)
        #expect(try #require(Int64(id)) < 1 << 53)
        #expect(try await house.get("/api/v1/notifications/\(id)", token).json["type"]?.string == "mention")
        #expect(
            try await house.get("/api/v1/notifications?types[]=follow&types[]=nonsense", token).json.count
                == 1)
        #expect(try await house.get("/api/v1/notifications?types[]=nonsense", token).text == "[]")
        #expect(
            try await house.get("/api/v1/notifications?exclude_types[]=follow&exclude_types[]=x", token).json
                .count == 2)
        #expect(try await house.get("/api/v1/notifications?account_id=1", token).text == "[]")
    }

    @Test func `one whose post is gone is dropped, and so are those of silent people`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let eve = try await house.makeActor("eve")
        let post = try await house.makeStatus(by: bob)
        try await house.notify(.follow, from: eve)
        try await house.notify(.follow, from: bob)
        try await house.notify(.mention, from: bob, post)
        try await house.store.write { tx in
            try Mutes.insert(eve, notifications: true, until: nil, in: tx)
            try Statuses.delete(post, in: tx)
        }
        let list = try await house.get("/api/v1/notifications", token).json.elements
        #expect(list.compactMap { $0["account"]?["username"]?.string } == ["bob"])
        #expect(try await house.get("/api/v2/notifications", token).json["notification_groups"]?.count == 1)
        #expect(try await house.get("/api/v1/notifications/unread_count", token).text == #"{"count":1}"#)
    }

    @Test func `they can be dismissed one by one or all at once`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        for number in 0..<4 { try await house.notify(.follow, from: house.makeActor("p\(number)")) }
        let ids = try await house.get("/api/v1/notifications", token).ids
        #expect(try await house.post("/api/v1/notifications/\(ids[0])/dismiss", token).text == "{}")
        #expect(try await house.post("/api/v1/notifications/\(ids[0])/dismiss", token).status == 404)
        #expect(
            try await house.send(.delete, "/api/v1/notifications/destroy_multiple?ids[]=\(ids[1])", token)
                .text == "{}")
        #expect(try await house.get("/api/v1/notifications", token).ids == Array(ids[2...]))
        #expect(try await house.send(.delete, "/api/v1/notifications/\(ids[2])", token).text == "{}")
        #expect(try await house.send(.delete, "/api/v1/notifications/\(ids[2])", token).status == 404)
        #expect(try await house.get("/api/v1/notifications", token).ids == Array(ids[3...]))
        #expect(try await house.post("/api/v1/notifications/clear", token, "{}").text == "{}")
        #expect(try await house.get("/api/v1/notifications", token).text == "[]")
    }

    @Test func `likes of one post are one group, whose numbers have the types that apps decode`() async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let own = try await house.post("Mine", token: token)
        var people: [String] = []
        for number in 0..<10 {
            let actor = try await house.makeActor("p\(number)")
            people.insert(actor.description, at: 0)
            try await house.notify(.favourite, from: actor, own)
        }
        let json = try await house.get("/api/v2/notifications", token).json
        let group = try #require(json["notification_groups"]?.elements.first)
        #expect(json["notification_groups"]?.count == 1)
        #expect(group["notifications_count"]?.int == 10)
        #expect(group["sample_account_ids"]?.elements.compactMap(\.string) == Array(people[..<8]))
        #expect(group["most_recent_notification_id"]?.int != nil)
        #expect(group["page_max_id"]?.string == group["most_recent_notification_id"]?.int.map { String($0) })
        #expect(group["status_id"]?.string == own.description)
        #expect(json["statuses"]?.elements.first?["id"]?.string == own.description)
        #expect(Set(json["accounts"]?.elements.compactMap { $0["id"]?.string } ?? []) == Set(people[..<8]))
        #expect(json["partial_accounts"] == nil)

        let partial = try await house.get("/api/v2/notifications?expand_accounts=partial_avatars", token).json
        #expect(partial["accounts"]?.count == 1)
        #expect(partial["partial_accounts"]?.count == 7)
        #expect(partial["partial_accounts"]?.elements.first?.members.count == 7)
        #expect(try await house.get("/api/v2/notifications?expand_accounts=all", token).status == 400)
        #expect(try await house.get("/api/v2/notifications/unread_count", token).text == #"{"count":1}"#)

        let key = try #require(group["group_key"]?.string)
        #expect(
            try await house.get("/api/v2/notifications/\(key)", token).json["notification_groups"]?.count == 1
        )
        #expect(
            try await house.get("/api/v2/notifications/\(key)/accounts?limit=3", token).ids
                == Array(people[..<3]))
        #expect(try await house.post("/api/v2/notifications/\(key)/dismiss", token).text == "{}")
        #expect(try await house.get("/api/v2/notifications", token).json["notification_groups"]?.count == 0)
        #expect(try await house.get("/api/v2/notifications/\(key)", token).status == 404)
        for key in ["nonsense", "follow-x", "favourite-1-99999999999", "ungrouped-"] {
            #expect(try await house.get("/api/v2/notifications/\(key)", token).status == 404)
        }
    }

    @Test func `pages of groups are complete and no group comes twice`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let posts = [try await house.post("a", token: token), try await house.post("b", token: token)]
        for number in 0..<6 {
            let actor = try await house.makeActor("p\(number)")
            try await house.notify(.favourite, from: actor, posts[number % 2])
            try await house.notify(.mention, from: bob, try await house.makeStatus(by: bob))
            try await house.notify(.follow, from: actor)
            if number == 2 { house.time.advance(by: .hours(13)) }
        }
        let whole = try await house.get("/api/v2/notifications?limit=80", token).json["notification_groups"]
        let keys = whole?.elements.compactMap { $0["group_key"]?.string } ?? []
        #expect(Set(keys).count == keys.count)
        #expect(keys.count == 6 + 2 + 4)
        var found: [String] = []
        var path = "/api/v2/notifications?limit=2"
        while true {
            let answer = try await house.get(path, token)
            let page =
                try answer.json["notification_groups"]?.elements.compactMap { $0["group_key"]?.string } ?? []
            if page.isEmpty { break }
            found += page
            path = "/api/v2/notifications?limit=2&max_id=\(try #require(answer.cursor("next")))"
        }
        #expect(found == keys)
        let alone = try await house.get("/api/v2/notifications?limit=80&grouped_types[]=reblog", token).json
        #expect(alone["notification_groups"]?.count == 18)
    }

    @Test func `unread is what came after the marker`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        for number in 0..<3 { try await house.notify(.followRequest, from: house.makeActor("p\(number)")) }
        let ids = try await house.get("/api/v1/notifications", token).ids
        #expect(try await house.get("/api/v1/notifications/unread_count", token).text == #"{"count":3}"#)
        _ = try await house.post("/api/v1/markers", token, "notifications[last_read_id]=\(ids[1])")
        #expect(try await house.get("/api/v1/notifications/unread_count", token).text == #"{"count":1}"#)
        #expect(try await house.get("/api/v2/notifications/unread_count", token).text == #"{"count":1}"#)
    }

    @Test func `trap 7: most_recent_notification_id is an integer below 2^53, page ids are texts`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        try await house.notify(.follow, from: house.makeActor())
        let group = try #require(
            try await house.get("/api/v2/notifications", token).json["notification_groups"]?.elements.first)
        let id = try #require(group["most_recent_notification_id"]?.int)
        #expect(group["most_recent_notification_id"]?.string == nil && id < 1 << 53)
        for key in ["page_min_id", "page_max_id"] { #expect(group[key]?.string == "\(id)") }
        #expect(group["latest_page_notification_at"]?.string?.count == 24)
    }

    @Test func `trap Notifications: types with unknown names are not refused`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        try await house.notify(.follow, from: house.makeActor())
        for version in ["v1", "v2"] {
            for query in [
                "exclude_types[]=x", "types[]=x", "exclude_types=follow&supported_types[]=x", "types[0]=x",
            ] {
                #expect(try await house.get("/api/\(version)/notifications?\(query)", token).status == 200)
            }
        }
        let groups = try await house.get("/api/v2/notifications?types[]=x", token).json
        #expect(groups["notification_groups"]?.count == 0)
    }

    @Test func `trap Notifications: a group is not repeated on the next page, and counts all its members`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let own = try await house.post("Mine", token: token)
        for number in 0..<3 {
            try await house.notify(.favourite, from: house.makeActor("p\(number)"), own)
            try await house.notify(.followRequest, from: house.makeActor("q\(number)"))
        }
        let first = try await house.get("/api/v2/notifications?limit=2", token)
        let groups = try first.json["notification_groups"]?.elements ?? []
        #expect(groups.map { $0["type"]?.string } == ["follow_request", "favourite"])
        #expect(groups.map { $0["notifications_count"]?.int } == [1, 3])
        let next = try #require(first.cursor("next"))
        let rest = try await house.get("/api/v2/notifications?max_id=\(next)", token)
        let types = try rest.json["notification_groups"]?.elements.map { $0["type"]?.string }
        #expect(types == ["follow_request", "follow_request"])
        #expect(rest.fields["Link"]?.contains("rel=\"next\"") == true)
        // What came meanwhile lifts the group to the page that is newer.
        try await house.notify(.favourite, from: house.makeActor("late"), own)
        let prev = try #require(first.cursor("prev"))
        let newer = try await house.get("/api/v2/notifications?min_id=\(prev)", token).json
        #expect(newer["notification_groups"]?.elements.map { $0["notifications_count"]?.int } == [4])
    }

    @Test func `the accounts of a group come in pages`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let own = try await house.post("Mine", token: token)
        var people: [String] = []
        for number in 0..<5 {
            let actor = try await house.makeActor("p\(number)")
            people.insert(actor.description, at: 0)
            try await house.notify(.reblog, from: actor, own)
        }
        let list = try await house.get("/api/v2/notifications", token).json["notification_groups"]
        let key = try #require(list?.elements.first?["group_key"]?.string)
        #expect(key.utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 })
        let path = "/api/v2/notifications/\(key)/accounts"
        let first = try await house.get("\(path)?limit=2", token)
        #expect(try first.ids == Array(people[..<2]))
        let second = try await house.get(
            "\(path)?limit=2&max_id=\(try #require(first.cursor("next")))", token)
        #expect(try second.ids == Array(people[2..<4]))
        let back = try await house.get("\(path)?limit=2&min_id=\(try #require(second.cursor("prev")))", token)
        #expect(try back.ids == Array(people[..<2]))
        #expect(try await house.get("\(path)?limit=80", token).cursor("next") == nil)
        #expect(try await house.get("/api/v2/notifications/follow-1/accounts", token).status == 404)
    }

    @Test func `a page of notifications costs the same whatever its length`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let own = try await house.post("Mine", token: token)
        for number in 0..<6 {
            let actor = try await house.makeActor("p\(number)")
            try await house.notify(.favourite, from: actor, own)
            try await house.notify(.mention, from: actor, house.makeStatus(by: actor))
        }
        func cost(_ path: String) async throws -> Int {
            let before = house.store.statementsRead
            #expect(try await house.get(path, token).status == 200)
            return house.store.statementsRead - before
        }
        for path in ["/api/v1/notifications", "/api/v2/notifications"] {
            _ = try await cost("\(path)?limit=2")
            #expect(try await cost("\(path)?limit=2") == cost("\(path)?limit=40"))
        }
    }
}
