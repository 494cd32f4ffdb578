import Basics
import HTTP
import JSON
import Storage
import Testing

@Suite struct MediaUploadEndpointsTests {
    private func upload(
        _ house: House, _ token: String?, _ path: String = "/api/v2/media", _ bytes: [UInt8] = Picture.png,
        _ texts: [(String, String)] = []
    ) async throws -> Answer {
        let body = Picture.form("file", bytes, texts)
        var fields: Fields = ["Content-Type": "multipart/form-data; charset=utf-8; boundary=\"b\""]
        if let token { fields.append("Authorization", "Bearer \(token)") }
        let chunks = stride(from: 0, to: body.count, by: 7).map { Array(body[$0..<min($0 + 7, body.count)]) }
        return try await house.send(Request(.post, path, fields: fields, body: .stream(.of(chunks))))
    }

    @Test(arguments: ["/api/v1/media", "/api/v2/media"])
    func `a picture is stored without what it says about its maker`(path: String) async throws {
        let house = try await House.make()
        let token = try await house.token("write:media")
        let answer = try await upload(
            house, token, path, Picture.png, [("description", "A cat"), ("focus", "-0.5,2")])
        let json = try answer.json
        #expect(answer.status == 200, "\(answer.text)")
        #expect(json["type"]?.string == "image")
        #expect(json["description"]?.string == "A cat")
        #expect(json["meta"]?["original"]?["size"]?.string == "3x2")
        #expect(json["meta"]?["focus"]?["x"]?.double == -0.5)
        #expect(json["meta"]?["focus"]?["y"]?.double == 1)
        let url = try #require(json["url"]?.string)
        #expect(url.hasPrefix("https://home.example/media/") && url.hasSuffix(".png"))
        let file = try await house.get(String(url.dropFirst("https://home.example".count)))
        #expect(file.bytes == Picture.cleanPNG)
        #expect(file.fields["Content-Type"] == "image/png")
        let id = try #require(json["id"]?.string)
        #expect(try await house.get("/api/v1/media/\(id)", token).text == answer.text)
    }

    @Test func `strangers upload nothing, and what is no picture is refused`() async throws {
        let house = try await House.make()
        #expect(try await upload(house, nil).status == 401)
        #expect(try await upload(house, house.token("read")).status == 403)
        let token = try await house.token()
        let text = try await upload(house, token, "/api/v2/media", Array("just some text, honestly".utf8))
        #expect(text.status == 422)
        #expect(try text.json["error"]?.string == "Files of this kind cannot be uploaded here")
        #expect(try await upload(house, token, "/api/v2/media", Array(Picture.png.dropLast(5))).status == 422)
        #expect(try await house.post("/api/v2/media", token, "file=x").status == 422)
    }

    @Test(arguments: [HTTP.Method.put, .patch])
    func `a description can follow until the picture is posted`(method: HTTP.Method) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try #require(try await upload(house, token).json["id"]?.string)
        let described = try await house.send(
            method, "/api/v1/media/\(id)", token, "description=Later&focus=0,0"
        ).json
        #expect(described["description"]?.string == "Later")
        let post = try await house.post("/api/v1/statuses", token, "media_ids[]=\(id)").json
        #expect(post["media_attachments"]?.elements.first?["description"]?.string == "Later")
        #expect(try await house.send(method, "/api/v1/media/\(id)", token, "description=x").status == 404)
        #expect(try await house.get("/api/v1/media/\(id)", token).status == 404)
        #expect(try await house.send(.delete, "/api/v1/media/\(id)", token).status == 422)

        let status = try #require(post["id"]?.string)
        let edited = try await house.send(
            .put, "/api/v1/statuses/\(status)", token,
            "{\"media_ids\":[\"\(id)\"],\"media_attributes\":[{\"id\":\"\(id)\",\"description\":\"Edited\",\"focus\":\"0.1,0.2\"}]}"
        ).json
        #expect(edited["media_attachments"]?.elements.first?["description"]?.string == "Edited")
        #expect(edited["edited_at"]?.isNull == false)
    }

    @Test func `a deleted post gives its pictures back for another`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let first = try #require(try await upload(house, token).json["id"]?.string)
        let second = try #require(try await upload(house, token).json["id"]?.string)
        let post = try await house.post(
            "/api/v1/statuses", token, "media_ids[]=\(second)&media_ids[]=\(first)"
        ).json
        #expect(post["media_attachments"]?.elements.compactMap { $0["id"]?.string } == [second, first])
        let id = try #require(post["id"]?.string)
        let edited = try await house.send(
            .put, "/api/v1/statuses/\(id)", token, "status=x&media_ids[]=\(first)"
        ).json
        #expect(edited["media_attachments"]?.count == 1)
        let gone = try await house.send(.delete, "/api/v1/statuses/\(id)", token).json
        #expect(gone["media_attachments"]?.count == 1)
        let again = try await house.post(
            "/api/v1/statuses", token, "media_ids[]=\(first)&media_ids[]=\(second)"
        ).json
        #expect(again["media_attachments"]?.count == 2)
    }

    @Test func `a picture that is not used can be deleted, and with a post if that is wanted`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try #require(try await upload(house, token).json["id"]?.string)
        #expect(try await house.send(.delete, "/api/v1/media/\(id)", token).text == "{}")
        #expect(try await house.get("/api/v1/media/\(id)", token).status == 404)
        let other = try #require(try await upload(house, token).json["id"]?.string)
        let post = try #require(
            try await house.post("/api/v1/statuses", token, "media_ids[]=\(other)").json["id"]?.string)
        _ = try await house.send(.delete, "/api/v1/statuses/\(post)?delete_media=true", token)
        #expect(try await house.get("/api/v1/media/\(other)", token).status == 404)
    }

    @Test func `a profile picture comes in a form and can be taken away`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let body = Picture.form("avatar", Picture.png, [("display_name", "New")])
        let answer = try await house.send(
            Request(
                .patch, "/api/v1/accounts/update_credentials",
                fields: [
                    "Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer \(token)",
                ],
                body: .stream(.of([body]))))
        let json = try answer.json
        #expect(json["display_name"]?.string == "New")
        #expect(json["avatar"]?.string?.hasPrefix("https://home.example/media/") == true)
        #expect(json["avatar"]?.string == json["avatar_static"]?.string)
        let without = try await house.send(.delete, "/api/v1/profile/avatar", token).json
        #expect(without["avatar"]?.string?.hasSuffix("/missing.png") == true)
    }
}
