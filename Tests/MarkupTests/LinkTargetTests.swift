import Testing

@testable import Markup

struct LinkTargetTests {
    private func checked(_ address: String, base: String? = nil) -> String? {
        LinkTarget.checked(Array(address.utf8), base: base.map { Array($0.utf8) })
            .map { String(decoding: $0, as: UTF8.self) }
    }

    @Test(arguments: [
        "https://a.example", "http://a.example/", "HTTPS://A.example/x?y#z", "https://a.example/\u{E9}",
        "dat://a", "dweb://a",
        "ipfs://a", "ipns://a", "ssb://a", "gopher://a", "xmpp:a@b.example", "magnet:?xt=a", "gemini://a",
        "https://a.example/a:b", "https://[::1]/",
    ])
    func `addresses of allowed schemes stay as they are`(address: String) {
        #expect(checked(address) == address)
    }

    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:alert(1)", " javascript:x", "java\tscript:x", "java\nscript:x",
        "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "mailto:a@b.example", "tel:1", "blob:x", "about:blank", "https:",
        "https:a.example",
        "https:/a.example", "https://", "https:///a", "http://?x", "http://#x", "https://\\a.example",
        "ftp://a.example",
        "view-source:https://a", "", " ", "#x", "/x", "x", "//a.example", ":", "1http://a", "java script:x",
        "htt ps://a",
        "https%3A//a.example", "\u{E9}:x",
    ])
    func `all others are refused when there is nothing to resolve them against`(address: String) {
        #expect(checked(address) == nil)
    }

    @Test(arguments: [
        (" https://a.example/ ", "https://a.example/"), ("https://a.ex\tample/\nb", "https://a.example/b"),
        ("\n\thttps://a.example", "https://a.example"),
        ("https://a.example/a b  c", "https://a.example/a%20b%20%20c"),
    ])
    func `whitespace is treated as browsers do`(address: String, expected: String) {
        #expect(checked(address) == expected)
    }

    @Test(arguments: [
        ("x", "https://a.example/b/x"), ("./x", "https://a.example/b/./x"), ("/x", "https://a.example/x"),
        ("?x", "https://a.example/b/c?x"), ("#x", "https://a.example/b/c?q#x"),
        ("//b.example/x", "https://b.example/x"),
        ("x:y", nil), ("/x:y", "https://a.example/x:y"), ("./x:y", "https://a.example/b/./x:y"), ("", nil),
        ("//", nil),
        ("///x", nil), ("javascript:x", nil), ("//\\b", nil), ("http://b.example", "http://b.example"),
    ])
    func `relative addresses are resolved against the base`(address: String, expected: String?) {
        #expect(checked(address, base: "https://a.example/b/c?q#f") == expected)
    }

    @Test func `a base without path, or one that is not of the web`() {
        #expect(checked("x", base: "https://a.example") == "https://a.example/x")
        #expect(checked("/x", base: "https://a.example?q") == "https://a.example/x")
        #expect(checked("?x", base: "https://a.example") == "https://a.example?x")
        for base in ["javascript:alert(1)/", "data:x", "", "/a/b", "https://", "gemini://a.example/"] {
            #expect(checked("x", base: base) == nil)
        }
    }
}
