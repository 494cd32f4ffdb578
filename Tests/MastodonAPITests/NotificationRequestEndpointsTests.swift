import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct NotificationRequestEndpointsTests {
    private let path = "/api/v1/notifications/requests"

    /// A house whose owner wants to be asked about strangers.
    private func careful() async throws -> (House, String) {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.send(.patch, "/api/v2/notifications/policy", token, "for_not_following=filter")
        return (house, token)
    }

    @Test func `a stranger's posts wait in one request, seen only by who asks for them`() async throws {
        let (house, token) = try await careful()
        #expect(try await house.get(path, token).text == "[]")
        let bob = try await house.makeActor()
        try await house.makeLetter(from: bob, .public)
        let last = try await house.makeLetter(from: bob, .public)
        let request = try #require(try await house.get(path, token).json.elements.first)
        #expect(request["notifications_count"]?.string == "2")
        #expect(request["account"]?["username"]?.string == "bob")
        #expect(request["last_status"]?["id"]?.string == last.description)
        for key in ["created_at", "updated_at"] { #expect(request[key]?.string?.hasSuffix("Z") == true) }
        let id = try #require(request["id"]?.string)
        #expect(try await house.get("\(path)/\(id)", token).json["id"]?.string == id)
        let summary = try await house.get("/api/v2/notifications/policy", token).json["summary"]
        #expect(summary?["pending_requests_count"]?.int == 1)
        #expect(summary?["pending_notifications_count"]?.int == 2)
        #expect(try await house.get("/api/v1/notifications", token).text == "[]")
        #expect(try await house.get("/api/v2/notifications", token).json["notification_groups"]?.count == 0)
        for version in ["v1", "v2"] {
            let count = try await house.get("/api/\(version)/notifications/unread_count", token)
            #expect(count.text == #"{"count":0}"#)
        }
        let asked = try await house.get("/api/v1/notifications?account_id=\(bob)", token).json.elements
        #expect(asked.count == 2 && asked.allSatisfy { $0["filtered"]?.bool == true })
        #expect(try await house.get("/api/v1/notifications?include_filtered=true", token).json.count == 2)
        let groups = try await house.get("/api/v2/notifications?include_filtered=1", token).json
        #expect(groups["notification_groups"]?.count == 2)
        #expect(try await house.get("\(path)/merged", token).text == #"{"merged":true}"#)
    }

    @Test func `accepting lets in what waited and what comes, dismissing forgets it`() async throws {
        let (house, token) = try await careful()
        var people: [ActorID] = []
        for number in 0..<4 {
            people.append(try await house.makeActor("p\(number)"))
            try await house.makeLetter(from: people[number])
        }
        let ids = try await house.get(path, token).ids
        #expect(ids.count == 4)
        #expect(try await house.post("\(path)/\(ids[3])/accept", token).text == "{}")
        #expect(try await house.post("\(path)/\(ids[3])/accept", token).status == 404)
        #expect(try await house.post("\(path)/\(ids[2])/dismiss", token).text == "{}")
        #expect(try await house.post("\(path)/accept?id[]=\(ids[1])&id[]=5&id[]=x", token).text == "{}")
        #expect(try await house.post("\(path)/dismiss", token, #"{"id":["\#(ids[0])"]}"#).text == "{}")
        #expect(try await house.post("\(path)/accept", token, "{}").text == "{}")
        #expect(try await house.get(path, token).text == "[]")
        for id in ["abc", "1", ids[0]] {
            #expect(try await house.get("\(path)/\(id)", token).status == 404)
            #expect(try await house.post("\(path)/\(id)/dismiss", token).status == 404)
        }
        func told() async throws -> [String?] {
            try await house.get("/api/v1/notifications", token).json.elements.map {
                $0["account"]?["username"]?.string
            }
        }
        #expect(try await told() == ["p2", "p0"])
        #expect(try await house.get("/api/v1/conversations", token).json.count == 2)
        try await house.makeLetter(from: people[0])
        try await house.makeLetter(from: people[1])
        #expect(try await told() == ["p0", "p2", "p0"])
        #expect(try await house.get(path, token).json.count == 1)
    }

    @Test func `pages of requests are next to each other and cost the same whatever their length`()
        async throws
    {
        let (house, token) = try await careful()
        for number in 0..<7 { try await house.makeLetter(from: house.makeActor("p\(number)")) }
        let all = try await house.get("\(path)?limit=80", token).ids
        #expect(all.count == 7)
        let first = try await house.get("\(path)?limit=3", token)
        #expect(try first.ids == Array(all[..<3]))
        let next = try #require(first.cursor("next"))
        #expect(try await house.get("\(path)?limit=3&max_id=\(next)", token).ids == Array(all[3..<6]))
        #expect(try await house.get("\(path)?limit=3&min_id=\(all[6])", token).ids == Array(all[3..<6]))
        #expect(try await house.get("\(path)?limit=80", token).cursor("next") == nil)
        func cost(_ limit: Int) async throws -> Int {
            let before = house.store.statementsRead
            _ = try await house.get("\(path)?limit=\(limit)", token)
            return house.store.statementsRead - before
        }
        _ = try await cost(1)
        #expect(try await cost(1) == cost(7))
    }
}
