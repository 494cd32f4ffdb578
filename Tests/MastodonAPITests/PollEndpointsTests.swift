import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct PollEndpointsTests {
    private static let plain = #"{"status":"Tea?","poll":{"options":["yes","no"],"expires_in":600}}"#

    private func makePoll(in house: House, isMultiple: Bool = false) async throws -> StatusID {
        let id = try await house.makeStatus(by: house.makeActor())
        let now = house.time.now
        try await house.store.write { tx in
            var poll = Poll(
                status: id, isMultiple: isMultiple, endsAt: now + .hours(1),
                options: [Poll.Option(name: "a :x:", votes: 3), Poll.Option(name: "b", votes: 0)],
                readAt: now)
            poll.voters = 3
            try Polls.save(poll, in: tx)
        }
        return id
    }

    @Test func `a poll is posted, shown whole, and has the id of its post`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let json = try await house.post("/api/v1/statuses", token, Self.plain).json
        let id = try #require(json["id"]?.string)
        let expected = """
            {"id":"\(id)","expires_at":"2025-10-09T09:03:20.000Z","expired":false,"multiple":false,\
            "votes_count":0,"voters_count":0,"options":[{"title":"yes","votes_count":0},\
            {"title":"no","votes_count":0}],"emojis":[],"voted":true,"own_votes":[]}
            """
        #expect(String(decoding: try #require(json["poll"]).rawBytes, as: UTF8.self) == expected)
        #expect(try await house.get("/api/v1/polls/\(id)", token).text == expected)
        let open = try await house.get("/api/v1/polls/\(id)").json
        #expect(open["voted"]?.bool == false && open["own_votes"]?.elements.isEmpty == true)
        house.time.advance(by: .seconds(600))
        #expect(try await house.get("/api/v1/polls/\(id)").json["expired"]?.bool == true)
    }

    @Test func `a form says it too, and blank options are left out`() async throws {
        let house = try await House.make()
        let body =
            "status=&poll[options][]=+a+&poll[options][]=b&poll[options][]=+&poll[expires_in]=300"
            + "&poll[multiple]=true&poll[hide_totals]=true"
        let json = try await house.post("/api/v1/statuses", house.token(), body).json
        #expect(json["poll"]?["options"]?.elements.compactMap { $0["title"]?.string } == ["a", "b"])
        #expect(json["poll"]?["multiple"]?.bool == true)
    }

    @Test(arguments: [
        (#"["a"],"expires_in":300"#, "more than one"), (#"["a","a"],"expires_in":300"#, "duplicate"),
        (#"["a","b","c","d","e"],"expires_in":300"#, "more than 4"), (#"["a","b"]"#, "blank"),
        (#"["a","b"],"expires_in":299"#, "too soon"), (#"["a","b"],"expires_in":2629747"#, "too far"),
        (#"["a","\#(String(repeating: "x", count: 51))"],"expires_in":300"#, "50 characters"),
        (#"["a","b"],"expires_in":300},"media_ids":["1"],"z":{"y":1"#, "files"),
    ])
    func `a poll that cannot be is refused with a sentence`(poll: String, word: String) async throws {
        let house = try await House.make()
        let answer = try await house.post(
            "/api/v1/statuses", house.token(), #"{"status":"x","poll":{"options":\#(poll)}}"#)
        #expect(answer.status == 422)
        #expect(try answer.json["error"]?.string?.contains(word) == true, "\(answer.text)")
    }

    @Test func `a vote counts once and is told to the author`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await makePoll(in: house)
        let voted = try await house.post("/api/v1/polls/\(id)/votes", token, #"{"choices":[1]}"#)
        #expect(voted.status == 200)
        let json = try voted.json
        #expect(json["voted"]?.bool == true)
        #expect(json["own_votes"]?.elements.compactMap(\.int) == [1])
        #expect(json["options"]?.elements.compactMap { $0["votes_count"]?.int } == [3, 1])
        #expect(json["voters_count"]?.int == 4)
        #expect(try house.store.read { try Deliveries.count(in: $0) } == 1)
        let again = try await house.post("/api/v1/polls/\(id)/votes", token, "choices[]=0")
        #expect(again.status == 422)
        #expect(again.text.contains("already voted"))
        let status = try await house.get("/api/v1/statuses/\(id)", token).json
        #expect(status["poll"]?["own_votes"]?.elements.compactMap(\.int) == [1])
    }

    @Test func `votes that cannot be are refused`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await makePoll(in: house)
        for (choices, word) in [
            ("[2]", "does not exist"), ("[-1]", "does not exist"), (#"["x"]"#, "does not exist"),
            ("[]", "does not exist"), ("[0,1]", "Only one"),
        ] {
            let answer = try await house.post(
                "/api/v1/polls/\(id)/votes", token, "{\"choices\":\(choices)}")
            #expect(answer.status == 422 && answer.text.contains(word), "\(choices): \(answer.text)")
        }
        let own = try await house.post("/api/v1/statuses", token, Self.plain).json["id"]?.string ?? ""
        #expect(try await house.post("/api/v1/polls/\(own)/votes", token, "choices[]=0").status == 422)
        house.time.advance(by: .hours(2))
        let late = try await house.post("/api/v1/polls/\(id)/votes", token, "choices[]=0")
        #expect(late.status == 422 && late.text.contains("already ended"))
        let bare = try await house.makeStatus(by: house.makeActor())
        #expect(try await house.post("/api/v1/polls/\(bare)/votes", token, "choices[]=0").status == 404)
        #expect(try await house.get("/api/v1/polls/\(bare)", token).status == 404)
        #expect(try await house.get("/api/v1/polls/\(id)").status == 404, "visitors see the owner's alone")
    }

    @Test func `an edit keeps the votes unless other things can be chosen, and can take the poll away`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let json = try await house.post("/api/v1/statuses", token, Self.plain).json
        let id = try #require(json["id"]?.string.flatMap { StatusID($0) })
        try await house.store.write { tx in _ = try Polls.vote(0, by: bob, in: id, tx) }
        house.time.advance(by: .seconds(60))
        let path = "/api/v1/statuses/\(id)"
        let same = try await house.send(.put, path, token, Self.plain).json
        #expect(same["edited_at"]?.isNull == true)
        let text = try await house.send(
            .put, path, token, Self.plain.replacing("Tea?", with: "Tea or not?")
        ).json
        #expect(text["poll"]?["votes_count"]?.int == 1)
        #expect(text["poll"]?["expires_at"]?.string == json["poll"]?["expires_at"]?.string)
        #expect(text["edited_at"]?.string != nil)
        for change in [("yes", "perhaps"), (#""expires_in""#, #""multiple":true,"expires_in""#)] {
            try await house.store.write { tx in _ = try Polls.vote(0, by: bob, in: id, tx) }
            let other = try await house.send(
                .put, path, token, Self.plain.replacing(change.0, with: change.1)
            ).json
            #expect(other["poll"]?["votes_count"]?.int == 0, "\(change)")
            #expect(other["poll"]?["voters_count"]?.int == 0, "\(change)")
        }
        let none = try await house.send(.put, path, token, #"{"status":"No tea"}"#).json
        #expect(none["poll"]?.isNull == true)
        #expect(try house.store.read { try Polls.find(id, in: $0) } == nil)
    }

    @Test func `the end of a poll is a notification with the post`() async throws {
        let house = try await House.make()
        let id = try await makePoll(in: house)
        try await house.notify(.poll, from: house.makeActor(), id)
        let json = try await house.get("/api/v1/notifications?types[]=poll", house.token()).json
        #expect(json.elements.first?["type"]?.string == "poll")
        #expect(json.elements.first?["status"]?["poll"]?["id"]?.string == id.description)
    }
}
