import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct ProfileEndpointsTests {
    @Test(arguments: [
        (
            HTTP.Method.patch,
            """
            display_name=Ada+L.&note=Hi+%23math&locked=true&bot=1&discoverable=0&indexable=true\
            &fields_attributes[0][name]=Web&fields_attributes[0][value]=https://ada.example\
            &fields_attributes[1][name]=&fields_attributes[1][value]=\
            &source[privacy]=private&source[sensitive]=true&source[language]=en
            """
        ),
        (
            .put,
            #"""
            {"display_name":"Ada L.","note":"Hi #math","locked":true,"bot":true,"discoverable":false,"indexable":true,
            "fields_attributes":[{"name":"Web","value":"https://ada.example"}],
            "source":{"privacy":"private","sensitive":true,"language":"en"}}
            """#
        ),
    ])
    func `the profile is changed in every encoding`(method: HTTP.Method, body: String) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let answer = try await house.send(method, "/api/v1/accounts/update_credentials", token, body)
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["display_name"]?.string == "Ada L.")
        #expect(json["note"]?.string?.contains("https://home.example/tags/math") == true)
        #expect(json["locked"]?.bool == true)
        #expect(json["bot"]?.bool == true)
        #expect(json["discoverable"]?.bool == false)
        #expect(json["indexable"]?.bool == true)
        #expect(json["fields"]?.count == 1)
        #expect(
            json["fields"]?.elements.first?["value"]?.string?.contains("rel=\"nofollow noopener me\"") == true
        )
        #expect(json["source"]?["note"]?.string == "Hi #math")
        #expect(json["source"]?["fields"]?.elements.first?["value"]?.string == "https://ada.example")
        #expect(json["source"]?["privacy"]?.string == "private")
        let preferences = try await house.get("/api/v1/preferences", token).json
        #expect(preferences["posting:default:visibility"]?.string == "private")
        #expect(preferences["posting:default:sensitive"]?.bool == true)
        #expect(preferences["posting:default:language"]?.string == "en")
        let post = try await house.post("/api/v1/statuses", token, "status=x").json
        #expect(post["visibility"]?.string == "private")
        #expect(post["sensitive"]?.bool == true)
    }

    @Test func `what is not named stays, and what is given empty is cleared`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.send(
            .patch, "/api/v1/accounts/update_credentials", token, "note=Text&locked=true")
        let json = try await house.send(.patch, "/api/v1/accounts/update_credentials", token, "display_name=")
            .json
        #expect(json["display_name"]?.string == "")
        #expect(json["source"]?["note"]?.string == "Text")
        #expect(json["locked"]?.bool == true)
    }

    @Test(arguments: [
        "display_name=\(String(repeating: "x", count: 31))", "note=\(String(repeating: "x", count: 501))",
        "source[privacy]=secret",
        (0..<5).map { "fields_attributes[\($0)][name]=a" }.joined(separator: "&"),
        "fields_attributes[0][name]=\(String(repeating: "x", count: 256))",
    ])
    func `too long or too many is refused`(body: String) async throws {
        let house = try await House.make()
        let answer = try await house.send(.patch, "/api/v1/accounts/update_credentials", house.token(), body)
        #expect(answer.status == 422)
        #expect(try answer.json["error"]?.string?.hasPrefix("Validation failed") == true)
    }

    @Test func `followers are told`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        try await house.store.write { tx in
            _ = try Followers.insert(bob, uri: "u", owner: house.identity.owner, in: tx)
        }
        _ = try await house.send(.patch, "/api/v1/accounts/update_credentials", house.token(), "note=x")
        #expect(try house.store.read { try Deliveries.count(in: $0) } == 1)
    }

    @Test func `what is too long is named in the details`() async throws {
        let house = try await House.make()
        let note = String(repeating: "x", count: 501)
        let json = try await house.send(
            .patch, "/api/v1/accounts/update_credentials", house.token(), "note=\(note)"
        ).json
        #expect(json["details"]?["note"]?.elements.first?["error"]?.string == "ERR_TOO_LONG")
        #expect(json["details"]?["note"]?.elements.first?["description"]?.string?.contains("500") == true)
    }

    @Test(arguments: [
        "source[quote_policy]=friends", "source[status_content_type]=text/html",
        "attribution_domains[]=not+a+host", "avatar_description=\(String(repeating: "x", count: 1_501))",
    ])
    func `what there is not is refused`(body: String) async throws {
        let house = try await House.make()
        let answer = try await house.send(.patch, "/api/v1/accounts/update_credentials", house.token(), body)
        #expect(answer.status == 422, "\(answer.text)")
    }

    @Test(arguments: [HTTP.Method.put, .patch])
    func `the profile as it is edited shows what was typed and what becomes of it`(method: HTTP.Method)
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let first = try await house.get("/api/v1/profile", token).json
        #expect(first["avatar"]?.isNull == true && first["header_static"]?.isNull == true)
        #expect(first["show_media"]?.bool == true)
        let answer = try await house.send(
            method, "/api/v1/profile", token,
            """
            {"note":"Hi #math","fields_attributes":{"0":{"name":"Web","value":"https://ada.example"}},
            "show_media":false,"show_media_replies":false,"avatar_description":"A face","hide_collections":true,
            "attribution_domains":["Press.example"]}
            """)
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["id"]?.string == house.identity.owner.description)
        #expect(json["note"]?.string == "Hi #math")
        #expect(json["formatted_note"]?.string?.hasPrefix("<p>Hi <a") == true)
        #expect(json["fields"]?.elements.first?["value"]?.string == "https://ada.example")
        #expect(json["formatted_fields"]?.elements.first?["value"]?.string?.hasPrefix("<a") == true)
        #expect(json["avatar_description"]?.string == "A face")
        #expect(json["show_media"]?.bool == false && json["show_featured"]?.bool == true)
        #expect(json["attribution_domains"]?.elements.compactMap(\.string) == ["press.example"])
        let account = try await house.get("/api/v1/accounts/\(house.identity.owner)", token).json
        #expect(account["avatar_description"]?.string == "A face")
        #expect(account["hide_collections"]?.bool == true)
        #expect(account["show_media_replies"]?.bool == false)
    }

    @Test(arguments: ["avatar", "header"])
    func `a picture that is taken away takes its description along`(name: String) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let request = Request(
            .patch, "/api/v1/profile",
            fields: ["Authorization": "Bearer \(token)", "Content-Type": "multipart/form-data; boundary=b"],
            body: .bytes(Picture.form(name, Picture.png, [("\(name)_description", "A hat")])))
        let set = try await house.send(request).json
        #expect(set[name]?.string?.hasPrefix("https://home.example/media/") == true)
        #expect(set["\(name)_description"]?.string == "A hat")
        let gone = try await house.send(.delete, "/api/v1/profile/\(name)", token).json
        #expect(gone[name]?.string?.hasSuffix("missing.png") == true)
        #expect(gone["\(name)_description"]?.string == "")
        #expect(gone["source"] != nil)
    }

    @Test func `defaults of new posts come from the owner, and an app may say otherwise`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.send(
            .patch, "/api/v1/accounts/update_credentials", token,
            "source[privacy]=unlisted&source[sensitive]=1&source[language]=nn&source[quote_policy]=nobody")
        let preferences = try await house.get("/api/v1/preferences", token).json
        #expect(preferences["posting:default:quote_policy"]?.string == "nobody")
        let post = try await house.post("/api/v1/statuses", token, "status=x").json
        #expect(post["visibility"]?.string == "unlisted" && post["language"]?.string == "nn")
        #expect(post["quote_approval"]?["automatic"]?.count == 0)
        let other = try await house.post(
            "/api/v1/statuses", token,
            "status=x&visibility=public&sensitive=false&language=de&quote_approval_policy=public"
        ).json
        #expect(other["visibility"]?.string == "public" && other["sensitive"]?.bool == false)
        #expect(other["quote_approval"]?["automatic"]?.elements.compactMap(\.string) == ["public"])
    }
}
