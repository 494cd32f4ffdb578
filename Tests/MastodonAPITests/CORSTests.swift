import HTTP
import HouseSupport
import Testing

@testable import MastodonAPI

@Suite struct CORSTests {
    @Test(arguments: [
        "/api/v1/statuses", "/api/nothing", "/oauth/token", "/oauth/revoke", "/.well-known/webfinger",
        "/nodeinfo/2.0",
    ])
    func `a browser that asks first is answered`(path: String) async throws {
        let house = try await House.make()
        let answer = try await house.send(
            Request(.options, path, fields: ["Access-Control-Request-Headers": "x-strange, authorization"]))
        #expect(answer.status == 204)
        #expect(answer.fields["Access-Control-Allow-Origin"] == "*")
        #expect(answer.fields["Access-Control-Allow-Headers"] == "x-strange, authorization")
        #expect(answer.fields["Access-Control-Max-Age"] == "7200")
        #expect(answer.fields["Access-Control-Allow-Credentials"] == nil)
    }

    @Test func `every answer may be read by browser apps, errors included`() async throws {
        let house = try await House.make()
        for path in ["/api/v2/instance", "/api/v1/timelines/home", "/api/v1/nothing", "/api/v1/accounts/1"] {
            let answer = try await house.get(path)
            #expect(answer.fields["Access-Control-Allow-Origin"] == "*", "\(path)")
            #expect(answer.fields["Access-Control-Expose-Headers"]?.hasPrefix("Link") == true)
            #expect(answer.fields["Content-Type"] == "application/json; charset=utf-8")
        }
    }

    @Test func `only paths that are shared get the field`() {
        #expect(ClientAPI.cors(for: "/api/v1/x")["Access-Control-Allow-Origin"] == "*")
        #expect(ClientAPI.cors(for: "/@ada")["Access-Control-Allow-Origin"] == "*")
        #expect(ClientAPI.cors(for: "/oauth/authorize").count == 0)
        #expect(ClientAPI.cors(for: "/inbox").count == 0)
    }
}
