import HTTP
import JSON
import Testing

@Suite struct MarkerEndpointsTests {
    @Test func `a marker is kept as it is given and counts its versions`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(
            try await house.get("/api/v1/markers?timeline[]=home&timeline[]=notifications", token).text
                == "{}")
        let first = try await house.post(
            "/api/v1/markers", token, #"{"home":{"last_read_id":"5"},"notifications":{"last_read_id":7}}"#)
        #expect(
            first.text == """
                {"home":{"last_read_id":"5","version":1,"updated_at":"2025-10-09T08:53:20.000Z"},\
                "notifications":{"last_read_id":"7","version":1,"updated_at":"2025-10-09T08:53:20.000Z"}}
                """)
        let second = try await house.post("/api/v1/markers", token, "home[last_read_id]=4").json
        #expect(second["home"]?["version"]?.int == 2)
        #expect(second["notifications"] == nil)
        let both = try await house.get("/api/v1/markers?timeline[]=home&timeline[]=notifications", token).json
        #expect(both["home"]?["last_read_id"]?.string == "4")
        #expect(both.count == 2)
        #expect(try await house.get("/api/v1/markers?timeline[]=home", token).json.count == 1)
        #expect(try await house.post("/api/v1/markers", token, "home[last_read_id]=abc").status == 422)
    }
}
