import HTTP
import Testing

@Suite struct MediaTypeTests {
    @Test func `a type has parameters in any order, quoted or not`() throws {
        let type = try #require(
            MediaType("Multipart/Form-Data; charset=utf-8 ;BOUNDARY=\"a;b \\\"c\\\"\"; x; =y; z = 1"))
        #expect(
            type.type == "multipart" && type.subtype == "form-data" && type.essence == "multipart/form-data")
        #expect(
            type["boundary"] == "a;b \"c\"" && type["Charset"] == "utf-8" && type["z"] == "1"
                && type["x"] == nil)
        #expect(type.parameters.map(\.name) == ["charset", "boundary", "z"])
    }

    @Test(arguments: ["", "text", "/", "text/", "/html", "te xt/html", "text/html/x", ";charset=x"])
    func `what has no type and subtype is none`(header: String) {
        #expect(MediaType(header) == nil)
    }

    @Test(arguments: [
        ("application/activity+json", true), ("Application/Activity+JSON; charset=utf-8", true),
        ("application/activity+json; profile=\"x\"", true), ("application/ld+json", false),
        ("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"", true),
        ("application/ld+json; profile=\"http://www.w3.org/ns/activitystreams\"", true),
        ("application/ld+json; charset=utf-8; profile=\"a https://www.w3.org/ns/activitystreams\"", true),
        ("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams2\"", false),
        ("application/ld+json; profile=\"\"", false), ("application/json", false), ("text/html", false),
        ("text/plain", false), ("application/octet-stream", false), ("application/activity+jsonx", false),
    ])
    func `only ActivityPub's own types are activities`(header: String, isActivity: Bool) throws {
        #expect(try #require(MediaType(header)).isActivity == isActivity)
    }
}
