import JSON
import Testing

@testable import ActivityPub

struct TermTests {
    @Test(arguments: [
        ("sensitive", "as:sensitive"), ("sensitive", "https://www.w3.org/ns/activitystreams#sensitive"),
        ("blurhash", "toot:blurhash"), ("blurhash", "http://joinmastodon.org/ns#blurhash"),
        ("conversation", "ostatus:conversation"), ("value", "schema:value"),
        ("value", "http://schema.org#value"),
        ("isCat", "misskey:isCat"), ("publicKeyPem", "sec:publicKeyPem"),
    ])
    func `a term is found under its longer spellings`(term: String, key: String) throws {
        #expect(try json("{\"\(key)\": \"here\"}")[term: term]?.string == "here")
    }

    @Test func `the plain name wins`() throws {
        let value = try json(#"{"toot:blurhash": "long", "blurhash": "plain"}"#)
        #expect(value[term: "blurhash"]?.string == "plain")
    }

    @Test func `core terms have one spelling only`() throws {
        #expect(try json(#"{"as:content": "x"}"#)[term: "content"] == nil)
    }
}
