import HTTP
import Testing

@Suite struct AcceptTests {
    @Test(arguments: [
        "application/activity+json", "APPLICATION/Activity+JSON", "application/ld+json",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "application/ld+json;profile=\"http://www.w3.org/ns/activitystreams\"",
        "application/ld+json; profile=\"x https://www.w3.org/ns/activitystreams\"",
        "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "text/html, application/activity+json;q=0.1", "text/html;q=0.9,application/ld+json;q=0.001",
        "application/json", "application/json, text/plain, */*", "application/json, text/html",
        "text/html;q=0.5, application/json", "application/json;q=0.8, text/html;q=0.7",
        "*/*, application/json",
        "text/html; x=\"a,b\", application/activity+json", "application/json;q=.5",
        "application/activity+json;q=x", "text/html;q=0, application/json;q=0.1",
    ])
    func `an activity is preferred`(header: String) {
        #expect(Accept(header).prefersActivity)
    }

    @Test(arguments: [
        nil, "", "*/*", "text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/json", "application/json;q=0.9, text/html", "application/activity+json;q=0",
        "application/activity+json;q=0.000", "application/ld+json; profile=\"https://example.com/other\"",
        "application/json;q=0", "application/*", "image/png, application/xml",
        "text/html;y=\"application/activity+json\"",
        "application/activity+json;q=0.0001",
    ])
    func `a page is preferred`(header: String?) {
        #expect(!Accept(header).prefersActivity)
    }

    @Test func `an endless list is not read to its end`() {
        #expect(
            !Accept(String(repeating: "a/b,", count: 1_000) + "application/activity+json").prefersActivity)
    }
}
