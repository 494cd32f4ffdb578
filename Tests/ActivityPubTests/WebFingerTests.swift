import HTTP
import Testing

@testable import ActivityPub

struct WebFingerTests {
    @Test(arguments: [
        "acct:me@islet.example", "ACCT:me@ISLET.example", "acct:@me@islet.example", "me@islet.example",
        "@me@islet.example",
    ])
    func `a handle is read in all its forms`(resource: String) {
        #expect(WebFinger.resource(resource) == .account(username: "me", domain: "islet.example"))
    }

    @Test(arguments: [
        ("acct:me@localhost:8080", "localhost:8080"),
        ("acct:me@b\u{fc}cher.example", "xn--bcher-kva.example"),
        ("me@islet.example:443", "islet.example"),
    ])
    func `the host is as it stands in DNS, with a port that is not the usual one`(
        resource: String, domain: String
    ) {
        #expect(WebFinger.resource(resource) == .account(username: "me", domain: domain))
    }

    @Test func `an address is an address`() throws {
        let url = try #require(WebURL("https://islet.example/users/me"))
        #expect(WebFinger.resource("HTTPS://ISLET.example/users/me") == .address(url))
    }

    @Test(arguments: [
        "", "acct:", "acct:me", "@me", "acct:@islet.example", "acct:a@b@c.example", "me@",
        "me@islet.example/x", "me@islet.example?x",
        "me@islet.example#x", "me@a b", "m e@islet.example", "mailto:me@islet.example/", "a/b@islet.example",
        "acct:me@" + String(repeating: "x", count: 3_000),
    ])
    func `anything else is no resource`(resource: String) {
        #expect(WebFinger.resource(resource) == nil)
    }

    @Test func `the question is encoded`() {
        #expect(
            WebFinger.url(username: "me", domain: "islet.example")
                == "https://islet.example/.well-known/webfinger?resource=acct%3Ame%40islet.example")
    }
}
