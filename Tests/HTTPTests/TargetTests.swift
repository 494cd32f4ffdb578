import HTTP
import Testing

@Suite struct TargetTests {
    private func target(_ text: String) throws(HeadError) -> Target {
        try Target(Array(text.utf8))
    }

    @Test func `the origin form has a path and a query`() throws {
        let target = try target("/a%20b/c?x=1&y?z")
        #expect(target.raw == "/a%20b/c?x=1&y?z")
        #expect(target.path == "/a%20b/c")
        #expect(target.query == "x=1&y?z")
        #expect(target.segments == ["a b", "c"])
        #expect(target.authority == nil)
    }

    @Test(
        arguments: [
            ("http://a.example:8080/x?y", "/x", "y", "a.example:8080"),
            ("HTTPS://[::1]/", "/", nil, "[::1]"), ("http://a?q", "/", "q", "a"), ("http://a", "/", nil, "a"),
        ] as [(String, String, String?, String)])
    func `the absolute form is taken apart`(raw: String, path: String, query: String?, authority: String)
        throws
    {
        let target = try target(raw)
        #expect(target.path == path && target.query == query && target.authority == authority)
        #expect(target.raw == raw)
    }

    @Test(
        arguments: [
            ("/", []), ("/a", ["a"]), ("/a/", ["a", ""]), ("//a", ["", "a"]), ("/%2F", ["/"]), ("/é", ["é"]),
            ("/...", ["..."]), ("/a..b", ["a..b"]), ("/.well-known", [".well-known"]), ("/a#b", ["a"]),
            ("/a?b/../c", ["a"]), ("*", []),
        ] as [(String, [String])])
    func `segments are decoded`(raw: String, segments: [String]) throws {
        #expect(try target(raw).segments == segments)
    }

    @Test(arguments: [
        "", "a", "a/b", "*x", "/a b", "/\t", "/\u{7F}", "/%zz", "/%", "/a%00b", "/%ff", "/..",
        "/../etc/passwd",
        "/a/./b", "/a/%2e%2e/b", "/%2E", "/a%2f..%2fb", "/a%5C..", "/..\\a", "ftp://a/", "http:/a",
        "a.example:443",
    ])
    func `what is no target, or climbs, is refused`(raw: String) {
        #expect(throws: HeadError.malformedTarget) { try target(raw) }
    }

    @Test(arguments: ["http://", "http:///a", "http://u@a/", "http://a\\b/", "http://a;b/"])
    func `an authority is a host and a port`(raw: String) {
        #expect(throws: HeadError.malformedHost) { try target(raw) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: HeadError.malformedTarget) { try Target([0x2F, 0xFF]) }
        #expect(throws: HeadError.malformedTarget) { try Target([0x2F, 0x3F, 0xC3]) }
    }

    @Test func `query items are read as a form`() throws {
        let items = try target("/?a=1&types[]=x+y&b&&%C3%A9=%zz&=v").queryItems()
        #expect(items.map(\.0) == ["a", "types[]", "b", "é", ""])
        #expect(items.map(\.1) == ["1", "x y", "", "%zz", "v"])
        #expect(try target("/").queryItems().isEmpty)
    }
}
