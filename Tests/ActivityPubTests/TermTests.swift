import JSON
import Testing

@testable import ActivityPub

struct TermTests {
    @Test(arguments: [
        ("sensitive", "as:sensitive"), ("sensitive", "https://www.w3.org/ns/activitystreams#sensitive"),
        ("blurhash", "toot:blurhash"), ("blurhash", "http://joinmastodon.org/ns#blurhash"),
        ("conversation", "ostatus:conversation"), ("value", "schema:value"),
        ("value", "http://schema.org#value"),
        ("value", "http://schema.org/value"), ("featuredTags", "toot:featuredTags"),
        ("quoteUri", "fedibird:quoteUri"),
        ("quote", "https://w3id.org/fep/044f#quote"), ("canQuote", "gts:canQuote"),
        ("interactionPolicy", "https://gotosocial.org/ns#interactionPolicy"),
        ("owner", "https://w3id.org/security#owner"),
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
