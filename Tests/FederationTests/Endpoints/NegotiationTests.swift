import Federation
import HTTP
import Testing

struct NegotiationTests {
    @Test(arguments: [
        ("application/activity+json", true),
        (#"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#, true),
        (
            #"application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams""#,
            true
        ),
        ("application/ld+json", true), ("APPLICATION/Activity+JSON;q=0.1", true),
        ("text/html, application/activity+json", true),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", false),
        ("*/*", false), ("", false), ("application/json", true), ("application/json, text/html", true),
        ("text/html, application/json", false), ("text/html;q=0.5, application/json", true),
        ("application/json;q=0.4, text/html;q=0.5", false), ("application/activity+json;q=0", false),
        ("application/activity+json;q=0.000", false), ("application/activity+json;q=nonsense", true),
        ("application/activity+jsonx", false), (",,;;q=,", false), ("application/json;q=0", false),
    ])
    func `the document is for those who ask for it`(accept: String, wantsDocument: Bool) {
        let request = Request(.get, "/users/me", fields: ["Accept": accept])
        #expect(Negotiation.wantsDocument(request) == wantsDocument)
    }

    @Test func `who says nothing gets the page`() {
        #expect(!Negotiation.wantsDocument(Request(.get, "/users/me")))
    }

    @Test func `several fields are one list`() {
        let request = Request(
            .get, "/", fields: Fields([("Accept", "text/html"), ("accept", "application/activity+json")]))
        #expect(Negotiation.wantsDocument(request))
    }
}
