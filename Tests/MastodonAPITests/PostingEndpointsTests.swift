import Basics
import Foundation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct PostingEndpointsTests {
    @Test(
        arguments: [
            (
                "application/x-www-form-urlencoded",
                "status=Hi&visibility=unlisted&spoiler_text=Careful&language=de"
            ),
            (
                "application/json",
                #"{"status":"Hi","visibility":"unlisted","spoiler_text":"Careful","language":"de","media_ids":[]}"#
            ),
            (nil, ""),
        ] as [(String?, String)])
    func `a post can come in any encoding`(type: String?, body: String) async throws {
        let house = try await House.make()
        let path =
            type == nil
            ? "/api/v1/statuses/?status=Hi&visibility=unlisted&spoiler_text=Careful&language=de"
            : "/api/v1/statuses"
        var fields: Fields = ["Authorization": "Bearer \(try await house.token("write:statuses"))"]
        if let type { fields.append("Content-Type", type) }
        let answer = try await house.send(
            Request(.post, path, fields: fields, body: .bytes(Array(body.utf8))))
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["content"]?.string == "<p>Hi</p>")
        #expect(json["visibility"]?.string == "unlisted")
        #expect(json["spoiler_text"]?.string == "Careful")
        #expect(json["sensitive"]?.bool == true)
        #expect(json["language"]?.string == "de")
        #expect(json["application"]?["name"]?.string == "Tests")
        let id = try #require(json["id"]?.string)
        #expect(id.count == 18)
        #expect(json["uri"]?.string == "https://home.example/users/ada/statuses/\(id)")
        #expect(json["url"]?.string == "https://home.example/@ada/\(id)")
    }

    @Test func `what the owner mentions and tags is found in text and lists alike`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let answer = try await house.post(
            "/api/v1/statuses", token, #"{"status":"Hi @bob@far.example and @nobody@gone.example #Grüße"}"#)
        let json = try answer.json
        let content = try #require(json["content"]?.string)
        let mention = try #require(json["mentions"]?.elements.first)
        #expect(json["mentions"]?.count == 1)
        #expect(mention["id"]?.string == bob.description)
        #expect(mention["acct"]?.string == "bob@far.example")
        #expect(content.contains("href=\"\(try #require(mention["url"]?.string))\""))
        #expect(content.contains("@nobody@gone.example"))
        let tag = try #require(json["tags"]?.elements.first)
        #expect(tag["name"]?.string == "grüße")
        #expect(content.contains("href=\"\(try #require(tag["url"]?.string))\""))
        #expect(try house.store.read { try Deliveries.count(in: $0) } == 1)
    }

    @Test(arguments: [
        (#"{"status":""}"#, 422, "blank"), (#"{"status":"  \n "}"#, 422, "blank"),
        (#"{"status":"x","visibility":"everybody"}"#, 422, "Visibility"),
        (#"{"status":"x","in_reply_to_id":"12"}"#, 404, "Record not found"),
        (#"{"status":"x","in_reply_to_id":"abc"}"#, 404, "Record not found"),
        (#"{"status":"x","media_ids":["12"]}"#, 422, "Media 12 not found"),
        (#"{"status":"x","media_ids":["abc"]}"#, 422, "not found"),
        (#"{"status":"x","content_type":"text/html"}"#, 422, "Content type"),
        (#"{"status":"x","media_ids":["1","2","3","4","5"]}"#, 422, "4 files"),
        (#"{"status":"x","quoted_status_id":"1"}"#, 404, "quote"),
        (#"{"status":"x","quoted_status_id":"abc"}"#, 404, "quote"),
        (#"{"status":"x","quote_approval_policy":"friends"}"#, 422, "policy"),
        (#"{"status":"x","scheduled_at":"tomorrow"}"#, 422, "Scheduled at is invalid"),
    ])
    func `what cannot be posted is refused with a sentence`(body: String, status: Int, word: String)
        async throws
    {
        let house = try await House.make()
        let answer = try await house.post("/api/v1/statuses", house.token(), body)
        #expect(answer.status == status)
        #expect(try answer.json["error"]?.string?.contains(word) == true, "\(answer.text)")
        #expect(try house.store.read { try Statuses.count(in: $0) } == 0)
    }

    @Test func `empty parameters count as not given`() async throws {
        let house = try await House.make()
        let body = "status=x&in_reply_to_id=&language=&scheduled_at=&spoiler_text=&visibility=&media_ids[]="
        #expect(try await house.post("/api/v1/statuses", house.token(), body).status == 200)
    }

    @Test(arguments: [
        (500, 200), (501, 422),
    ])
    func `the limit counts characters as people see them`(length: Int, status: Int) async throws {
        let house = try await House.make()
        let text = String(repeating: "👩‍👩‍👧", count: length)
        let answer = try await house.post("/api/v1/statuses", house.token(), "{\"status\":\"\(text)\"}")
        #expect(answer.status == status)
    }

    @Test func `the same idempotency key posts once, also while the first request runs`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let request = Request(
            .post, "/api/v1/statuses",
            fields: [
                "Authorization": "Bearer \(token)", "Content-Type": "application/json",
                "Idempotency-Key": "k",
            ],
            body: .bytes(Array(#"{"status":"once @slow@gone.example"}"#.utf8)))
        let ids = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<5 { group.addTask { try await house.send(request).json["id"]?.string } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(try house.store.read { try Statuses.count(in: $0) } == 1)
        house.time.advance(by: .hours(2))
        #expect(try await house.send(request).json["id"]?.string != ids.first)
    }

    @Test func `a reply belongs to the conversation of its parent, also when the parent was seen as a boost`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let parent = try await house.post("First", token: token)
        let bob = try await house.makeActor()
        let boost = try await house.makeStatus(by: bob, reblogOf: parent)
        let reply = try await house.post("Second", token: token, "in_reply_to_id=\(boost)")
        let (one, two) = try house.store.read {
            (try Statuses.find(parent, in: $0), try Statuses.find(reply, in: $0))
        }
        #expect(two?.inReplyTo == parent)
        #expect(two?.conversation == one?.conversation)
        #expect(one?.conversation == "https://home.example/contexts/\(parent)")
        let context = try await house.get("/api/v1/statuses/\(reply)/context", token).json
        #expect(context["ancestors"]?.elements.compactMap { $0["id"]?.string } == [parent.description])
    }

    @Test func `a mention that the app did not expect is refused with the account`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let answer = try await house.post(
            "/api/v1/statuses", token, #"{"status":"@bob@far.example","allowed_mentions":[]}"#)
        #expect(answer.status == 422)
        #expect(try answer.json["unexpected_accounts"]?.elements.first?["id"]?.string == bob.description)
        let fine = "{\"status\":\"@bob@far.example\",\"allowed_mentions\":[\"\(bob)\"]}"
        #expect(try await house.post("/api/v1/statuses", token, fine).status == 200)
    }

    @Test(arguments: [HTTP.Method.put, .patch])
    func `an edit replaces everything and keeps the old text in the history`(method: HTTP.Method) async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("Old #one", token: token, "spoiler_text=cw&sensitive=true&language=de")
        let answer = try await house.send(method, "/api/v1/statuses/\(id)", token, "status=New+%23two")
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["id"]?.string == id.description)
        #expect(json["edited_at"]?.string == "2025-10-09T08:53:21.000Z")
        #expect(json["spoiler_text"]?.string == "")
        #expect(json["sensitive"]?.bool == false)
        #expect(json["language"]?.string == "de")
        #expect(json["tags"]?.elements.compactMap { $0["name"]?.string } == ["two"])
        let history = try await house.get("/api/v1/statuses/\(id)/history", token).json.elements
        #expect(history.count == 2)
        #expect(history[0]["spoiler_text"]?.string == "cw")
        #expect(history[1]["content"]?.string?.contains("New") == true)
        let source = try await house.get("/api/v1/statuses/\(id)/source", token)
        #expect(source.text == "{\"id\":\"\(id)\",\"text\":\"New #two\",\"spoiler_text\":\"\"}")
    }

    @Test func `an edit that changes nothing leaves no trace`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("Same", token: token)
        let answer = try await house.send(.put, "/api/v1/statuses/\(id)", token, "status=Same")
        #expect(try answer.json["edited_at"]?.isNull == true)
        #expect(try await house.get("/api/v1/statuses/\(id)/history", token).json.count == 1)
    }

    @Test func `only the owner's posts can be edited, deleted or read as source`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor())
        #expect(try await house.send(.put, "/api/v1/statuses/\(id)", token, "status=x").status == 404)
        #expect(try await house.send(.delete, "/api/v1/statuses/\(id)", token).status == 404)
        #expect(try await house.get("/api/v1/statuses/\(id)/source", token).status == 404)
    }

    @Test func `a deletion answers the text as typed, and then the post is gone`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let typed = try await house.post("/api/v1/statuses", token, #"{"status":"Raw <b> & \"more\""}"#)
        let other = try #require(try typed.json["id"]?.string)
        let answer = try await house.send(.delete, "/api/v1/statuses/\(other)", token)
        let json = try answer.json
        #expect(json["text"]?.string == "Raw <b> & \"more\"")
        for key in ["id", "content", "spoiler_text", "media_attachments", "created_at", "visibility"] {
            #expect(json[key] != nil, "\(key)")
        }
        #expect(try await house.get("/api/v1/statuses/\(other)", token).status == 404)
        #expect(try await house.send(.delete, "/api/v1/statuses/\(other)", token).status == 404)
    }

    private func keyed(
        _ method: HTTP.Method, _ path: String, _ token: String, _ body: String, key: String = "k"
    ) -> Request {
        Request(
            method, path,
            fields: [
                "Authorization": "Bearer \(token)", "Content-Type": "application/x-www-form-urlencoded",
                "Idempotency-Key": key,
            ], body: .bytes(Array(body.utf8)))
    }

    @Test
    func `an idempotency key is the account's, whichever app sends it, and failures are not remembered`()
        async throws
    {
        let house = try await House.make()
        let (one, two) = (try await house.token(), try await house.token())
        #expect(try await house.send(keyed(.post, "/api/v1/statuses", one, "status=")).status == 422)
        let first = try await house.send(keyed(.post, "/api/v1/statuses", one, "status=a"))
        #expect(first.status == 200, "\(first.text)")
        let second = try await house.send(keyed(.post, "/api/v1/statuses", two, "status=b"))
        #expect(try second.json["id"]?.string == first.json["id"]?.string)
        #expect(first.fields["Idempotent-Replayed"] == nil)
        #expect(second.fields["Idempotent-Replayed"] == "true")
        #expect(try house.store.read { try Statuses.count(in: $0) } == 1)
        let id = try #require(try first.json["id"]?.string)
        _ = try await house.send(.delete, "/api/v1/statuses/\(id)", one)
        #expect(try await house.send(keyed(.post, "/api/v1/statuses", one, "status=a")).status == 404)
    }

    @Test func `the same edit with the same key is done once, and another one is another`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("Old", token: token)
        let path = "/api/v1/statuses/\(id)"
        let poll = "status=New&poll[options][]=a&poll[options][]=b&poll[expires_in]=600"
        let edited = try await house.send(keyed(.put, path, token, poll)).json["edited_at"]?.string
        house.time.advance(by: .seconds(30))
        #expect(try await house.send(keyed(.put, path, token, poll)).json["edited_at"]?.string == edited)
        let other = try await house.send(keyed(.put, path, token, "status=Newer")).json
        #expect(other["content"]?.string == "<p>Newer</p>")
        #expect(other["edited_at"]?.string != edited)
    }

    @Test func `an edit that names the version that it replaces is refused when that is gone`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("Old", token: token)
        func put(_ text: String, _ version: String) async throws -> Answer {
            try await house.send(
                Request(
                    .put, "/api/v1/statuses/\(id)?status=\(text)",
                    fields: ["Authorization": "Bearer \(token)", "If-Match": version]))
        }
        let path = "/api/v1/statuses/\(id)"
        let first = try #require(try await house.get(path, token).json["created_at"]?.string)
        house.time.advance(by: .seconds(1))
        let second = try #require(try await put("One", "\"\(first)\"").json["edited_at"]?.string)
        for version in [first, "", "x"] { #expect(try await put("Two", "\"\(version)\"").status == 412) }
        #expect(try await house.get(path, token).json["content"]?.string == "<p>One</p>")
        #expect(try await put("Two", "\"\(second)\"").status == 200)
        #expect(try await put("Three", "*").status == 200)
    }

    @Test func `a poll's end stays when an edit says so, and only then`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let poll = "poll[options][]=a&poll[options][]=b&poll[expires_in]="
        let made = try await house.post("/api/v1/statuses", token, "status=x&\(poll)300").json
        let path = "/api/v1/statuses/\(try #require(made["id"]?.string))"
        house.time.advance(by: .hours(1))
        let edited = try await house.send(.put, path, token, "status=y&\(poll)keep")
        #expect(try edited.json["poll"]?["expires_at"]?.string == made["poll"]?["expires_at"]?.string)
        #expect(try edited.json["poll"]?["expired"]?.bool == true)
        #expect(
            try await house.send(.put, path, token, "status=y&\(poll)keep&poll[multiple]=1").status == 422)
        #expect(try await house.post("/api/v1/statuses", token, "status=x&\(poll)keep").status == 422)
        let plain = try await house.post("Plain", token: token)
        let none = try await house.send(.put, "/api/v1/statuses/\(plain)", token, "status=y&\(poll)keep")
        #expect(none.status == 422)
    }

    @Test func `an undetermined language is none, also where the owner has one`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let made = try await house.post("/api/v1/statuses", token, "status=x&language=de").json
        let path = "/api/v1/statuses/\(try #require(made["id"]?.string))"
        #expect(try await house.send(.put, path, token, "status=y").json["language"]?.string == "de")
        let edited = try await house.send(.put, path, token, "status=y&language=und").json
        #expect(edited["language"]?.isNull == true)
    }

    @Test func `markdown is asked for with the post, or is what the owner always writes`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.makeActor()
        let body = ##"{"status":"**Hi** @bob@far.example\n\n- #one `@eve`","content_type":"text/markdown"}"##
        let post = try await house.post("/api/v1/statuses", token, body).json
        let content = try #require(post["content"]?.string)
        #expect(content.hasPrefix("<p><strong>Hi</strong> <span class=\"h-card\""))
        #expect(content.contains("<ul><li><a href=\"https://home.example/tags/one\""))
        #expect(content.contains("<code>@eve</code>"))
        #expect(post["mentions"]?.elements.compactMap { $0["acct"]?.string } == ["bob@far.example"])
        #expect(post["tags"]?.elements.compactMap { $0["name"]?.string } == ["one"])
        let id = try #require(post["id"]?.string)
        let source = try await house.get("/api/v1/statuses/\(id)/source", token).json
        #expect(source["text"]?.string?.hasPrefix("**Hi**") == true)
        #expect(source["content_type"]?.string == "text/markdown")

        // It stays what it was when it is edited, unless the app says otherwise.
        let path = "/api/v1/statuses/\(id)"
        let edited = try await house.send(.put, path, token, "status=*a*").json
        #expect(edited["content"]?.string == "<p><em>a</em></p>")
        let plain = try await house.send(.put, path, token, "status=*a*&content_type=text/plain").json
        #expect(plain["content"]?.string == "<p>*a*</p>")
        #expect(try await house.send(.put, path, token, "status=*b*").json["content"]?.string == "<p>*b*</p>")

        let setting = "source[status_content_type]=text/markdown"
        let account = try await house.send(.patch, "/api/v1/accounts/update_credentials", token, setting).json
        #expect(account["source"]?["status_content_type"]?.string == "text/markdown")
        let next = try await house.post("/api/v1/statuses", token, "status=_b_").json
        #expect(next["content"]?.string == "<p><em>b</em></p>")
        let waiting = try await house.post("/api/v1/statuses", token, "status=_b_&scheduled_at=2030-01-01")
        #expect(try waiting.json["params"]?["content_type"]?.string == "text/markdown")
    }

    @Test func `more than twenty posts at once are refused, and fewer come in the order asked for`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let one = try await house.post("one", token: token)
        let two = try await house.post("two", token: token)
        let path = "/api/v1/statuses?id[]=\(two)&id[]=12&id[]=x&id[]=\(one)"
        #expect(try await house.get(path, token).ids == [two, one].map(\.description))
        let many = (1...21).map { "id[]=\($0)" }.joined(separator: "&")
        #expect(try await house.get("/api/v1/statuses?\(many)", token).status == 422)
    }

    @Test func `what a poll hides is shown when it is over`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let body = #"{"status":"x","poll":{"options":["a","b"],"expires_in":600,"hide_totals":"1"}}"#
        let id = try #require(try await house.post("/api/v1/statuses", token, body).json["id"]?.string)
        let open = try await house.get("/api/v1/polls/\(id)", token).json
        #expect(open["options"]?.elements.allSatisfy { $0["votes_count"]?.isNull == true } == true)
        house.time.advance(by: .minutes(10))
        let over = try await house.get("/api/v1/polls/\(id)", token).json
        #expect(over["options"]?.elements.compactMap { $0["votes_count"]?.int } == [0, 0])
    }
}
