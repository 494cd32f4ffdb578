import Basics
import HTTP
import HouseSupport
import JSON
import Media
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
        let tooLong = try await house.send(
            .put, "/api/v1/statuses/\(status)", token,
            "{\"media_ids\":[\"\(id)\"],\"media_attributes\":[{\"id\":\"\(id)\",\"description\":\"\(String(repeating: "a", count: 1_501))\"}]}"
        )
        #expect(tooLong.status == 422)
        let trimmed = try await house.send(
            .put, "/api/v1/statuses/\(status)", token,
            "{\"media_ids\":[\"\(id)\"],\"media_attributes\":[{\"id\":\"\(id)\",\"description\":\" Trimmed \"}]}"
        ).json
        #expect(trimmed["media_attachments"]?.elements.first?["description"]?.string == "Trimmed")
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

    /// Makes a PNG of three by two pixels of everything, and one red pixel for the blur.
    private static let maker: MakePicture = { _, wish, receiver, _ in
        let pixel = Array("P6 1 1 255 ".utf8) + [255, 0, 0]
        guard receiver.take((wish.form == .pixels ? pixel : Picture.png)[...]) else { return }
        receiver.finish()
    }

    @Test func `trap 15: the answer has an address, a preview and a blur at once, and GET says the same`()
        async throws
    {
        let house = try await House.make(makePicture: Self.maker)
        let token = try await house.token()
        for path in ["/api/v1/media", "/api/v2/media"] {
            let answer = try await upload(house, token, path, Picture.png(width: 1_920, height: 1_080))
            #expect(answer.status == 200, "\(answer.text)")
            let json = try answer.json
            let url = try #require(json["url"]?.string)
            let preview = try #require(json["preview_url"]?.string)
            #expect(preview != url && preview.hasPrefix("https://home.example/media/"))
            #expect(json["meta"]?["original"]?["size"]?.string == "1920x1080")
            #expect(json["meta"]?["small"]?["size"]?.string == "3x2")
            #expect(json["blurhash"]?.string == "L~TI:j|c|c|c|c|c|c|c|c|c|c|c")
            let id = try #require(json["id"]?.string)
            #expect(try await house.get("/api/v1/media/\(id)", token).text == answer.text)
            let file = try await house.get(String(preview.dropFirst("https://home.example".count)))
            #expect(file.bytes == Picture.cleanPNG, "nothing of what the maker added")
        }
    }

    @Test func `a picture that is too large is replaced by what was made of it`() async throws {
        let house = try await House.make(makePicture: Self.maker)
        let json = try await upload(
            house, try await house.token(), "/api/v2/media", Picture.png(width: 5_120, height: 2_880)
        ).json
        #expect(json["meta"]?["original"]?["size"]?.string == "3x2")
        #expect(json["preview_url"]?.string == json["url"]?.string)
    }

    @Test func `a maker that fails costs the preview, never the upload`() async throws {
        let house = try await House.make(makePicture: { _, _, receiver, _ in _ = receiver.take([1, 2, 3]) })
        let answer = try await upload(
            house, try await house.token(), "/api/v2/media", Picture.png(width: 1_920, height: 1_080))
        let json = try answer.json
        #expect(answer.status == 200)
        #expect(json["preview_url"]?.string == json["url"]?.string)
        #expect(json["blurhash"]?.isNull == true)
        #expect(json["meta"]?["small"]?["size"]?.string == "1920x1080")
    }

    /// A row as the upload of a film makes it.
    private func film(_ house: House, _ kind: Storage.Attachment.Kind = .video) async throws -> String {
        var film = Storage.Attachment(kind: kind, createdAt: house.time.now)
        film.file = String(repeating: "f", count: 64) + ".mp4"
        film.mediaType = "video/mp4"
        return try await house.store.write { [film] tx in try Attachments.insert(film, in: tx) }.description
    }

    @Test(arguments: [Storage.Attachment.Kind.video, .audio])
    func `a film or a sound is alone in its post`(kind: Storage.Attachment.Kind) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let film = try await film(house, kind)
        let picture = try #require(try await upload(house, token).json["id"]?.string)
        for later in ["", "&scheduled_at=2033-01-01T00:00:00Z"] {
            let both = try await house.post(
                "/api/v1/statuses", token, "media_ids[]=\(picture)&media_ids[]=\(film)\(later)")
            #expect(both.status == 422)
            #expect(
                try both.json["error"]?.string
                    == "Cannot attach a video to a post that already contains images")
        }
        #expect(try await house.post("/api/v1/statuses", token, "media_ids[]=\(film)").status == 200)
        #expect(try await house.post("/api/v1/statuses", token, "media_ids[]=\(picture)").status == 200)
    }

    @Test func `a film is given a picture that stands for it, and a picture is not`() async throws {
        let house = try await House.make(makePicture: Self.maker)
        let token = try await house.token()
        func show(_ id: String) async throws -> Answer {
            let body = Picture.form("thumbnail", Picture.png(width: 1_920, height: 1_080))
            return try await house.send(
                Request(
                    .put, "/api/v1/media/\(id)",
                    fields: [
                        "Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer \(token)",
                    ],
                    body: .stream(.of([body]))))
        }
        let id = try await film(house)
        let before = try await house.get("/api/v1/media/\(id)", token).json
        #expect(before["preview_url"]?.string?.hasSuffix("/static/video.png") == true)
        let after = try await show(id).json
        #expect(after["type"]?.string == "video")
        #expect(after["preview_url"]?.string?.hasPrefix("https://home.example/media/") == true)
        #expect(after["blurhash"]?.string == "L~TI:j|c|c|c|c|c|c|c|c|c|c|c")
        let picture = try #require(try await upload(house, token).json["id"]?.string)
        let refused = try await show(picture)
        #expect(refused.status == 422)
        #expect(try refused.json["error"]?.string == "Validation failed: Thumbnail must be blank")
    }

    @Test func `with a file its preview is gone`() async throws {
        let house = try await House.make(makePicture: Self.maker)
        let token = try await house.token()
        let json = try await upload(
            house, token, "/api/v2/media", Picture.png(width: 1_920, height: 1_080)
        ).json
        let names = try ["url", "preview_url"].map { key in
            String(try #require(json[key]?.string?.split(separator: "/").last))
        }
        #expect(try house.store.read { try Attachments.inUse(names, in: $0) } == Set(names))
        let id = try #require(json["id"]?.string)
        #expect(try await house.send(.delete, "/api/v1/media/\(id)", token).text == "{}")
        #expect(try house.store.read { try Attachments.inUse(names, in: $0) }.isEmpty)
    }

    @Test func `a profile picture is shrunk to what apps show`() async throws {
        let house = try await House.make(makePicture: Self.maker)
        let token = try await house.token()
        let body = Picture.form("avatar", Picture.png(width: 1_000, height: 1_000))
        let json = try await house.send(
            Request(
                .patch, "/api/v1/accounts/update_credentials",
                fields: [
                    "Content-Type": "multipart/form-data; boundary=b", "Authorization": "Bearer \(token)",
                ],
                body: .stream(.of([body])))
        ).json
        let avatar = try #require(json["avatar"]?.string)
        let file = try await house.get(String(avatar.dropFirst("https://home.example".count)))
        #expect(file.bytes == Picture.cleanPNG)
    }
}
