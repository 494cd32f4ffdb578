import Testing

@testable import ActivityPub

struct ObjectIDTests {
    @Test(arguments: [
        ("https://A.Example/x#y", "https://a.example"), ("https://a.example:443/", "https://a.example"),
        ("http://a.example:8080/?q", "http://a.example:8080"), ("tag:a.example,2020:x", nil), ("", nil),
        ("https://user@a.example/", nil), ("https://", nil), ("//a.example/", nil),
    ])
    func `an origin is scheme, host and port`(uri: String, origin: String?) {
        #expect(ObjectID.origin(of: uri) == origin)
    }

    @Test func `ids of one origin are told from others`() {
        #expect(ObjectID.sameOrigin("https://a.example/1", "https://A.EXAMPLE:443/2"))
        #expect(!ObjectID.sameOrigin("https://a.example/1", "http://a.example/1"))
        #expect(!ObjectID.sameOrigin("https://a.example/1", "https://b.example/1"))
        #expect(!ObjectID.sameOrigin("tag:a", "tag:a"))
    }

    @Test func `the document of an id is where the id is without fragment`() {
        #expect(ObjectID.documentURL(of: "https://a.example/u#main-key") == "https://a.example/u")
        #expect(ObjectID.documentURL(of: "https://a.example/u") == "https://a.example/u")
        #expect(ObjectID.documentURL(of: "#") == "")
    }

    @Test(arguments: [
        ("https://a.example/x", "https://A.example:443/x", true),
        ("https://a.example/x", "https://a.example/x/", false),
        ("https://a.example/x", "https://a.example/X", false),
        ("https://a.example/x#1", "https://a.example/x", false),
        ("https://a.example/x#1", "https://a.example/x#2", false),
        ("https://a.example/x#1", "https://A.example/x#1", true),
        ("https://a.example/\u{e9}", "https://a.example/%C3%A9", true),
        ("https://a.example/%c3%a9?q=%c3%a9", "https://a.example/\u{e9}?q=%C3%A9", true),
        ("https://a.example/%c3%a9", "https://a.example/%C3%A8", false),
        ("https://a.example/%61", "https://a.example/%41", false),
        ("https://a.example/%", "https://a.example/%a", false),
        ("https://B\u{fc}cher.example/1", "https://xn--bcher-kva.example/1", true),
        ("https://b\u{fc}cher.example/1", "https://bucher.example/1", false),
        ("https://a.example/?author=1", "https://a.example?author=1", true),
        ("tag:x", "tag:x", true), ("tag:x", "tag:y", false),
        ("https://a.example/?p=1", "https://a.example/?p=2", false),
    ])
    func `ids are equal when only the spelling of their host differs`(
        left: String, right: String, isSame: Bool
    ) {
        #expect(ObjectID.same(left, right) == isSame)
    }

    @Test func `an address is kept as it came, and what is none is not`() {
        #expect(ObjectID.onWeb("https://A.example/1") == "https://A.example/1")
        #expect(ObjectID.onWeb("did:key:z6Mk") == nil)
        #expect(ObjectID.onWeb("https://a.example/" + String(repeating: "a", count: 2_048)) == nil)
    }

    @Test(arguments: [
        ("https://a.example/1", true, true), ("http://a.example/1", false, true),
        ("https://localhost/1", false, true),
        ("http://localhost:8081/users/me", false, true), ("ftp://a.example/", false, false),
        ("", false, false),
        ("https://a.example/a b", false, false), ("did:key:z6Mk", false, false),
    ])
    func `an id must be an address that may be asked`(
        id: String, isAcceptable: Bool, isAcceptableInTests: Bool
    ) {
        #expect(ObjectID.isAcceptable(id, plainHTTPAllowed: false) == isAcceptable)
        #expect(ObjectID.isAcceptable(id, plainHTTPAllowed: true) == isAcceptableInTests)
    }

    @Test func `an id is at most 2048 bytes long`() {
        let start = "https://a.example/"
        let longest = start + String(repeating: "a", count: 2_048 - start.utf8.count)
        #expect(ObjectID.isAcceptable(longest, plainHTTPAllowed: false))
        #expect(!ObjectID.isAcceptable(longest + "a", plainHTTPAllowed: false))
    }
}
