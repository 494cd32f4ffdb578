import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

/// What apps send that other servers do not take.
@Suite struct RequestTrapTests {
    private func upload(_ house: House, _ token: String, _ path: String = "/api/v2/media") async throws
        -> Answer
    {
        // Quoted boundary after a charset, and `image/jpg` for the part.
        try await house.send(
            Request(
                .post, path,
                fields: [
                    "Authorization": "Bearer \(token)",
                    "Content-Type": "multipart/form-data; charset=utf-8; boundary=\"b\"",
                ], body: .stream(.of([Picture.form("file", Picture.png)]))))
    }

    @Test func `trap 14: what takes PUT takes PATCH`() async throws {
        let house = try await House.make()
        let table = house.api.endpoints
        let paths = { (method: HTTP.Method) in Set(table.filter { $0.method == method }.map(\.path)) }
        #expect(paths(.put) == paths(.patch))
        #expect(paths(.put).count > 5)
    }

    @Test(arguments: ["/api/v1/media", "/api/v2/media"])
    func `trap 15: an upload is ready at once and can be asked for`(path: String) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let answer = try await upload(house, token, path)
        #expect(answer.status == 200)
        let id = try #require(try answer.json["id"]?.string)
        let again = try await house.get("/api/v1/media/\(id)", token)
        #expect(again.status == 200)
        #expect(try again.json["url"]?.string?.hasPrefix("https://") == true)
    }

    @Test func `trap 18: the small endpoints are there and have their shape`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("one", token: token)
        _ = try await house.post(
            "/api/v1/markers", token,
            #"{"home":{"last_read_id":"1"},"notifications":{"last_read_id":"1"}}"#)
        for (path, kind, count) in [
            ("/api/v1/preferences", JSONValue.Kind.object, 7), ("/api/v1/custom_emojis", .array, 0),
            ("/api/v1/trends", .array, 0), ("/api/v1/statuses/\(id)/history", .array, 1),
            ("/api/v1/markers?timeline[]=home&timeline[]=notifications", .object, 2),
        ] {
            let answer = try await house.get(path, token)
            #expect(answer.status == 200, "\(path)")
            #expect(try answer.json.kind == kind && answer.json.count == count, "\(path): \(answer.text)")
        }
        let app = try await house.get("/api/v1/apps/verify_credentials", token).json
        #expect(app["name"]?.string == "Tests")
    }

    @Test func `trap requests: a limit above the largest is the largest`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        for _ in 0..<42 { _ = try await house.makeStatus(by: bob) }
        #expect(try await house.get("/api/v1/timelines/home?limit=50", token).ids.count == 40)
    }

    @Test func `trap requests: a write may have all it says in its query`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let answer = try await house.post("/api/v1/statuses?status=Hi&visibility=unlisted", token)
        #expect(try answer.json["visibility"]?.string == "unlisted")
    }

    @Test(arguments: [
        ("?domain=spam.example", ""), ("", "domain=spam.example"), ("", #"{"domain":"spam.example"}"#),
    ])
    func `trap requests: DELETE says what it means in a body or in its query`(query: String, body: String)
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.post("/api/v1/domain_blocks", token, "domain=spam.example")
        #expect(try await house.get("/api/v1/domain_blocks", token).text == #"["spam.example"]"#)
        #expect(try await house.send(.delete, "/api/v1/domain_blocks" + query, token, body).text == "{}")
        #expect(try await house.get("/api/v1/domain_blocks", token).text == "[]")
    }

    @Test func `trap requests: a slash at the end changes nothing`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        for path in ["/api/v1/timelines/tag/x", "/api/v1/timelines/home", "/api/v2/instance"] {
            #expect(try await house.get(path + "/", token).status == 200, "\(path)")
        }
    }

    @Test func `trap requests: a boundary may stand in quotes after a charset`() async throws {
        let house = try await House.make()
        #expect(try await upload(house, house.token()).status == 200)
    }

    @Test func `trap requests: a picture is what its bytes are, also when it is called image/jpg`()
        async throws
    {
        let house = try await House.make()
        let url = try await upload(house, house.token()).json["url"]?.string
        #expect(url?.hasSuffix(".png") == true)
    }

    @Test func `trap requests: id and id[] are the same`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        for name in ["id", "id[]", "id[0]"] {
            let answer = try await house.get("/api/v1/accounts/relationships?\(name)=\(bob)", token)
            #expect(try answer.ids == [bob.description], "\(name)")
        }
    }

    @Test func `trap requests: pictures keep the order of media_ids`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        var ids: [String] = []
        for _ in 0..<3 { ids.append(try #require(try await upload(house, token).json["id"]?.string)) }
        let order = [ids[2], ids[0], ids[1]]
        let body = order.map { "media_ids[]=\($0)" }.joined(separator: "&")
        let post = try await house.post("/api/v1/statuses", token, body).json
        #expect(post["media_attachments"]?.elements.compactMap { $0["id"]?.string } == order)
    }

    @Test func `trap requests: poll[multiple] may be the text false`() async throws {
        let house = try await House.make()
        let body = "status=x&poll[options][]=a&poll[options][]=b&poll[expires_in]=600&poll[multiple]=false"
        let post = try await house.post("/api/v1/statuses", house.token(), body).json
        #expect(post["poll"]?["multiple"]?.bool == false)
    }

    @Test(arguments: [
        ("trap requests: language may be an empty text", "language="),
        ("trap requests: in_reply_to_id may be an empty text", "in_reply_to_id="),
    ])
    func `what is empty is not there`(trap: String, more: String) async throws {
        let house = try await House.make()
        let answer = try await house.post("/api/v1/statuses", house.token(), "status=x&" + more)
        #expect(answer.status == 200, "\(trap)")
    }

    @Test func `trap posting: a retry with the same key waits for the first request and gets its post`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let request = Request(
            .post, "/api/v1/statuses?status=once+@slow@gone.example",
            fields: ["Authorization": "Bearer \(token)", "Idempotency-Key": "k"])
        async let first = house.send(request)
        async let second = house.send(request)
        let answers = try await [first, second]
        #expect(try answers[0].json["id"]?.string == answers[1].json["id"]?.string)
        #expect(try house.store.read { try Statuses.count(in: $0) } == 1)
    }

    @Test func `trap posting: an edit without them takes pictures, poll and warning away`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let media = try #require(try await upload(house, token).json["id"]?.string)
        let id = try await house.post(
            "a", token: token, "media_ids[]=\(media)&spoiler_text=cw&sensitive=true")
        let poll = try await house.post(
            "b", token: token, "poll[options][]=a&poll[options][]=b&poll[expires_in]=600")
        let edited = try await house.send(.put, "/api/v1/statuses/\(id)", token, "status=c").json
        #expect(edited["media_attachments"]?.count == 0)
        #expect(edited["spoiler_text"]?.string == "" && edited["sensitive"]?.bool == false)
        let without = try await house.send(.put, "/api/v1/statuses/\(poll)", token, "status=c").json
        #expect(without["poll"]?.isNull == true)
    }

    @Test func `trap posting: what was deleted can be written again with its text and pictures`() async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let media = try #require(try await upload(house, token).json["id"]?.string)
        let id = try await house.post("typed", token: token, "media_ids[]=\(media)")
        let gone = try await house.send(.delete, "/api/v1/statuses/\(id)", token).json
        #expect(gone["text"]?.string == "typed")
        let back = try #require(gone["media_attachments"]?.elements.first?["id"]?.string)
        let again = try await house.post("/api/v1/statuses", token, "status=typed&media_ids[]=\(back)").json
        #expect(again["media_attachments"]?.count == 1)
    }

    @Test func `trap posting: the words under a published picture change with the post`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let media = try #require(try await upload(house, token).json["id"]?.string)
        let id = try await house.post("a", token: token, "media_ids[]=\(media)")
        let edited = try await house.send(
            .put, "/api/v1/statuses/\(id)", token,
            "status=a&media_ids[]=\(media)&media_attributes[][id]=\(media)&media_attributes[][description]=cat"
        ).json
        #expect(edited["media_attachments"]?.elements.first?["description"]?.string == "cat")
    }

    @Test func `trap media: v1 takes uploads too, and answers when they are done`() async throws {
        let house = try await House.make()
        let answer = try await upload(house, house.token(), "/api/v1/media")
        #expect(try answer.status == 200 && answer.json["url"]?.isNull == false)
    }

    @Test func `trap media: sizes are whole numbers`() async throws {
        let house = try await House.make()
        let original = try await upload(house, house.token()).json["meta"]?["original"]
        #expect(original?["width"]?.int == 3 && original?["height"]?.int == 2)
    }

    @Test func `trap media: a missing blurhash is null, and there`() async throws {
        let house = try await House.make()
        #expect(try await upload(house, house.token()).json["blurhash"]?.isNull == true)
    }

    @Test func `trap media: files come without cookies, with their type, and may be drawn by scripts`()
        async throws
    {
        let house = try await House.make()
        let url = try #require(try await upload(house, house.token()).json["url"]?.string)
        let file = try await house.get(String(url.dropFirst("https://home.example".count)))
        for (name, value) in [
            ("Content-Type", "image/png"), ("Accept-Ranges", "bytes"), ("Access-Control-Allow-Origin", "*"),
            ("X-Content-Type-Options", "nosniff"),
        ] {
            #expect(file.fields[name] == value)
        }
        #expect(file.fields["Set-Cookie"] == nil)
    }
}
