import Markup
import Testing

struct PostGrammarTests {
    @Test(arguments: [
        ("@alice", ["alice"]), ("@alice@b.example", ["alice@b.example"]), ("(@a)", ["a"]),
        ("@a, @b; @c.", ["a", "b", "c"]),
        ("@a.b-c_d", ["a.b-c_d"]), ("@a.", ["a"]), ("@a-", ["a"]), ("@a..b", ["a..b"]),
        ("@a@b.example.", ["a@b.example"]),
        ("@a@b-c.example-", ["a@b-c.example"]), ("@A_1@B.Example", ["A_1@b.example"]),
        ("@a@b\u{FC}cher.example", ["a@b\u{FC}cher.example"]),
        ("@a@localhost:8080", ["a@localhost:8080"]), ("@a@b.example:", ["a@b.example"]),
        ("@a@b.example: 42", ["a@b.example"]),
        ("@a@b.example:8080x", ["a@b.example"]), ("@a@", ["a"]), ("@@a", ["a"]), ("\n@a", ["a"]),
        ("\u{3002}@a", ["a"]),
        ("@a@b.example/path", ["a@b.example"]), ("@\u{E9}", []), ("@", []), ("@ a", []), ("@.a", []),
        ("@-a", []),
        ("bob@b.example", []), ("\u{E9}@a", []), ("/@a", []), ("=@a", []), ("x_@a", []), ("1@a", []),
        ("https://b.example/@alice", []), ("https://b.example/?u=@alice@c.example", []),
        ("b.example/@alice", []),
    ])
    func `mentions are found where they are meant`(text: String, expected: [String]) {
        let found = PostText(text).mentions.map { $0.username + ($0.domain.map { "@" + $0 } ?? "") }
        #expect(found == expected)
    }

    @Test(arguments: [
        ("#tag", ["tag"]), ("a #tag.", ["tag"]), ("\u{FF03}tag", ["tag"]), ("\n#tag\n#b", ["tag", "b"]),
        ("#a_b", ["a_b"]), ("#_a_", ["_a_"]),
        ("#2024goals", ["2024goals"]), ("#a1", ["a1"]),
        ("#\u{65E5}\u{672C}\u{8A9E}", ["\u{65E5}\u{672C}\u{8A9E}"]),
        ("#caf\u{E9}s", ["caf\u{E9}s"]), ("#cafe\u{301}", ["cafe\u{301}"]), ("#a\u{B7}b", ["a\u{B7}b"]),
        ("#a\u{B7}", ["a"]), ("#a\u{B7}\u{B7}b", ["a\u{B7}\u{B7}b"]),
        ("#\u{30A2}\u{30FB}\u{30A4}", ["\u{30A2}\u{30FB}\u{30A4}"]), ("#a\u{200C}b", ["a\u{200C}b"]),
        ("#a-b", ["a"]), ("#a#b", ["a"]), ("#a's", ["a"]),
        ("#1", []), ("#1234", []), ("#_", []), ("#", []), ("##a", []), ("# a", []), ("#\u{B7}a", []),
        ("a#b", []), ("(#a)", []),
        ("/#a", []), ("&#39;", []), ("#\u{1F600}", []), ("https://b.example/#tag", []),
        ("https://b.example/ #tag", ["tag"]),
    ])
    func `hashtags are found where they are meant`(text: String, expected: [String]) {
        #expect(PostText(text).hashtags == expected)
    }

    @Test(arguments: [
        ("https://a.example", ["https://a.example"]), ("http://a.example/", ["http://a.example/"]),
        ("HTTPS://a.example/X", ["HTTPS://a.example/X"]), ("see https://a.example.", ["https://a.example"]),
        ("https://a.example/b.", ["https://a.example/b"]), ("https://a.example/b?!", ["https://a.example/b"]),
        ("https://a.example/b,c", ["https://a.example/b,c"]),
        ("(https://a.example/b)", ["https://a.example/b"]),
        ("https://a.example/b_(c)", ["https://a.example/b_(c)"]),
        ("(https://a.example/b_(c))", ["https://a.example/b_(c)"]),
        ("https://a.example/b_(c)_d(e)).", ["https://a.example/b_(c)_d(e)"]),
        ("https://a.example/(", ["https://a.example/"]),
        ("<https://a.example/b>", ["https://a.example/b"]),
        ("\"https://a.example/b\"", ["https://a.example/b"]),
        ("'https://a.example/b'", ["https://a.example/b"]),
        ("[https://a.example/b]", ["https://a.example/b"]),
        ("https://a.example:8080/b", ["https://a.example:8080/b"]),
        ("https://a.example:8080", ["https://a.example:8080"]),
        ("https://a.example: x", ["https://a.example"]),
        ("https://a.example?q=1&r=2#f", ["https://a.example?q=1&r=2#f"]),
        ("https://a.example/@b/c", ["https://a.example/@b/c"]),
        ("https://a.example/?v=x=", ["https://a.example/?v=x="]),
        ("\u{898B}https://a.example/b\u{3002}\u{898B}", ["https://a.example/b"]),
        ("https://a.example/\u{E9}", ["https://a.example/\u{E9}"]),
        ("https://a.example/b\u{2026}", ["https://a.example/b"]),
        ("https://a.example/b*", ["https://a.example/b"]),
        ("gemini://a.example/b", ["gemini://a.example/b"]), ("gopher://a", ["gopher://a"]),
        ("xmpp:a@b.example", ["xmpp:a@b.example"]),
        ("magnet:?xt=urn:a", ["magnet:?xt=urn:a"]),
        ("https://b\u{FC}cher.example", ["https://xn--bcher-kva.example"]),
        ("https://a.example\nhttps://b.example", ["https://a.example", "https://b.example"]),
        ("https://1.2.3.4/x", ["https://1.2.3.4/x"]),
        ("a.example", []), ("www.a.example", []), ("https://", []), ("https:// a.example", []),
        ("https:a.example", []),
        ("http://localhost", []), ("https://.example", []), ("xhttps://a.example", []),
        ("@https://a.example", []),
        ("#https://a.example", []), ("_https://a.example", []), ("javascript://a.example", []),
        ("xmpp:a", []), ("magnet:x", []),
        ("ftp://a.example", []), ("https", []), ("h", []),
    ])
    func `links are found, with what belongs to them and no more`(text: String, expected: [String]) {
        #expect(PostText(text).links == expected)
    }

    @Test func `what is inside of a link is nothing else`() {
        let text = PostText("https://a.example/@b@c.example/#tag https://d.example/(@e)")
        #expect(text.links == ["https://a.example/@b@c.example/#tag", "https://d.example/(@e)"])
        #expect(text.mentions.isEmpty)
        #expect(text.hashtags.isEmpty)
    }
}
