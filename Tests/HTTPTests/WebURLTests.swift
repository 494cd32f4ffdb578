import HTTP
import Testing

@Suite struct WebURLTests {
    @Test(arguments: [
        ("https://example.com", "https://example.com/"),
        ("HTTPS://Example.COM:443/Path?Query=1#fragment", "https://example.com/Path?Query=1"),
        ("http://a:80/", "http://a/"), ("http://a:443/", "http://a:443/"), ("https://a:/x", "https://a/x"),
        ("https://a?q", "https://a/?q"), ("https://a#f", "https://a/"), ("https://a/?", "https://a/?"),
        ("https://[2001:DB8::1]:8443/x", "https://[2001:db8::1]:8443/x"), ("https://[::1]", "https://[::1]/"),
        ("https://münchen.de/straße?ü=1", "https://xn--mnchen-3ya.de/stra%C3%9Fe?%C3%BC=1"),
        ("https://a/%zz|[]{}", "https://a/%zz|[]{}"), ("https://a/b/../c", "https://a/b/../c"),
    ])
    func `an address is read and spelled out`(text: String, string: String) throws {
        let url = try #require(WebURL(text))
        #expect(url.string == string)
        #expect(WebURL(url.string) == url)
    }

    @Test(arguments: [
        "", "example.com", "/path", "//a/b", "ftp://a/", "https:/a", "https:a", "https://", "https:///x",
        "javascript:x",
        "https://u@a/", "https://u:p@a/", "https://a b/", "https://a/b c", "https://a/\n", "https://a/?x\ty",
        "https://a:0/", "https://a:65536/", "https://a:8x/", "https://a:1:2/", "https://a\\b/",
        "https://a_b/",
        "https://a./", "https://[::1/", "https://[::1]x/", "https://[1.2.3.4]/", "https://::1/",
        " https://a/",
        "https://a%2eb/", "https://a/\u{7F}",
    ])
    func `anything else is refused`(text: String) {
        #expect(WebURL(text) == nil)
    }

    @Test func `the parts are there for whoever connects`() throws {
        let url = try #require(WebURL("http://[::1]:3000/a?b"))
        #expect(url.scheme == "http" && url.host == "::1" && url.port == 3_000 && !url.isSecure)
        #expect(url.path == "/a" && url.query == "b" && url.requestTarget == "/a?b")
        #expect(url.origin == "http://[::1]:3000" && url.authority == "[::1]:3000")
    }

    @Test func `an address has a longest length`() {
        let longest = "https://a/" + String(repeating: "x", count: Limits.standard.url - 10)
        #expect(WebURL(longest) != nil)
        #expect(WebURL(longest + "x") == nil)
    }

    @Test func `hosts can be made ASCII on their own`() {
        #expect(WebURL.asciiHost("Bücher.example") == "xn--bcher-kva.example")
        #expect(WebURL.asciiHost("a b") == nil)
    }
}
