import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct LegacyFilterEndpointsTests {
    @Test func `trap Filters: the old list has one item for each keyword, as iO, An and Pi need it`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        #expect(try await house.get("/api/v1/filters", token).text == "[]")
        _ = try await house.post(
            "/api/v2/filters", token,
            "title=Two&context[]=home&context[]=thread&filter_action=hide&keywords_attributes[][keyword]=a&keywords_attributes[][keyword]=b"
        )
        _ = try await house.post("/api/v2/filters", token, "title=None&context[]=home")
        let list = try await house.get("/api/v1/filters", token)
        #expect(try list.json.elements.map { $0["phrase"]?.string } == ["a", "b"])
        let first = try #require(try list.json.elements.first)
        let id = try #require(first["id"]?.string)
        #expect(
            try await house.get("/api/v1/filters/\(id)", token).text == """
                {"id":"\(id)","phrase":"a","context":["home","thread"],"whole_word":true,"expires_at":null,\
                "irreversible":true}
                """)
    }

    @Test func `an old filter is a new one with one keyword`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let made = try await house.post(
            "/api/v1/filters", token,
            "phrase=cat&context[]=home&irreversible=true&whole_word=false&expires_in=")
        let id = try #require(try made.json["id"]?.string)
        let new = try await house.get("/api/v2/filters", token).json.elements
        #expect(new.map { $0["title"]?.string } == ["cat"])
        #expect(new.map { $0["filter_action"]?.string } == ["hide"])
        #expect(new.first?["keywords"]?.elements.map { $0["id"]?.string } == [id])

        let changed = try await house.send(
            .put, "/api/v1/filters/\(id)", token,
            "phrase=dog&context[]=public&irreversible=false&expires_in=60")
        #expect(
            changed.text == """
                {"id":"\(id)","phrase":"dog","context":["public"],"whole_word":false,\
                "expires_at":"2025-10-09T08:54:20.000Z","irreversible":false}
                """)
        for body in ["", "phrase=a", "context[]=home", "phrase=+&context[]=home", "phrase=a&context[]=x"] {
            #expect(try await house.post("/api/v1/filters", token, body).status == 422, "\(body)")
        }
        #expect(try await house.send(.delete, "/api/v1/filters/\(id)", token).text == "{}")
        #expect(try await house.get("/api/v2/filters", token).text == "[]", "it goes with its last keyword")
        #expect(try await house.send(.delete, "/api/v1/filters/\(id)", token).status == 404)
    }

    @Test func `what belongs to several keywords is not changed through one of them`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let made = try await house.post(
            "/api/v2/filters", token,
            "title=a&context[]=home&keywords_attributes[][keyword]=a&keywords_attributes[][keyword]=b")
        let id = try #require(try made.json["keywords"]?.elements.first?["id"]?.string)
        let path = "/api/v1/filters/\(id)"
        #expect(try await house.send(.put, path, token, "context[]=public").status == 422)
        #expect(try await house.send(.put, path, token, "phrase=other&context[]=home").status == 422)
        #expect(try await house.get(path, token).json["phrase"]?.string == "a", "nothing of it was done")
        let word = try await house.send(.put, path, token, "phrase=a&whole_word=false&context[]=home")
        #expect(try word.json["whole_word"]?.bool == false)
        _ = try await house.send(.delete, path, token)
        #expect(
            try await house.get("/api/v1/filters", token).json.elements.map { $0["phrase"]?.string } == ["b"])
    }
}
