import Testing

@testable import Web

struct VisitorsServerTests {
    @Test(
        arguments: [
            ("name@social.example", "name", "social.example"),
            ("@name@Social.Example", "name", "social.example"),
            (" @name@social.example ", "name", "social.example"), ("social.example", nil, "social.example"),
            ("social.example:8443", nil, "social.example:8443"),
            ("https://social.example/@name", nil, "social.example"),
            ("@b\u{fc}cher.example", nil, "xn--bcher-kva.example"),
        ] as [(String, String?, String)])
    func `a handle, a server or an address says where`(typed: String, name: String?, host: String) {
        let server = VisitorsServer(typed)
        #expect(server?.username == name && server?.host == host)
    }

    @Test(arguments: [
        "", "@", "@@", "name@", "@name@", "a@b@c.example", "localhost", "http://social.example/",
        "javascript:alert(1)", "social.example/path", "social.example?x", "user:pass@evil.example/x",
        "ftp://a.example", "//a.example", "na me@", String(repeating: "a", count: 400) + ".example",
    ])
    func `nothing else is a server`(typed: String) {
        #expect(VisitorsServer(typed) == nil)
    }

    @Test func `they go where their server says, or where most have it`() throws {
        let server = try #require(VisitorsServer("social.example"))
        let uri = "https://islet.example/users/me"
        let encoded = "https%3A%2F%2Fislet.example%2Fusers%2Fme"
        #expect(
            server.destination("https://a.example/follow?acct={uri}", for: uri)
                == "https://a.example/follow?acct=\(encoded)")
        for template in [nil, "http://a.example/{uri}", "javascript:{uri}", "//a.example/{uri}"] as [String?]
        {
            #expect(
                server.destination(template, for: uri)
                    == "https://social.example/authorize_interaction?uri=\(encoded)")
        }
    }
}
