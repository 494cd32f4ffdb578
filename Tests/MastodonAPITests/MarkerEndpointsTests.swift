import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct MarkerEndpointsTests {
    @Test func `a marker is kept as it is given and counts its versions`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(try await house.get("/api/v1/markers?timeline[]=home", token).text == "{}")
        #expect(try await house.get("/api/v1/markers", token).text == "{}")
        let first = try await house.post(
            "/api/v1/markers", token, #"{"home":{"last_read_id":"5"},"notifications":{"last_read_id":7}}"#)
        #expect(
            first.text == """
                {"home":{"last_read_id":"5","version":1,"updated_at":"2025-10-09T08:53:20.000Z"},\
                "notifications":{"last_read_id":"7","version":1,"updated_at":"2025-10-09T08:53:20.000Z"}}
                """)
        let second = try await house.post("/api/v1/markers", token, "home[last_read_id]=4").json
        #expect(second["home"]?["version"]?.int == 2)
        #expect(second["notifications"]?["version"]?.int == 1)
        let both = try await house.get("/api/v1/markers?timeline[]=home&timeline[]=notifications", token).json
        #expect(both["home"]?["last_read_id"]?.string == "4")
        #expect(both.count == 2)
        #expect(try await house.get("/api/v1/markers?timeline[]=home", token).json.count == 1)
        #expect(try await house.post("/api/v1/markers", token, "home[last_read_id]=abc").status == 422)
    }

    @Test func `trap Markers: the answer to a change holds all of them, so that no position is lost`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.post("/api/v1/markers", token, "notifications[last_read_id]=7")
        let answer = try await house.post("/api/v1/markers", token, "home[last_read_id]=5").json
        #expect(answer["home"]?["last_read_id"]?.string == "5")
        #expect(answer["notifications"]?["last_read_id"]?.string == "7")
    }

    @Test func `trap 18: who asks for both markers gets both`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let both = "/api/v1/markers?timeline[]=home&timeline[]=notifications"
        let none = try await house.get(both, token).json
        #expect(none["home"]?["last_read_id"]?.string == "0" && none["home"]?["version"]?.int == 0)
        let post = try await house.makeStatus(by: house.makeActor())
        _ = try await house.post("/api/v1/markers", token, "notifications[last_read_id]=7")
        let one = try await house.get(both, token).json
        #expect(one["home"]?["last_read_id"]?.string == post.description)
        #expect(one["notifications"]?["last_read_id"]?.string == "7")
    }

    @Test func `odd values are refused or ignored`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let refused = [
            "home[last_read_id]=-1", "home[last_read_id]=99999999999999999999", "home[last_read_id]=",
        ]
        for body in refused {
            #expect(try await house.post("/api/v1/markers", token, body).status == 422)
        }
        for body in [
            #"{"home":5}"#, #"{"home":[]}"#, #"{"home":{"last_read_id":{}}}"#, "home=x", "x=y", "{}",
        ] {
            #expect(try await house.post("/api/v1/markers", token, body).text == "{}")
        }
        #expect(try await house.get("/api/v1/markers?timeline=x&timeline[a]=b", token).status == 200)
    }
}
