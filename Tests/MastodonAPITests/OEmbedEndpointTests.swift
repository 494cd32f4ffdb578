import Federation
import HouseSupport
import JSON
import Storage
import Testing

struct OEmbedEndpointTests {
    @Test func `a post for everybody can be shown elsewhere, no larger than asked`() async throws {
        let house = try await House.make()
        let id = try await house.makeStatus(by: house.identity.owner)
        for address in ["https://home.example/@ada/\(id)", "https://home.example/users/ada/statuses/\(id)"] {
            let json = try await house.get("/api/oembed?url=\(address)&maxwidth=300&maxheight=9000").json
            #expect(json["width"]?.int == 300 && json["height"]?.isNull == true)
            #expect(
                json["html"]?.string
                    == """
                    <iframe src="https://home.example/@ada/\(id)/embed" width="300" height="480" \
                    title="A post by @ada" allowfullscreen sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
                    """)
            #expect(json["provider_url"]?.string == "https://home.example/")
        }
        #expect(
            try await house.get("/api/oembed?format=xml&url=https://home.example/@ada/\(id)").status == 404)
    }

    @Test func `nothing else can`() async throws {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let foreign = try await house.makeStatus(by: bob)
        let hidden = try await house.makeStatus(by: house.identity.owner, visibility: .private)
        for url in [
            "", "x", "https://home.example/@ada", "https://home.example/@ada/\(foreign)",
            "https://home.example/@ada/\(hidden)", "https://far.example/@ada/\(hidden)",
            "https://home.example/@ada/1",
        ] {
            #expect(try await house.get("/api/oembed?url=\(url)").status == 404)
        }
    }
}
