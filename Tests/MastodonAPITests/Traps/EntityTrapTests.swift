import Basics
import FoundationEssentials
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

/// What breaks the decoders of apps, looked for in everything that a filled house answers.
@Suite struct EntityTrapTests {
    /// What an app reads at its start, where as much as possible is missing from what strangers sent.
    private func pages() async throws -> [(path: String, json: JSONValue)] {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let bare = try await house.store.write { tx in
            try Actors.save(
                Actor(
                    uri: "https://bare.example/1", username: "bare", domain: "bare.example",
                    createdAt: Timestamp(milliseconds: 1_400_000_000_000)), in: tx)
        }
        let old = Timestamp(milliseconds: 1_400_000_000_123)
        let remote = try await house.store.write { tx in
            let id = Statuses.newID(at: old)
            let status = Status(
                uri: "https://bare.example/2", actor: bare, createdAt: old, visibility: .public)
            _ = try Statuses.insert(status, id: id, in: tx)
            try HomeTimeline.add(id, in: tx)
            return id
        }
        let own = try await house.post("Hello @bob@far.example #tag", token: token, "spoiler_text=cw")
        _ = try await house.makeStatus(by: bob, reblogOf: own)
        _ = try await house.makeStatus(by: bob, inReplyTo: remote)
        _ = try await house.post(
            "/api/v1/statuses", token, #"{"status":"?","poll":{"options":["a","b"],"expires_in":600}}"#)
        for kind in [Notification.Kind.mention, .favourite, .reblog] {
            try await house.notify(kind, from: bare, own)
        }
        try await house.notify(.follow, from: bare)
        var pages: [(path: String, json: JSONValue)] = []
        for path in [
            "/api/v1/timelines/home", "/api/v1/notifications", "/api/v2/notifications", "/api/v2/instance",
            "/api/v1/accounts/verify_credentials", "/api/v1/accounts/\(bare)", "/api/v1/statuses/\(remote)",
            "/api/v1/statuses/\(own)/history", "/api/v1/statuses/\(remote)/context",
            "/api/v1/accounts/relationships?id[]=\(bob)&id[]=\(bare)", "/api/v1/accounts/search?q=ba",
            "/api/v2/search?q=bob",
        ] {
            pages.append((path, try await house.get(path, token).json))
        }
        return pages
    }

    @Test func `trap 1: every member of posts and people is there, null or not`() async throws {
        let ofPosts = [
            "id", "uri", "created_at", "account", "content", "visibility", "sensitive", "spoiler_text",
            "media_attachments", "mentions", "tags", "emojis", "reblogs_count", "favourites_count",
            "replies_count", "quotes_count", "url", "in_reply_to_id", "in_reply_to_account_id", "reblog",
            "poll", "card", "language", "edited_at", "application", "quote", "quote_approval", "favourited",
            "reblogged", "muted", "bookmarked", "filtered",
        ]
        let ofPeople = [
            "id", "username", "acct", "display_name", "locked", "bot", "group", "discoverable", "created_at",
            "note", "url", "uri", "avatar", "avatar_static", "header", "header_static", "followers_count",
            "following_count", "statuses_count", "last_status_at", "hide_collections", "emojis", "fields",
        ]
        var posts = 0
        var people = 0
        for (path, json) in try await pages() {
            for object in json.objects {
                // Partial accounts, which have no numbers, are a shape of their own.
                let isPost = object["reblogs_count"] != nil
                guard isPost || object["followers_count"] != nil else { continue }
                posts += isPost ? 1 : 0
                people += isPost ? 0 : 1
                for name in isPost ? ofPosts : ofPeople {
                    #expect(object[name] != nil, "\(path): \(name)")
                }
                for name in ["account", "media_attachments", "mentions", "tags", "emojis"] where isPost {
                    #expect(object[name]?.isNull == false, "\(path): \(name)")
                }
            }
        }
        #expect(posts > 10 && people > 10)
    }

    @Test func `trap 2: moments have three digits after the second and a Z`() async throws {
        let moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/
        var seen = 0
        for (path, json) in try await pages() {
            for (name, value) in json.everything where name.hasSuffix("_at") && !value.isNull {
                guard let text = value.string else {
                    Issue.record("\(path): \(name) is no text")
                    continue
                }
                seen += 1
                let isDay = name == "last_status_at"
                #expect(text.wholeMatch(of: isDay ? /\d{4}-\d\d-\d\d/ : moment) != nil, "\(path): \(name)")
            }
        }
        #expect(seen > 20)
    }

    @Test func `trap 3: no address is an empty text`() async throws {
        let names: Set = [
            "url", "uri", "avatar", "avatar_static", "header", "header_static", "preview_url", "remote_url",
            "static_url", "source_url", "streaming", "image", "src",
        ]
        var seen = 0
        for (path, json) in try await pages() {
            for (name, value) in json.everything where names.contains(name) && !value.isNull {
                seen += 1
                #expect(value.string?.contains("://") == true, "\(path): \(name) is \(value.string ?? "?")")
            }
        }
        #expect(seen > 50)
    }

    @Test func `trap 4: ids are digits, and those of posts of one width whenever they were written`()
        async throws
    {
        for (path, json) in try await pages() where path != "/api/v2/instance" {
            for object in json.objects {
                guard let id = object["id"]?.string, object["permissions"] == nil else { continue }
                #expect(id.wholeMatch(of: /\d{1,19}/) != nil, "\(path): \(id)")
                if object["reblogs_count"] != nil { #expect(id.count == 18, "\(path): \(id)") }
            }
        }
    }

    @Test func `trap 5 and 6: the version begins as Mastodon's and promises no more than there is`()
        async throws
    {
        let house = try await House.make()
        for path in ["/api/v1/instance", "/api/v2/instance"] {
            let version = try #require(try await house.get(path).json["version"]?.string)
            let parts = try #require(version.wholeMatch(of: /(\d+)\.(\d+)\.\d+ \(compatible; Islet [\d.]+\)/))
            #expect(try #require(Int(parts.1)) * 100 + (try #require(Int(parts.2))) >= 403)
        }
        let promised = try await house.get("/api/v2/instance").json["api_versions"]?["mastodon"]?.int
        #expect(try 2...7 ~= #require(promised), "8 has profiles of its own, 10 collections")
    }

    @Test func `trap 7: most_recent_notification_id is an integer below 2^53`() async throws {
        let groups = try #require(
            try await pages().first { $0.path == "/api/v2/notifications" }?.json["notification_groups"])
        #expect(groups.count == 4)
        for group in groups.elements {
            let id = try #require(group["most_recent_notification_id"])
            #expect(id.kind == .number)
            #expect(try 1..<(1 << 53) ~= #require(id.int))
        }
    }

    @Test func `trap 19: what a mention links to is the address of the mentioned`() async throws {
        for (_, json) in try await pages() {
            for post in json.objects where post["reblogs_count"] != nil {
                for mention in post["mentions"]?.elements ?? [] {
                    let url = try #require(mention["url"]?.string)
                    #expect(url == "https://far.example/@bob")
                    #expect(post["content"]?.string?.contains("href=\"\(url)\"") == true)
                }
            }
        }
    }

    @Test func `trap identity: acct is bare for the owner and has a lower-case host for others`() async throws
    {
        var seen: Set<String> = []
        for (_, json) in try await pages() {
            for object in json.objects { if let acct = object["acct"]?.string { seen.insert(acct) } }
        }
        #expect(seen == ["ada", "bob@far.example", "bare@bare.example"])
    }

    @Test func `trap identity: url is the page for people, uri the id of the actor`() async throws {
        let owner = try #require(try await pages().first { $0.path.hasSuffix("verify_credentials") }?.json)
        #expect(owner["url"]?.string == "https://home.example/@ada")
        #expect(owner["uri"]?.string == "https://home.example/users/ada")
    }

    @Test(arguments: [
        (
            "trap instance: streaming_api is never null", "/api/v1/instance", ["urls", "streaming_api"],
            "wss:"
        ),
        ("trap instance: thumbnail is an object in v2", "/api/v2/instance", ["thumbnail", "url"], "https:"),
        ("trap instance: thumbnail is a text in v1", "/api/v1/instance", ["thumbnail"], "https:"),
        (
            "trap instance: contact_account is an object or null", "/api/v1/instance",
            ["contact_account", "username"], "ada"
        ),
        ("trap instance: email is a text in v1", "/api/v1/instance", ["email"], ""),
    ])
    func `texts of the instance documents`(trap: String, path: String, names: [String], start: String)
        async throws
    {
        var value = try await House.make().get(path).json
        for name in names { value = try #require(value[name], "\(trap)") }
        #expect(value.string?.hasPrefix(start) == true, "\(trap)")
    }

    @Test func `trap instance: supported_mime_types is a list, and limits fit 32 bits`() async throws {
        let house = try await House.make()
        for path in ["/api/v1/instance", "/api/v2/instance"] {
            let configuration = try #require(try await house.get(path).json["configuration"])
            let media = try #require(configuration["media_attachments"])
            #expect(
                media["supported_mime_types"]?.elements.compactMap(\.string).contains("image/png") == true)
            let numbers = configuration.everything.filter { $0.value.kind == .number }
            #expect(numbers.count > 10)
            for (name, value) in numbers {
                #expect(value.int.map { 0...Int(Int32.max) ~= $0 } == true, "\(path): \(name)")
            }
        }
    }

    @Test func `trap instance: registrations is an object in v2 and a bool in v1`() async throws {
        let house = try await House.make()
        #expect(try await house.get("/api/v1/instance").json["registrations"]?.bool == false)
        #expect(
            try await house.get("/api/v2/instance").json["registrations"]?["enabled"]?.bool == false)
    }
}
