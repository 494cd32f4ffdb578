import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct FilterKeywordEndpointsTests {
    @Test func `keywords come and go one by one`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let filter = try #require(
            try await house.post("/api/v2/filters", token, "title=a&context[]=home").json["id"]?.string)
        let path = "/api/v2/filters/\(filter)/keywords"
        let made = try await house.post("\(path)?keyword=Cat%2B&whole_word=false", token)
        let id = try #require(try made.json["id"]?.string)
        #expect(made.text == #"{"id":"\#(id)","keyword":"Cat+","whole_word":false}"#)
        #expect(try await house.get(path, token).text == "[\(made.text)]")
        #expect(try await house.get("/api/v2/filters/keywords/\(id)", token).text == made.text)
        for method in [Method.put, .patch] {
            let changed = try await house.send(
                method, "/api/v2/filters/keywords/\(id)", token, #"{"whole_word":true}"#)
            #expect(changed.text == #"{"id":"\#(id)","keyword":"Cat+","whole_word":true}"#)
        }
        for body in ["keyword=", "keyword=+"] {
            let refused = try await house.send(.put, "/api/v2/filters/keywords/\(id)", token, body)
            #expect(refused.text == #"{"error":"Validation failed: Keyword can't be blank"}"#)
        }
        #expect(try await house.post(path, token, "whole_word=true").status == 422)
        #expect(try await house.post("/api/v2/filters/1/keywords", token, "keyword=a").status == 404)
        #expect(try await house.send(.delete, "/api/v2/filters/keywords/\(id)", token).text == "{}")
        #expect(try await house.send(.delete, "/api/v2/filters/keywords/\(id)", token).status == 404)
        #expect(try await house.get(path, token).text == "[]")
    }
}
