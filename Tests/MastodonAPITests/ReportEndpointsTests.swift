import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct ReportEndpointsTests {
    @Test(arguments: [(true, 1), (false, 0)])
    func `a report goes to the other server when the owner wants that`(forward: Bool, letters: Int)
        async throws
    {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let theirs = try await house.makeStatus(by: bob)
        let other = try await house.makeStatus(by: house.makeActor("eve"))
        let body = """
            {"account_id":"\(bob)","status_ids":["\(theirs)","\(other)"],"comment":"rude",\
            "forward":\(forward),"category":"spam"}
            """
        let json = try await house.post("/api/v1/reports", house.token(), body).json
        #expect(json["target_account"]?["acct"]?.string == "bob@far.example")
        #expect(json["status_ids"]?.elements.compactMap(\.string) == [theirs.description])
        #expect(json["forwarded"]?.bool == forward)
        #expect(json["category"]?.string == "spam")
        #expect(json["comment"]?.string == "rude")
        #expect(json["action_taken"]?.bool == false)
        #expect(try house.store.read { try Deliveries.count(in: $0) } == letters)
    }

    @Test func `a report that makes no sense is refused`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let long = String(repeating: "x", count: 1_001)
        for (body, status) in [
            ("comment=x", 404), ("account_id=1", 404), ("account_id=\(bob)&comment=\(long)", 422),
            ("account_id=\(bob)&category=x", 422), ("account_id=\(bob)", 200),
        ] {
            #expect(
                try await house.post("/api/v1/reports", token, body).status == status, "\(body.prefix(40))")
        }
    }

    @Test func `what others report is shown to apps that ask for it by name`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let own = try await house.post("mine", token: token)
        let now = house.time.now
        try await house.store.write { tx in
            try Reports.insert(
                from: bob, uri: "r", statuses: [house.identity.status(own)], content: "bad", at: now, in: tx)
            try Notifications.add(.report, from: bob, status: nil, at: now, in: tx)
        }
        #expect(try await house.get("/api/v1/notifications", token).text == "[]")
        #expect(try await house.get("/api/v1/notifications/unread_count", token).text == #"{"count":0}"#)
        let json = try await house.get("/api/v1/notifications?types[]=admin.report", token).json.elements
            .first
        #expect(json?["type"]?.string == "admin.report")
        #expect(json?["report"]?["comment"]?.string == "bad")
        #expect(json?["report"]?["status_ids"]?.elements.compactMap(\.string) == [own.description])
        #expect(json?["report"]?["target_account"]?["acct"]?.string == "ada")
        let groups = try await house.get("/api/v2/notifications?types[]=admin.report", token).json
        #expect(groups["notification_groups"]?.elements.first?["report"]?["comment"]?.string == "bad")
        #expect(
            try await house.get("/api/v2/notifications", token).json["notification_groups"]?.elements.isEmpty
                == true)
    }
}
