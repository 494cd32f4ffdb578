import HTTP
import Testing

@Suite struct WebURLResolvingTests {
    /// The examples of RFC 3986 section 5.4, without their fragments, which are dropped.
    @Test(arguments: [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
        ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q"), ("g#s", "http://a/b/c/g"), ("g?y#s", "http://a/b/c/g?y"),
        (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("", "http://a/b/c/d;p?q"),
        (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."),
        ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"),
        ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"), ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/../x", "http://a/b/c/g?y/../x"), ("https://g/x/../y", "https://g/y"),
        ("é", "http://a/b/c/%C3%A9"),
        ("/a:b", "http://a/a:b"), ("./a:b", "http://a/b/c/a:b"),
    ])
    func `references mean what the RFC says`(reference: String, meaning: String) throws {
        let base = try #require(WebURL("http://a/b/c/d;p?q"))
        #expect(base.resolving(reference)?.string == meaning)
    }

    @Test(arguments: [
        "g:h", "mailto:a@b", "http:g", "//u@g", "a b", "/\n", "?a b", "https://", "javascript:x",
    ])
    func `references out of the web are refused`(reference: String) throws {
        let base = try #require(WebURL("http://a/b/c/d;p?q"))
        #expect(base.resolving(reference) == nil)
    }

    @Test func `the port stays with the host`() throws {
        let base = try #require(WebURL("https://a:8443/x"))
        #expect(base.resolving("/y")?.string == "https://a:8443/y")
        #expect(base.resolving("//a/y")?.string == "https://a/y")
    }
}
