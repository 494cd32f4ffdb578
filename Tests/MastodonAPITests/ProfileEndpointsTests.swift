import Basics
import Federation
import HTTP
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
}
