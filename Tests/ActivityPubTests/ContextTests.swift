import JSON
import Testing

@testable import ActivityPub

struct ContextTests {
    private func written(_ context: Context) -> String {
        var writer = JSONWriter()
        writer.object { context.write(to: &$0) }
        return text(writer.bytes)
    }

    @Test func `a plain document names one context`() {
        #expect(written([]) == #"{"@context":"https://www.w3.org/ns/activitystreams"}"#)
    }

    @Test func `only the terms in use are defined, with their prefixes`() {
        #expect(
            written([.sensitive, .blurhash, .focalPoint])
                == #"{"@context":["https://www.w3.org/ns/activitystreams",{"toot":"http://joinmastodon.org/ns#","#
                + #""sensitive":"as:sensitive","blurhash":"toot:blurhash","#
                + #""focalPoint":{"@id":"toot:focalPoint","@container":"@list"}}]}"#)
        #expect(
            written([.security, .webfinger])
                == #"{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1","#
                + #""https://purl.archive.org/socialweb/webfinger"]}"#)
        #expect(
            written([.propertyValue, .featured])
                == #"{"@context":["https://www.w3.org/ns/activitystreams",{"toot":"http://joinmastodon.org/ns#","#
                + #""schema":"http://schema.org#","featured":{"@id":"toot:featured","@type":"@id"},"#
                + #""PropertyValue":"schema:PropertyValue","value":"schema:value"}]}"#)
    }

    @Test func `documents that define terms are named by address, before our own terms`() {
        #expect(
            written([.security, .dataIntegrity, .multikey, .webfinger, .capabilities, .quote])
                == #"{"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1","#
                + #""https://w3id.org/security/data-integrity/v2","https://w3id.org/security/multikey/v1","#
                + #""https://purl.archive.org/socialweb/webfinger","https://w3id.org/fep/844e","#
                + #"{"quote":{"@id":"https://w3id.org/fep/044f#quote","@type":"@id"}}]}"#)
    }

    @Test func `a quote and its policy bring their prefixes`() {
        #expect(
            written([.quoteUri, .misskeyQuote, .canQuote])
                == #"{"@context":["https://www.w3.org/ns/activitystreams",{"misskey":"https://misskey-hub.net/ns#","#
                + #""fedibird":"http://fedibird.com/ns#","gts":"https://gotosocial.org/ns#","#
                + #""_misskey_quote":"misskey:_misskey_quote","quoteUri":"fedibird:quoteUri","#
                + #""canQuote":{"@id":"gts:canQuote","@type":"@id"}}]}"#)
    }

    @Test func `a context is put before the members of an object`() {
        #expect(
            text(Context().heading(Array(#"{"id":"x"}"#.utf8)))
                == #"{"@context":"https://www.w3.org/ns/activitystreams","id":"x"}"#)
        #expect(
            text(Context().heading(Array("{}".utf8)))
                == #"{"@context":"https://www.w3.org/ns/activitystreams"}"#)
    }

    @Test(
        arguments: [
            (#"{"sensitive":false}"#, Context.sensitive), (#"{"tag":[{"type":"Hashtag"}]}"#, .hashtag),
            (#"{"content":"say \"sensitive\" and \"blurhash\""}"#, []), (#"{"content":"x"}"#, []),
            (
                #"{"blurhash":"x","focalPoint":[0,0],"conversation":"c"}"#,
                [.blurhash, .focalPoint, .conversation]
            ), ("", []),
            (
                #"{"quote":"q","quoteUri":"q","_misskey_quote":"q","interactionPolicy":{"canQuote":{"automaticApproval":"x"}}}"#,
                [.quote, .quoteUri, .misskeyQuote, .interactionPolicy, .canQuote, .automaticApproval]
            ), (#"{"type":"QuoteRequest"}"#, .quoteRequest), (#"{"votersCount":3}"#, .votersCount),
        ] as [(String, Context)])
    func `the terms of a note are found in it`(source: String, expected: Context) {
        #expect(Context(of: Array(source.utf8)) == expected)
    }
}
