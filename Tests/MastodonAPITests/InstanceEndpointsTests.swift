import HouseSupport
import JSON
import Storage
import Testing

struct InstanceEndpointsTests {
    @Test func `the owner's text and rules are told to apps`() async throws {
        let house = try await House.make()
        #expect(try await house.get("/api/v1/instance/rules").text == "[]")
        try await house.store.write { tx in
            try Settings.set(.about, to: "Hello <b>\n\n@ada @bob", in: tx)
            try Settings.set(.rules, to: "Be <i>kind</i>\n\n Ask first \n", in: tx)
        }
        let rules =
            #"[{"id":"1","text":"Be <i>kind</i>","hint":""},{"id":"2","text":"Ask first","hint":""}]"#
        #expect(try await house.get("/api/v1/instance/rules").text == rules)
        for path in ["/api/v1/instance", "/api/v2/instance"] {
            #expect(try await house.get(path).text.contains("\"rules\":\(rules)"))
        }
        let about = try await house.get("/api/v1/instance/extended_description").json["content"]?.string
        #expect(about?.hasPrefix("<p>Hello &lt;b&gt;</p><p><span class=\"h-card\"") == true)
        #expect(about?.hasSuffix(" @bob</p>") == true)
    }

    @Test func `without a text the profile tells what this is`() async throws {
        var name = House.Name()
        name.change = { $0.summary = "<p>Me</p>" }
        let house = try await House.make(name)
        #expect(
            try await house.get("/api/v1/instance/extended_description").json["content"]?.string
                == "<p>Me</p>")
    }
}
