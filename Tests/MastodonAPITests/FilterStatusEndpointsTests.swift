import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct FilterStatusEndpointsTests {
    @Test func `a post is put on a filter and taken from it`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let post = try await house.makeStatus(by: house.makeActor())
        let filter = try #require(
            try await house.post("/api/v2/filters", token, "title=a&context[]=home").json["id"]?.string)
        let path = "/api/v2/filters/\(filter)/statuses"
        let made = try await house.post(path, token, "status_id=\(post)")
        let id = try #require(try made.json["id"]?.string)
        #expect(made.text == #"{"id":"\#(id)","status_id":"\#(post)"}"#)
        #expect(try await house.get(path, token).text == "[\(made.text)]")
        #expect(try await house.get("/api/v2/filters/statuses/\(id)", token).text == made.text)
        let again = try await house.post(path, token, "status_id=\(post)")
        #expect(again.status == 422)
        for body in ["", "status_id=1", "status_id=x"] {
            #expect(try await house.post(path, token, body).status == 404, "\(body)")
        }
        #expect(try await house.send(.delete, "/api/v2/filters/statuses/\(id)", token).text == "{}")
        #expect(try await house.get(path, token).text == "[]")

        _ = try await house.post(path, token, "status_id=\(post)")
        try await house.store.write { tx in try Statuses.delete(post, in: tx) }
        #expect(try await house.get(path, token).text == "[]")
    }
}
