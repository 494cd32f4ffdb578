import Basics
import Foundation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct ScheduledStatusEndpointsTests {
    private let path = "/api/v1/scheduled_statuses"

    private func moment(_ house: House, in duration: Duration) -> String {
        ISO8601.milliseconds((house.time.now + duration).milliseconds)
    }

    private func schedule(
        _ house: House, _ token: String, in duration: Duration = .hours(1), _ more: String = ""
    ) async throws -> Answer {
        try await house.post(
            "/api/v1/statuses", token,
            "status=later&scheduled_at=\(moment(house, in: duration))\(more.isEmpty ? "" : "&" + more)")
    }

    private func count(_ house: House) throws -> Int {
        try house.store.read { try Statuses.count(in: $0) }
    }

    @Test func `a post for later answers another shape, with every parameter as it was decided`() async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let parent = try await house.post("Parent", token: token)
        let answer = try await house.post(
            "/api/v1/statuses", token,
            """
            {"status":"Later #on","scheduled_at":"\(moment(house, in: .hours(2)))","spoiler_text":"cw","language":"de",
            "in_reply_to_id":"\(parent)","poll":{"options":["a","b"],"expires_in":600,"hide_totals":true}}
            """)
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["scheduled_at"]?.string == "2025-10-09T10:53:21.000Z")
        #expect(json["media_attachments"]?.count == 0)
        let parameters = try #require(json["params"])
        #expect(parameters["text"]?.string == "Later #on")
        #expect(parameters["visibility"]?.string == "public", "never null: Tusky and Pachli need it")
        #expect(parameters["sensitive"]?.bool == true)
        #expect(parameters["spoiler_text"]?.string == "cw")
        #expect(parameters["in_reply_to_id"]?.int == Int(parent.value))
        #expect(parameters["application_id"]?.int != nil)
        #expect(parameters["poll"]?["hide_totals"]?.bool == true)
        #expect(parameters["poll"]?["options"]?.elements.compactMap(\.string) == ["a", "b"])
        for key in ["media_ids", "quoted_status_id", "scheduled_at", "idempotency"] {
            #expect(parameters[key]?.isNull == true, "\(key)")
        }
        #expect(parameters["with_rate_limit"]?.bool == false)
        #expect(try count(house) == 1)
        let id = try #require(json["id"]?.string)
        #expect(try await house.get(path + "/\(id)", token).text == answer.text)
        #expect(try await house.get(path, token).ids == [id])
        #expect(try await house.get("/api/v1/statuses/\(id)", token).status == 404)
    }

    @Test func `a moment that has passed is now, one less than five minutes ahead is refused`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(try await schedule(house, token, in: .seconds(-1)).json["content"]?.string == "<p>later</p>")
        let soon = try await schedule(house, token, in: .seconds(299))
        #expect(soon.status == 422)
        #expect(
            try soon.json["error"]?.string == "Validation failed: Scheduled at date must be in the future")
        let first = try await schedule(house, token, in: .seconds(300)).json
        let id = try #require(first["id"]?.string)
        for method in [HTTP.Method.put, .patch] {
            let text = moment(house, in: .seconds(299))
            #expect(
                try await house.send(method, path + "/\(id)", token, "scheduled_at=\(text)").status == 422)
            let later = moment(house, in: .days(2))
            let moved = try await house.send(
                method, path + "/\(id)", token, "{\"scheduled_at\":\"\(later)\"}")
            #expect(try moved.json["scheduled_at"]?.string == later)
        }
        #expect(try await house.send(.put, path + "/\(id)", token).status == 200)
        #expect(try await house.send(.put, path + "/\(id)", token, "scheduled_at=soon").status == 422)
    }

    @Test func `what could not be posted is refused when it comes, and so is too much`() async throws {
        var limits = APILimits.standard
        limits.scheduled = 4
        limits.scheduledOnOneDay = 2
        let house = try await House.make(limits: limits)
        let token = try await house.token()
        #expect(try await schedule(house, token, "in_reply_to_id=12").status == 404)
        #expect(try await schedule(house, token, "quoted_status_id=12").status == 404)
        #expect(try await schedule(house, token, "media_ids[]=12").status == 422)
        #expect(try await schedule(house, token, "poll[options][]=a&poll[expires_in]=600").status == 422)
        #expect(try await house.get(path, token).text == "[]")
        for _ in 0..<2 { #expect(try await schedule(house, token, in: .hours(1)).status == 200) }
        let day = try await schedule(house, token, in: .hours(1))
        #expect(day.status == 422)
        #expect(
            try day.json["error"]?.string
                == "Validation failed: You have exceeded the limit of 2 scheduled posts for today")
        for _ in 0..<2 { #expect(try await schedule(house, token, in: .days(2)).status == 200) }
        let all = try await schedule(house, token, in: .days(9))
        #expect(
            try all.json["error"]?.string
                == "Validation failed: You have exceeded the limit of 4 scheduled posts")
    }

    @Test func `it is published once when its time has come, as if it were sent then`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let answer = try await schedule(
            house, token,
            "visibility=unlisted&spoiler_text=cw&language=de&poll[options][]=a&poll[options][]=b"
                + "&poll[expires_in]=600&poll[hide_totals]=1")
        let mention = try await house.post(
            "/api/v1/statuses", token,
            "{\"status\":\"@bob@far.example\",\"scheduled_at\":\"\(moment(house, in: .hours(3)))\"}")
        #expect(mention.status == 200)
        #expect(answer.status == 200, "\(answer.text)")
        let worker = house.api.scheduledPosts
        #expect(try await worker.publishDue() == house.time.now + .hours(1))
        house.time.advance(by: .hours(2))
        #expect(try await worker.publishDue() == house.time.now + .hours(1))
        let home = try await house.get("/api/v1/timelines/home", token).json.elements
        #expect(home.count == 1)
        #expect(home.first?["visibility"]?.string == "unlisted")
        #expect(home.first?["spoiler_text"]?.string == "cw")
        #expect(home.first?["language"]?.string == "de")
        #expect(home.first?["created_at"]?.string == ISO8601.milliseconds(house.time.now.milliseconds))
        #expect(home.first?["application"]?["name"]?.string == "Tests")
        #expect(home.first?["poll"]?["options"]?.elements.first?["votes_count"]?.isNull == true)
        #expect(try await house.get(path + "/\(answer.json["id"]?.string ?? "")", token).status == 404)
        house.time.advance(by: .hours(1))
        #expect(try await worker.publishDue() == nil)
        #expect(try await worker.publishDue() == nil)
        #expect(try count(house) == 2)
        #expect(try house.store.read { try Deliveries.count(in: $0) } == 1)
        let newest = try await house.get("/api/v1/timelines/home?limit=1", token).json.elements.first
        #expect(newest?["mentions"]?.elements.first?["id"]?.string == bob.description)
    }

    @Test func `the worker sleeps until the next one, and publishes at the start what passed meanwhile`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await schedule(house, token, in: .hours(1))
        house.time.advance(by: .hours(2))
        let work = Task { [house] in await house.api.scheduledPosts.run() }
        try await wait { try count(house) == 1 }
        _ = try await schedule(house, token, in: .hours(1))
        let hour = house.time.now + .hours(1)
        try await wait { house.time.nextAlarm == hour }
        _ = try await schedule(house, token, in: .minutes(5))
        let soon = house.time.now + .minutes(5)
        try await wait { house.time.nextAlarm == soon }
        house.time.advance(by: .minutes(5))
        try await wait { try count(house) == 2 }
        house.time.advance(by: .hours(1))
        try await wait { try count(house) == 3 }
        work.cancel()
        await work.value
    }

    /// Gives the worker its turn until something is so.
    private func wait(until condition: () throws -> Bool) async throws {
        for _ in 0..<100_000 {
            if try condition() { return }
            await Task.yield()
        }
        Issue.record("the worker does nothing")
    }

    @Test func `what cannot be published any more waits to be seen, and the rest goes on`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let parent = try await house.post("Parent", token: token)
        let lost = try await schedule(house, token, in: .hours(1), "in_reply_to_id=\(parent)")
        _ = try await schedule(house, token, in: .hours(2))
        _ = try await house.send(.delete, "/api/v1/statuses/\(parent)", token)
        house.time.advance(by: .hours(3))
        #expect(try await house.api.scheduledPosts.publishDue() == nil)
        #expect(try count(house) == 1)
        #expect(try await house.get(path, token).ids == lost.json["id"]?.string.map { [$0] })
        #expect(try await house.api.scheduledPosts.publishDue() == nil)
    }

    @Test func `one that was cancelled is never published, and its files can be used again`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let now = house.time.now
        let file = try await house.store.write { tx in
            var file = Attachment(kind: .image, createdAt: now)
            file.file = String(repeating: "a", count: 64) + ".png"
            return try Attachments.insert(file, in: tx)
        }
        let answer = try await schedule(house, token, in: .days(20), "media_ids[]=\(file)")
        let id = try #require(try answer.json["id"]?.string)
        #expect(try answer.json["media_attachments"]?.elements.first?["id"]?.string == file.description)
        #expect(try answer.json["params"]?["media_ids"]?.elements.compactMap(\.string) == [file.description])
        // Nobody else gets it meanwhile, and it outlives the day after which files without a post go.
        #expect(try await house.post("/api/v1/statuses", token, "media_ids[]=\(file)").status == 422)
        #expect(try await house.send(.delete, "/api/v1/media/\(file)", token).status == 422)
        house.time.advance(by: .days(3))
        let later = house.time.now
        #expect(try house.store.read { try !Retention.isDue(at: later, in: $0) })
        #expect(try await house.store.write { try Retention.run(at: later, in: $0) }.isEmpty)

        #expect(try await house.send(.delete, path + "/\(id)", token).text == "{}")
        #expect(try await house.send(.delete, path + "/\(id)", token).status == 404)
        house.time.advance(by: .days(30))
        #expect(try await house.api.scheduledPosts.publishDue() == nil)
        #expect(try count(house) == 0)
        let again = try await house.post("/api/v1/statuses", token, "media_ids[]=\(file)")
        #expect(try again.json["media_attachments"]?.count == 1)
    }

    @Test func `the files of one that waits go with it into the post, in their order`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let now = house.time.now
        let files = try await house.store.write { tx in
            try (0..<3).map { number in
                var file = Attachment(kind: .image, createdAt: now)
                file.file = "\(number).png"
                return try Attachments.insert(file, in: tx)
            }
        }
        let order = [files[2], files[0], files[1]].map(\.description)
        _ = try await schedule(
            house, token, in: .days(2), order.map { "media_ids[]=\($0)" }.joined(separator: "&"))
        house.time.advance(by: .days(2))
        #expect(try await house.api.scheduledPosts.publishDue() == nil)
        let post = try await house.get("/api/v1/timelines/home", token).json.elements.first
        #expect(post?["media_attachments"]?.elements.compactMap { $0["id"]?.string } == order)
    }

    @Test func `the same idempotency key schedules once, and answers the post once it is one`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let request = Request(
            .post, "/api/v1/statuses",
            fields: [
                "Authorization": "Bearer \(token)", "Content-Type": "application/x-www-form-urlencoded",
                "Idempotency-Key": "k",
            ],
            body: .bytes(Array("status=x&scheduled_at=\(moment(house, in: .minutes(10)))".utf8)))
        let first = try await house.send(request)
        #expect(try await house.send(request).text == first.text)
        #expect(try await house.get(path, token).ids.count == 1)
        house.time.advance(by: .minutes(10))
        _ = try await house.api.scheduledPosts.publishDue()
        #expect(try await house.send(request).json["content"]?.string == "<p>x</p>")
        #expect(try count(house) == 1)
    }

    @Test func `a post takes the place of one that waits, or neither changes`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try #require(try await schedule(house, token).json["id"]?.string)
        let replacing = "scheduled_status_id=\(id)"
        #expect(try await house.post("/api/v1/statuses", token, "status=&\(replacing)").status == 422)
        let parent = "status=x&in_reply_to_id=1&\(replacing)"
        #expect(try await house.post("/api/v1/statuses", token, parent).status == 404)
        #expect(try await house.get(path, token).ids == [id])
        let next = try await schedule(house, token, in: .hours(2), replacing)
        #expect(try await house.get(path, token).ids == [try next.json["id"]?.string])
        for gone in [id, "x"] {
            let answer = try await house.post(
                "/api/v1/statuses", token, "status=x&scheduled_status_id=\(gone)")
            #expect(answer.status == 404)
        }
        #expect(try count(house) == 0)
    }

    @Test func `pages are adjacent, the newest first`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        var ids: [String] = []
        for hour in 1...5 {
            house.time.advance(by: .seconds(1))
            ids.append(
                try #require(try await schedule(house, token, in: .hours(10 - hour)).json["id"]?.string))
        }
        let page = try await house.get(path + "?limit=2", token)
        #expect(try page.ids == [ids[4], ids[3]])
        #expect(page.cursor("next") == ids[3] && page.cursor("prev") == ids[4])
        #expect(try await house.get(path + "?limit=2&max_id=\(ids[3])", token).ids == [ids[2], ids[1]])
        #expect(try await house.get(path + "?limit=2&min_id=\(ids[0])", token).ids == [ids[2], ids[1]])
        #expect(try await house.get(path + "?limit=2&since_id=\(ids[0])", token).ids == [ids[4], ids[3]])
        #expect(try await house.get(path + "?limit=-1&max_id=x", token).ids.count == 1)
        for id in ["1", "x", "99999999999999999999"] {
            #expect(try await house.get(path + "/\(id)", token).status == 404)
            #expect(try await house.send(.put, path + "/\(id)", token, "{}").status == 404)
        }
    }
}
