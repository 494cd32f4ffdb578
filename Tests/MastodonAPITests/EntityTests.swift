import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

/// Entities compared whole: apps refuse a page for one key that is missing or of another type.
@Suite struct EntityTests {
    @Test func `a status with everything`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let id = try await house.makeStatus(by: bob, "<p>\"Hi\" \\ \n\u{1}</p>")
        let media = try await house.store.write { tx in
            var status = try #require(try Statuses.find(id, in: tx))
            status.language = "en"
            status.spoiler = "cw"
            status.sensitive = true
            status.emojis = try Emojis.keep([("x", "https://far.example/x")], of: "far.example", in: tx)
            try Statuses.update(status, in: tx)
            try Hashtags.insert("tag", status: id, in: tx)
            try Mentions.insert(status: id, actor: house.identity.owner, in: tx)
            var attachment = Attachment(kind: .image, createdAt: house.time.now)
            attachment.status = id
            attachment.remoteURL = "https://far.example/a.png"
            attachment.width = 300
            attachment.height = 200
            attachment.focusX = 0.5
            attachment.focusY = -0.25
            return try Attachments.insert(attachment, in: tx)
        }
        let answer = try await house.get("/api/v1/statuses/\(id)", house.token())
        let picture = house.identity.media(RemoteFile(.attachment, media.value), at: "")
        let emoji = house.identity.media(RemoteFile(.emoji, 1), at: "")
        #expect(
            answer.text == """
                {"id":"\(id)","uri":"https://far.example/posts/\(id)","url":"https://far.example/posts/\(id)",\
                "created_at":"2025-10-09T08:53:21.000Z","edited_at":null,"account":\(account(bob)),\
                "content":"<p>\\"Hi\\" \\\\ \\n\\u0001</p>","visibility":"public","sensitive":true,"spoiler_text":"cw",\
                "media_attachments":[{"id":"\(media)","type":"image","url":"\(picture)",\
                "preview_url":"\(picture)","remote_url":"https://far.example/a.png",\
                "preview_remote_url":null,"text_url":null,"meta":{"original":{"width":300,"height":200,\
                "size":"300x200","aspect":1.5},"small":{"width":300,"height":200,"size":"300x200","aspect":1.5},\
                "focus":{"x":0.5,"y":-0.25}},"description":null,"blurhash":null}],\
                "mentions":[{"id":"\(house.identity.owner)","username":"ada","acct":"ada",\
                "url":"https://home.example/@ada"}],"tags":[{"name":"tag","url":"https://home.example/tags/tag"}],\
                "emojis":[{"shortcode":"x","url":"\(emoji)","static_url":"\(emoji)",\
                "visible_in_picker":false,"category":null}],"reblogs_count":0,"favourites_count":0,"replies_count":0,"quotes_count":0,\
                "favourited":false,"reblogged":false,"muted":false,"bookmarked":false,"application":null,\
                "in_reply_to_id":null,"in_reply_to_account_id":null,"language":"en","poll":null,"card":null,\
                "quote":null,"quote_approval":{"automatic":[],"manual":[],"current_user":"denied"},\
                "tagged_collections":[],"filtered":[],"reblog":null}
                """)
    }

    private func account(_ id: ActorID) -> String {
        """
        {"id":"\(id)","username":"bob","acct":"bob@far.example","url":"https://far.example/@bob",\
        "uri":"https://far.example/users/bob","display_name":"Bob","note":"",\
        "avatar":"https://home.example/static/avatar/missing.png",\
        "avatar_static":"https://home.example/static/avatar/missing.png","avatar_description":"",\
        "header":"https://home.example/static/header/missing.png",\
        "header_static":"https://home.example/static/header/missing.png","header_description":"",\
        "locked":false,"bot":false,"group":false,"discoverable":false,"indexable":false,"noindex":true,\
        "created_at":"2022-04-15T05:20:00.000Z","last_status_at":null,"statuses_count":0,"followers_count":0,\
        "following_count":0,"emojis":[],"fields":[],"roles":[],"hide_collections":null,\
        "feature_approval":{"automatic":[],"manual":[],"current_user":"denied"},"show_media":true,\
        "show_media_replies":true,"show_featured":true}
        """
    }

    @Test func `an account alone`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let token = try await house.token()
        #expect(try await house.get("/api/v1/accounts/\(bob)", token).text == account(bob))
        #expect(
            try await house.get("/api/v1/accounts/lookup?acct=@Bob@FAR.example", token).text == account(bob))
        #expect(try await house.get("/api/v1/accounts?id[]=\(bob)&id[]=3", token).text == "[\(account(bob))]")
        #expect(try await house.get("/api/v1/accounts/lookup?acct=eve@far.example", token).status == 404)
    }

    @Test func `the owner's account has a source and a role, and no e-mail`() async throws {
        let house = try await House.make()
        let json = try await house.get("/api/v1/accounts/verify_credentials", house.token("profile")).json
        #expect(json["acct"]?.string == "ada")
        #expect(json["url"]?.string == "https://home.example/@ada")
        let source = try #require(json["source"])
        #expect(
            source.members.map(\.key) == [
                "note", "fields", "privacy", "sensitive", "language", "follow_requests_count",
                "hide_collections",
                "discoverable", "indexable", "attribution_domains", "quote_policy",
                "status_content_type", "also_known_as_uris",
            ])
        #expect(source["privacy"]?.string == "public")
        #expect(json["role"]?["permissions"]?.string == "0")
        #expect(json["email"] == nil)
    }

    @Test func `a relationship has every member as a real boolean`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let answer = try await house.get("/api/v1/accounts/relationships?id=\(bob)&id[]=77", house.token())
        #expect(
            answer.text == """
                [{"id":"\(bob)","following":false,"showing_reblogs":false,"notifying":false,"languages":null,\
                "followed_by":false,"blocking":false,"blocked_by":false,"muting":false,"muting_notifications":false,\
                "muting_expires_at":null,"requested":false,"requested_by":false,"domain_blocking":false,\
                "endorsed":false,"note":""}]
                """)
    }

    @Test func `the instance documents have what strict apps decode`() async throws {
        let house = try await House.make()
        let v2 = try await house.get("/api/v2/instance").json
        #expect(v2["version"]?.string == "4.5.9 (compatible; Islet 1.0.0)")
        #expect(v2["domain"]?.string == "home.example")
        #expect(v2["thumbnail"]?["url"]?.string == "https://home.example/static/header/missing.png")
        #expect(v2["registrations"]?["enabled"]?.bool == false)
        #expect(v2["contact"]?["email"]?.string == "")
        #expect(v2["contact"]?["account"]?["acct"]?.string == "ada")
        #expect(v2["configuration"]?["urls"]?["streaming"]?.string == "wss://home.example")
        #expect(v2["configuration"]?["statuses"]?["max_characters"]?.int == 500)
        #expect(v2["configuration"]?["polls"]?["max_expiration"]?.int == 2_629_746)
        for key in [
            "title", "source_url", "description", "usage", "icon", "languages", "api_versions", "rules",
        ] {
            #expect(v2[key] != nil, "\(key)")
        }
        let v1 = try await house.get("/api/v1/instance").json
        #expect(v1["uri"]?.string == "home.example")
        #expect(v1["thumbnail"]?.string == "https://home.example/static/header/missing.png")
        #expect(v1["registrations"]?.bool == false)
        #expect(v1["email"]?.string == "")
        #expect(v1["contact_account"]?["username"]?.string == "ada")
        for key in ["max_characters", "max_media_attachments", "characters_reserved_per_url"] {
            #expect(v1["configuration"]?["statuses"]?[key]?.int != nil, "\(key)")
        }
        for key in [
            "image_size_limit", "image_matrix_limit", "video_size_limit", "video_frame_rate_limit",
            "video_matrix_limit",
        ] {
            #expect(
                v1["configuration"]?["media_attachments"]?[key]?.int.map { $0 <= Int(Int32.max) } == true,
                "\(key)")
        }
    }

    @Test(arguments: [
        "/api/v1/custom_emojis", "/api/v1/instance/peers", "/api/v1/announcements", "/api/v1/trends",
        "/api/v2/suggestions",
        "/api/v1/filters", "/api/v2/filters", "/api/v1/lists", "/api/v1/conversations",
        "/api/v1/followed_tags",
        "/api/v1/domain_blocks", "/api/v1/scheduled_statuses", "/api/v1/notifications/requests",
    ])
    func `what there is none of is an empty list`(path: String) async throws {
        let house = try await House.make()
        #expect(try await house.get(path, house.token()).text == "[]")
    }

    @Test func `everything unknown is not found, in JSON, with any method`() async throws {
        let house = try await House.make()
        for method in [HTTP.Method.get, .post, .put, .patch, .delete] {
            let answer = try await house.send(method, "/api/v9/nothing/at/all", nil)
            #expect(answer.status == 404)
            #expect(answer.text == #"{"error":"Record not found"}"#)
        }
        #expect(try await house.post("/api/v1/instance", nil).status == 404)
        #expect(try await house.get("/api/v1/instance/translation_languages").text == "{}")
    }

    @Test func `every endpoint has its scope`() async throws {
        let house = try await House.make()
        let token = try await house.token("push")
        for path in [
            "/api/v1/timelines/home", "/api/v1/notifications", "/api/v2/notifications", "/api/v1/preferences",
            "/api/v1/markers",
            "/api/v1/favourites", "/api/v1/bookmarks", "/api/v1/accounts/relationships",
            "/api/v1/lists",
            "/api/v1/filters", "/api/v1/follow_requests", "/api/v1/accounts/verify_credentials",
            "/api/v1/blocks", "/api/v1/mutes",
        ] {
            let denied = try await house.get(path, token)
            #expect(denied.status == 403, "\(path)")
            #expect(try denied.json["error"]?.string == "This action is outside the authorized scopes")
            #expect(try await house.get(path).status == 401, "\(path)")
            #expect(try await house.get(path, house.token("read follow")).status == 200, "\(path)")
        }
    }
}
