import ActivityPub
import HTTP
import Testing

struct KeyIDTests {
    @Test(arguments: [
        ("https://m.example/users/a#main-key", "https://m.example/users/a"),
        ("https://g.example/users/a/main-key", "https://g.example/users/a/main-key"),
        ("https://w.example/?author=2#main-key", "https://w.example/?author=2"),
        ("https://w.example?author=2#main-key", "https://w.example/?author=2"),
        ("https://host.example#main-key", "https://host.example/"),
        ("https://b.example/user/a/#main-key", "https://b.example/user/a/"),
        ("https://t.example/ap/users/1/", "https://t.example/ap/users/1/"),
        ("https://p.example:8443/a#k", "https://p.example:8443/a"),
        ("https://M.Example/users/A#main-key", "https://m.example/users/A"),
    ])
    func `the fragment is not part of the document`(text: String, document: String) throws {
        let key = try #require(KeyID(text))
        #expect(key.text == text)
        #expect(key.document.string == document)
    }

    @Test(arguments: [
        "", "Test", "acct:a@m.example", "http://m.example/users/a#main-key", "ftp://m.example/a",
        "//m.example/a",
        "https://", "https://a@m.example/", "https://m.example/a b", "did:key:z6Mk", "#main-key",
        "https://m.example/" + String(repeating: "a", count: 2048),
    ])
    func `other addresses are refused`(text: String) {
        #expect(KeyID(text) == nil)
    }

    @Test func `plain HTTP must be allowed`() {
        #expect(KeyID("http://localhost:8080/users/a#main-key", allowsPlainHTTP: true) != nil)
        #expect(KeyID("acct:a@m.example", allowsPlainHTTP: true) == nil)
    }

    @Test(arguments: [
        ("https://m.example/users/a", true), ("https://m.example/users/b", true),
        ("https://M.example:443/users/a", true),
        ("https://m.example:8443/users/a", false), ("http://m.example/users/a", false),
        ("https://m.example.org/users/a", false), ("https://www.m.example/users/a", false), ("", false),
    ])
    func `a key belongs to actors of its origin`(actor: String, belongs: Bool) throws {
        #expect(try #require(KeyID("https://m.example/users/a#main-key")).mayBelong(to: actor) == belongs)
    }
}
